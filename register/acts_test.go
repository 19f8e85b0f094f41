package register_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/store/memory"
)

// TestSubmit: a statement in wire form is recorded once, whole, or refused for
// what is wrong with it.
func TestSubmit(t *testing.T) {
	w := newTown(t, memory.Faults{})
	ctx := context.Background()
	id := w.newCase()
	s := w.signed("officer", standing.Act{Kind: standing.RulingRecorded, Case: id, Code: "judgment", Region: "CN/37", Party: standing.Organisation,
		Instants: standing.Instants{}.With(standing.Decided, day("2023-06-01"))}, &standing.Opening{Party: firm(), Docket: "(2023) Sample 1"})
	size := w.checkpoint().Size
	for _, c := range []struct {
		name   string
		change func(*api.Submission)
		want   standing.ErrorKind
	}{
		{"no signer", func(s *api.Submission) { s.Signature.Signer = "" }, standing.Invalid},
		{"a signer that is no hex", func(s *api.Submission) { s.Signature.Signer = strings.Repeat("x", 32) }, standing.Invalid},
		{"a signer too long", func(s *api.Submission) { s.Signature.Signer += "00" }, standing.Invalid},
		{"a key that nobody knows", func(s *api.Submission) { s.Signature.Signer = strings.Repeat("00", 16) }, standing.Unauthenticated},
		{"another algorithm", func(s *api.Submission) { s.Signature.Algorithm = "rsa" }, standing.Unsupported},
		{"three signatures", func(s *api.Submission) {
			second := s.Signature
			third := s.Signature
			second.Second = &third
			s.Signature.Second = &second
		}, standing.Invalid},
		{"a bad second signer", func(s *api.Submission) { s.Signature.Second = &api.SignatureWire{Signer: "?"} }, standing.Invalid},
		{"a changed signature", func(s *api.Submission) { s.Signature.Bytes[0] ^= 1 }, standing.Unauthenticated},
		{"a changed opening", func(s *api.Submission) { s.Openings[0] = []byte(`{"docket":"(2023) Sample 2"}`) }, standing.Invalid},
	} {
		bad := s
		bad.Signature.Bytes, bad.Openings = slices.Clone(s.Signature.Bytes), slices.Clone(s.Openings)
		c.change(&bad)
		r, err := w.register.Submit(ctx, bad)
		if standing.KindOf(err) != c.want || len(r) != 0 {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	if got := w.checkpoint().Size; got != size {
		t.Fatalf("%d acts recorded of what was refused", got-size)
	}

	first, err := w.register.Submit(ctx, s)
	w.ok(err)
	if r := first[0]; len(first) != 1 || r.Position != size || r.Case != id.String() || r.Version != 1 || r.RecordedAt != w.now || r.Again || r.Act != standing.DigestOf(s.Acts[0]) {
		t.Errorf("receipt %s", text(first))
	}
	w.days(1)
	again, err := w.register.Submit(ctx, s)
	w.ok(err)
	if r := again[0]; !r.Again || r.Position != first[0].Position || r.RecordedAt != first[0].RecordedAt {
		t.Errorf("the same again: %s, first %s", text(again), text(first))
	}
	for _, name := range []string{id.String(), origin + "/ruling/" + id.String()} {
		if v, err := w.register.Version(ctx, name); err != nil || v != 1 {
			t.Errorf("version of %s: %d, %v", name, v, err)
		}
	}

	r, err := openAgain(w)
	w.ok(err)
	_, err = r.Submit(ctx, s)
	w.kind(err, standing.Unavailable)
	w.ok(r.Close())
}

func TestRulebooks(t *testing.T) {
	w := newTown(t, memory.Faults{})
	got, err := w.register.Rulebooks(context.Background())
	w.ok(err)
	if len(got) != 2 || got[0].Name != "cn-courts" || got[1].Name != "mdb-debarment" || got[0].Since != w.now || got[0].Digest.IsZero() || !slices.Contains(got[0].Lists, "judgment-defaulters") {
		t.Errorf("rulebooks %s", text(got))
	}
	w.days(1)
	w.must("founders", standing.Act{Kind: standing.RulebookRepealed, Case: standing.ConstitutionID, List: "cn-courts"}, nil)
	if got, err = w.register.Rulebooks(context.Background()); err != nil || len(got) != 1 {
		t.Errorf("after a repeal: %s, %v", text(got), err)
	}
}
