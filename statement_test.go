package standing_test

import (
	"crypto/ed25519"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/openstanding/standing"
)

// tree computes the RFC 6962 root as the go command's checksum log does.
func tree(t testing.TB, digests []standing.Digest) standing.Digest {
	t.Helper()
	var hashes []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			out[i] = hashes[x]
		}
		return out, nil
	})
	for i, d := range digests {
		more, err := tlog.StoredHashes(int64(i), d[:], reader)
		if err != nil {
			t.Fatal(err)
		}
		hashes = append(hashes, more...)
	}
	root, err := tlog.TreeHash(int64(len(digests)), reader)
	if err != nil {
		t.Fatal(err)
	}
	return standing.Digest(root)
}

func digests(n int) []standing.Digest {
	out := make([]standing.Digest, n)
	for i := range out {
		out[i] = digest(fmt.Sprint("act ", i))
	}
	return out
}

func TestStatementRoot(t *testing.T) {
	all := digests(standing.MaxStatementActs)
	for _, n := range []int{1, 2, 3, 4, 5, 7, 8, 9, 31, 100, 255, 256, 257, 1000, 4095, 4096} {
		if got, want := standing.StatementRoot(all[:n]), tree(t, all[:n]); got != want {
			t.Errorf("root over %d digests is %s, by RFC 6962 it is %s", n, got, want)
		}
	}
	// MTH({}) = SHA-256(); a statement cannot be empty, and Check says so.
	if got := standing.StatementRoot(nil).String(); got != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" {
		t.Errorf("root over nothing is %s", got)
	}
}

func TestRootTellsStatementsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := digests(rapid.IntRange(1, 40).Draw(t, "acts"))
		i, j := rapid.IntRange(0, len(a)-1).Draw(t, "one"), rapid.IntRange(0, len(a)-1).Draw(t, "other")
		b := append([]standing.Digest(nil), a...)
		b[i], b[j] = b[j], b[i]
		if same := standing.StatementRoot(a) == standing.StatementRoot(b); same != (i == j) {
			t.Fatalf("acts %d and %d exchanged: same root %v", i, j, same)
		}
	})
}

// statement is two acts signed by key 3.
func statement(algorithm standing.Algorithm, behalf string) standing.Statement {
	acts := examples()
	return standing.Sign([][]byte{acts[0].Encode(), acts[1].Encode()}, private(3), algorithm, behalf)
}

func verify(s *standing.Statement, sig *standing.Signature, key ed25519.PublicKey) error {
	return standing.VerifySignature(sig, len(s.Acts), standing.StatementRoot(s.Digests()), key)
}

func TestSignature(t *testing.T) {
	cases := []struct {
		name   string
		change func(*standing.Statement)
		key    byte
		kind   standing.ErrorKind
		want   string
	}{
		{"as signed", func(*standing.Statement) {}, 3, "", ""},
		{"another key given", func(*standing.Statement) {}, 4, standing.Unauthenticated, "does not belong to the key given"},
		{"another key claimed", func(s *standing.Statement) { s.Signature.Signer = keyID(4) }, 4, standing.Unauthenticated, "broken signature"},
		{"an act more", func(s *standing.Statement) { s.Acts = append(s.Acts, s.Acts[0]) }, 3, standing.Unauthenticated, "broken signature"},
		{"an act less", func(s *standing.Statement) { s.Acts = s.Acts[:1] }, 3, standing.Unauthenticated, "broken signature"},
		{"acts exchanged", func(s *standing.Statement) { s.Acts[0], s.Acts[1] = s.Acts[1], s.Acts[0] }, 3, standing.Unauthenticated, "broken signature"},
		{"a byte changed", func(s *standing.Statement) { s.Acts[1] = append(s.Acts[1][:len(s.Acts[1])-1:len(s.Acts[1])-1], 0) }, 3, standing.Unauthenticated, "broken signature"},
		{"a byte of the signature changed", func(s *standing.Statement) { s.Signature.Bytes[0] ^= 1 }, 3, standing.Unauthenticated, "broken signature"},
		{"no signature", func(s *standing.Statement) { s.Signature.Bytes = nil }, 3, standing.Unauthenticated, "broken signature"},
		{"signed by an officer, claimed for intake", func(s *standing.Statement) { s.Signature.Algorithm = standing.Intake }, 3, standing.Unauthenticated, "broken signature"},
		{"on behalf of a party, claimed afterwards", func(s *standing.Statement) { s.Signature.OnBehalfOf = "party" }, 3, standing.Unauthenticated, "broken signature"},
		{"webauthn", func(s *standing.Statement) { s.Signature.Algorithm = standing.WebAuthn }, 3, standing.Unsupported, "algorithm 2 is not known here"},
		{"no algorithm", func(s *standing.Statement) { s.Signature.Algorithm = 0 }, 3, standing.Unsupported, "algorithm 0 is not known here"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := statement(standing.Ed25519, "")
			c.change(&s)
			err := verify(&s, &s.Signature, public(c.key))
			if c.kind == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if err == nil || standing.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, expected %s: %s", err, c.kind, c.want)
			}
		})
	}
}

func TestIntakeSignature(t *testing.T) {
	s := statement(standing.Intake, "party")
	if err := verify(&s, &s.Signature, public(3)); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*standing.Signature){
		"as an officer's own":    func(sig *standing.Signature) { sig.Algorithm, sig.OnBehalfOf = standing.Ed25519, "" },
		"for the creditor":       func(sig *standing.Signature) { sig.OnBehalfOf = "creditor" },
		"for nobody":             func(sig *standing.Signature) { sig.OnBehalfOf = "" },
		"as an officer's, party": func(sig *standing.Signature) { sig.Algorithm = standing.Ed25519 },
	} {
		changed := s.Signature
		change(&changed)
		if err := verify(&s, &changed, public(3)); standing.KindOf(err) != standing.Unauthenticated {
			t.Errorf("what an intake office received passes %s: %v", name, err)
		}
	}
}

func TestSecondSignature(t *testing.T) {
	s := statement(standing.Ed25519, "")
	s.Countersign(private(4))
	second := s.Signature.Second
	if err := verify(&s, second, public(4)); err != nil {
		t.Fatal(err)
	}
	if err := verify(&s, &s.Signature, public(3)); err != nil {
		t.Errorf("the first signature is broken by the second: %v", err)
	}
	if err := verify(&s, second, public(3)); err == nil {
		t.Error("the first person's key verifies the second signature")
	}
	lent := *second
	lent.Signer = keyID(3)
	if err := verify(&s, &lent, public(3)); err == nil {
		t.Error("one person's signature counts as another's")
	}
	other := statement(standing.Ed25519, "")
	other.Acts = other.Acts[:1]
	if err := verify(&other, second, public(4)); err == nil {
		t.Error("the second signature serves for another statement")
	}
}

func TestStatementCheck(t *testing.T) {
	many := func(n int) [][]byte { return make([][]byte, n) }
	sig := func(change func(*standing.Signature)) standing.Statement {
		s := standing.Statement{Acts: many(1)}
		change(&s.Signature)
		return s
	}
	cases := []struct {
		name string
		s    standing.Statement
		kind standing.ErrorKind
		want string
	}{
		{"no act", standing.Statement{}, standing.TooLarge, "a statement of 0 acts: 1 to 4096 are allowed"},
		{"too many acts", standing.Statement{Acts: many(4097)}, standing.TooLarge, "a statement of 4097 acts"},
		{"on behalf of a name", sig(func(s *standing.Signature) { s.OnBehalfOf = "Zhang San" }), standing.Invalid, `on behalf of "Zhang San"`},
		{"endless signature", sig(func(s *standing.Signature) { s.Bytes = make([]byte, 1025) }), standing.TooLarge, "1025 bytes: at most 1024"},
		{"second on behalf of a name", sig(func(s *standing.Signature) { s.Second = &standing.Signature{OnBehalfOf: "Zhang San"} }), standing.Invalid, `on behalf of "Zhang San"`},
		{"endless second signature", sig(func(s *standing.Signature) { s.Second = &standing.Signature{Bytes: make([]byte, 1025)} }), standing.TooLarge, "1025 bytes: at most 1024"},
		{"third signature", sig(func(s *standing.Signature) { s.Second = &standing.Signature{Second: &standing.Signature{}} }), standing.Invalid, "two signatures at most"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			err := c.s.Check()
			if err == nil || standing.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, expected %s: %s", err, c.kind, c.want)
			}
		})
	}
	for _, n := range []int{1, 4096} {
		if err := (&standing.Statement{Acts: many(n)}).Check(); err != nil {
			t.Errorf("%d acts: %v", n, err)
		}
	}
	for _, behalf := range []string{"", "party", "creditor"} {
		s := sig(func(s *standing.Signature) { s.OnBehalfOf = behalf })
		if err := s.Check(); err != nil {
			t.Errorf("on behalf of %q: %v", behalf, err)
		}
	}
}

// TestCheckedIsReadable: a statement that passes Check leaves a
// leaf that can be read.
func TestCheckedIsReadable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(second *standing.Signature) *standing.Signature {
			return &standing.Signature{Signer: keyID(1), Algorithm: standing.Algorithm(rapid.Uint8().Draw(t, "algorithm")), Second: second,
				OnBehalfOf: rapid.SampledFrom([]string{"", "party", "creditor", "me", "a party to the case"}).Draw(t, "behalf"),
				Bytes:      make([]byte, rapid.IntRange(0, 1030).Draw(t, "length"))}
		}
		var sig *standing.Signature
		for range rapid.IntRange(1, 3).Draw(t, "signatures") {
			sig = draw(sig)
		}
		a := examples()[3]
		s := standing.Statement{Acts: [][]byte{a.Encode()}, Signature: *sig}
		e := standing.Entry{RecordedAt: day("2025-01-01"), Count: 1, Signature: &s.Signature, Bytes: s.Acts[0]}
		_, err := standing.DecodeEntry(0, e.Encode())
		if checked := s.Check() == nil; checked != (err == nil) {
			t.Fatalf("Check passes: %v; the leaf is read: %v", checked, err)
		}
	})
}
