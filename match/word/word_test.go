package word_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing/match/fold"
	"github.com/openstanding/standing/match/word"
)

func TestAbbreviates(t *testing.T) {
	for _, yes := range []string{
		"COMM COMMUNICATIONS", "GRP GROUP", "TECH TECHNOLOGY", "SRVCES SERVICES", "MFG MANUFACTURING", "INT'L INTERNATIONAL", "intl international", "mgmt management",
		"dept department", "hldgs holdings", "svcs services", "engrg engineering", "bldg building", "constr construction", "dvlpmnt development", "mktg marketing", "grps groups",
		"elec electronics", "assn association", "prodts products",
	} {
		short, long, _ := strings.Cut(yes, " ")
		if !word.Abbreviates(fold.Text(short), fold.Text(long)) {
			t.Errorf("%s does not stand for %s", short, long)
		}
	}
	for _, no := range []string{
		"group grp", "group group", "an association", "li limited", "ma manufacturing", "bank building", "co corporation", "trd tobacco", "mining manufacturing", "sun services",
		"cat construction", "王 王国", "st steel", "international intl",
	} {
		short, long, _ := strings.Cut(no, " ")
		if word.Abbreviates(fold.Text(short), fold.Text(long)) {
			t.Errorf("%s stands for %s", short, long)
		}
	}
}

func TestWeigh(t *testing.T) {
	for w, want := range map[string]word.Weight{"group": word.Generic, "grp": word.Generic, "corp": word.Generic, "huawei": word.Telling, "of": word.Joining, "集团": word.Generic, "华为": word.Telling, "": word.Telling} {
		if got := word.Weigh(w); got != want {
			t.Errorf("%q weighs %d, want %d", w, got, want)
		}
	}
}

func TestFull(t *testing.T) {
	if got := word.Full("mfg"); !slices.Equal(got, []string{"manufacturing", "manufacture"}) {
		t.Errorf("mfg: %v", got)
	}
	if got := word.Full("huawei"); got != nil {
		t.Errorf("huawei: %v", got)
	}
}
