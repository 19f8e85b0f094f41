package standing_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/openstanding/standing"
)

// TestSay: an error is said again from what it was made from, blanks within
// blanks, and what was changed since is said as it is.
func TestSay(t *testing.T) {
	loud := func(format string) string {
		return strings.NewReplacer("list", "LIST", "act", "ACT", "do", "DO", "why", "WHY").Replace(format)
	}
	inner := standing.RefusedBy("charter 1.1", "do it", "list %s", "list-a")
	for _, c := range []struct {
		err      *standing.Error
		what, do string
	}{
		{inner, "LIST list-a", "DO it"},
		{standing.Errorf(standing.Invalid, "act %d: %v", 3, inner), "ACT 3: LIST list-a [charter 1.1]: DO it", ""},
		{standing.Errorf(standing.Invalid, "act %d: %s", 3, inner.Phrase()), "ACT 3: LIST list-a", ""},
		{standing.Errorf(standing.Invalid, "%v", errors.New("why")).Advise("do %s", "act"), "WHY", "DO act"},
		{&standing.Error{What: "why %"}, "WHY %", ""},
		{standing.Errorf(standing.Invalid, "act %s", standing.Told("why")), "ACT WHY", ""},
	} {
		if what, do := c.err.Say(loud); what != c.what || do != c.do {
			t.Errorf("%v: %q, %q", c.err, what, do)
		}
	}
	changed := standing.Errorf(standing.Invalid, "list %s", "b")
	changed.What = "act: " + changed.What
	if what, _ := changed.Say(loud); what != "ACT: LIST b" || changed.Phrase().String() != changed.What {
		t.Errorf("%q", what)
	}
}
