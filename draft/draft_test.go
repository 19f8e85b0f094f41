package draft_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/privacy"
)

const origin = "register.example"

func key(n byte) ed25519.PrivateKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize))
}

func public(n byte) ed25519.PublicKey { return key(n).Public().(ed25519.PublicKey) }

func salts() *rand.ChaCha8 { return rand.NewChaCha8([32]byte{1}) }

// notice is an act with everything but what the draft sets.
func notice() standing.Act {
	return standing.Act{Kind: standing.NoticeServed, Case: standing.CaseID{1}, Version: 1, Authority: "cn-court-371082", Occurred: 1_760_000_000, Code: "post",
		Instants: standing.Instants{{Name: standing.Served, At: 1_760_000_000}}}
}

func TestAddCommits(t *testing.T) {
	d := draft.New(origin, salts())
	o := &standing.Opening{Text: "handed over at the door"}
	for range 2 {
		if err := d.Add(notice(), o); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Add(notice(), nil); err != nil {
		t.Fatal(err)
	}
	if !o.Salt.IsZero() {
		t.Error("the caller's opening was changed")
	}
	if d.Len() != 3 {
		t.Errorf("%d acts", d.Len())
	}
	s, openings := d.Sign(key(3))
	if len(s.Acts) != 3 || len(openings) != 3 || openings[2] != nil {
		t.Fatalf("%d acts, %d openings, the last %q", len(s.Acts), len(openings), openings[2])
	}
	seen := map[standing.Digest]bool{}
	for i, raw := range s.Acts {
		a, err := standing.DecodeAct(raw)
		if err != nil {
			t.Fatal(err)
		}
		if a.Register != origin {
			t.Errorf("act %d is for register %q", i, a.Register)
		}
		if openings[i] == nil {
			if !a.Commitment.IsZero() {
				t.Errorf("act %d commits to nothing", i)
			}
			continue
		}
		var read standing.Opening
		if err := json.Unmarshal(openings[i], &read); err != nil {
			t.Fatal(err)
		}
		if read.Text != o.Text || !privacy.Verify(a.Commitment, read.Salt, openings[i]) {
			t.Errorf("act %d does not commit to its opening %s", i, openings[i])
		}
		if read.Salt.IsZero() || seen[read.Salt] {
			t.Errorf("act %d has no salt of its own", i)
		}
		seen[read.Salt] = true
	}
	if bytes.Equal(s.Acts[0], s.Acts[1]) {
		t.Error("the same opening twice gives the same act: it can be guessed")
	}
}

func TestSignEmpties(t *testing.T) {
	d := draft.New(origin, salts())
	for range 2 {
		if err := d.Add(notice(), nil); err != nil {
			t.Fatal(err)
		}
		s, _ := d.Sign(key(3))
		if d.Len() != 0 || len(s.Acts) != 1 {
			t.Fatalf("%d acts signed, %d left", len(s.Acts), d.Len())
		}
		if err := s.Check(); err != nil {
			t.Fatal(err)
		}
		if s.Signature.Algorithm != standing.Ed25519 || s.Signature.OnBehalfOf != "" {
			t.Errorf("%+v", s.Signature)
		}
		if err := standing.VerifySignature(&s.Signature, 1, standing.StatementRoot(s.Digests()), public(3)); err != nil {
			t.Error(err)
		}
	}
}

func TestReceive(t *testing.T) {
	d := draft.New(origin, salts())
	if err := d.Add(notice(), nil); err != nil {
		t.Fatal(err)
	}
	s, _ := d.Receive(key(5), "party")
	if s.Signature.Algorithm != standing.Intake || s.Signature.OnBehalfOf != "party" || d.Len() != 0 {
		t.Errorf("%+v", s.Signature)
	}
	if err := standing.VerifySignature(&s.Signature, 1, standing.StatementRoot(s.Digests()), public(5)); err != nil {
		t.Error(err)
	}
}

func TestAddRefuses(t *testing.T) {
	d := draft.New(origin, salts())
	for range standing.MaxStatementActs {
		if err := d.Add(notice(), nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Add(notice(), nil); standing.KindOf(err) != standing.TooLarge || !strings.Contains(err.Error(), "begin another") {
		t.Errorf("one act too many: %v", err)
	}
	if d.Len() != standing.MaxStatementActs {
		t.Errorf("%d acts", d.Len())
	}
	d = draft.New(origin, iotest.ErrReader(errors.New("no entropy")))
	if err := d.Add(notice(), &standing.Opening{}); standing.KindOf(err) != standing.Internal || !strings.Contains(err.Error(), "no entropy") {
		t.Errorf("without randomness: %v", err)
	}
	if err := d.Add(notice(), nil); err != nil || d.Len() != 1 {
		t.Errorf("an act without opening needs none: %v, %d acts", err, d.Len())
	}
}

// TestFound founds a register and continues its constitution over two
// statements; the fold takes every act.
func TestFound(t *testing.T) {
	const now = 1_760_000_000
	d := draft.New(origin, salts())
	if err := d.Found(now, public(1), public(2)); err != nil {
		t.Fatal(err)
	}
	fold := &standing.Case{}
	fold = apply(t, fold, d, now)
	c := d.Constitution(fold.Version, now+1)
	for _, err := range []error{
		c.Authority("cn-court-371082", "court", "CN/37/10/82", []string{"cn-courts"}, []string{"A court", "某法院"}, "office@example.org"),
		c.Key(public(3), "cn-court-371082", standing.OfficerID{3}, standing.RoleOfficer, standing.RoleIntake),
		c.Adopt("cn-courts", standing.Digest{7}, 0),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if c.Version() != 4 {
		t.Errorf("version %d after one act and three", c.Version())
	}
	fold = apply(t, fold, d, now+1)
	law := fold.Constitution
	k := law.Keys[standing.KeyIDOf(public(3))]
	if k == nil || !k.Has(standing.RoleOfficer) || !k.Has(standing.RoleIntake) || k.Officer != (standing.OfficerID{3}) || !k.Active(now+1) {
		t.Errorf("key %+v", k)
	}
	if a := law.Authorities["cn-court-371082"]; a == nil || a.Region != "CN/37/10/82" || !a.IsEntitled("cn-courts/any") {
		t.Errorf("authority %+v", a)
	}
	if got, ok := law.Adopted("cn-courts", now+1); !ok || got != (standing.Digest{7}) {
		t.Errorf("adopted %s", got)
	}
}

// apply signs what the draft holds with both founders and folds it.
func apply(t *testing.T, c *standing.Case, d *draft.Draft, now standing.Instant) *standing.Case {
	t.Helper()
	s, openings := d.Sign(key(1))
	s.Countersign(key(2))
	root := standing.StatementRoot(s.Digests())
	for i, sig := range []*standing.Signature{&s.Signature, s.Signature.Second} {
		if err := standing.VerifySignature(sig, len(s.Acts), root, public(byte(i+1))); err != nil {
			t.Error(err)
		}
	}
	for i, raw := range s.Acts {
		a, err := standing.DecodeAct(raw)
		if err != nil {
			t.Fatal(err)
		}
		if a.Commitment.IsZero() != (openings[i] == nil) {
			t.Errorf("%s: opening %q", a.Kind, openings[i])
		}
		if strings.Contains(string(raw), "office@") || strings.Contains(string(raw), "某法院") {
			t.Errorf("%s: a name stands in the act's bytes", a.Kind)
		}
		if err := c.Apply(&standing.Entry{RecordedAt: now, Index: uint16(i), Count: uint16(len(s.Acts)), Bytes: raw, Act: a, Signer: s.Signature.Signer}); err != nil {
			t.Fatal(err)
		}
	}
	return c
}
