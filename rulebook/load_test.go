package rulebook_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/rulebook"
)

func TestLoad(t *testing.T) {
	c := load(t, good)
	if c.Name != "xx-test" || len(c.Lists) != 2 || string(c.Text) != good || c.Digest.IsZero() || c.Calendar.Name() != "cn" || c.Location().String() != "Asia/Shanghai" {
		t.Errorf("loaded %s with %d lists, calendar %s", c.Name, len(c.Lists), c.Calendar.Name())
	}
	text := []byte(good)
	again, err := rulebook.Load(text)
	text[0] = 'X'
	if err != nil || again.Digest != c.Digest || string(again.Text) != good {
		t.Error("the compiled rulebook changes with the caller's bytes")
	}
}

// TestBadTexts has a bad text per line: what is replaced, and what the refusal
// says, with its place.
func TestBadTexts(t *testing.T) {
	const charter = "[charter "
	tests := []struct{ why, old, new, want string }{
		// The charter.
		{"cuts water", "activities: [procurement.bid]", "activities: [water]", "37:5: measures[no-bid].activities: measure no-bid would restrict water, an essential: leave it out [charter 7.1]"},
		{"takes children out of school", "activities: [procurement.bid]", "activities: [schooling.compulsory]", charter + "7.1]"},
		{"an essential behind a branch", "activities: [procurement.bid]", "activities: [subsistence]", charter + "7.1]"},
		{"keeps people from voting", "activities: [procurement.bid]", "activities: [ballot.vote]", "activity ballot.vote can be restricted by no measure: leave it out [charter 4.4]"},
		{"lists people for opinions", "amount.cny >= 1000", "political.opinion == 'critical'", `57:9: lists[defaulters].grounds[refuses].when: ground refuses reads "political.opinion", of the forbidden category political: leave it out [charter 6.1]`},
		{"lists people for posts", "amount.cny >= 1000", "online-posts.bad", charter + "6.1]"},
		{"reads a score", "amount.cny >= 1000", "score.person < 600", charter + "5.1]"},
		{"reads what nobody knows", "amount.cny >= 1000", "virtue.points < 600", `reads "virtue.points", which the directory does not have`},
		{"neither end nor review", "    review: 2 years\n", "    review: 0 calendar days\n", "lists[defaulters].review: ground refuses has neither an end nor a review: give the list a review of two years or less [charter 3.1]"},
		{"review too late", "    review: 2 years\n", "    review: 25 months\n", charter + "3.2]"},
		{"term of a life", "term-max: 5 years", "term-max: 99 years", charter + "3.2]"},
		{"term over its maximum", "term-max: 5 years", "term-max: 23 months", "ground evades has a term over its own maximum: keep the term within term-max [charter 3.2]"},
		{"fixed term without one", "        term: 2 years\n        term-max: 5 years\n", "", charter + "3.1]"},
		{"no way out", "needs: [full-performance]\n        source: [\"law#10\"]\n      - event: repaired", "source: [law]\n      - event: repaired", ""},
		{"measure of another field", "field: enforcement\n    region: CN/37/10", "field: tax\n    region: CN/37/10", "102:24: lists[defaulters].measures[1]: measure no-bid is of field \"tax\", list defaulters of field \"enforcement\": leave it out [charter 4.2]"},
		{"measure outside the region", "region: CN/37/10", "region: CN/11", charter + "4.3]"},
		{"measure wider than the list", "region: CN/37/10", "region: CN", charter + "4.3]"},
		{"list outside the jurisdiction", "    region: CN\n", "    region: DE\n", charter + "4.1]"},
		{"measure not there", "measures: [no-air, no-bid]", "measures: [no-air, no-bid, shame]", `102:32: lists[defaulters].measures[2]: measure "shame" of list defaulters is not in the catalogue`},
		{"measure too heavy", "severity: 2\n    grounds", "severity: 1\n    grounds", charter + "4.5]"},
		{"activity not there", "activities: [procurement.bid]", "activities: [walking]", `"walking" is no activity`},
		{"publishes persons", "publication: organisations", "publication: persons", charter + "11.2]"},
		{"spares public bodies", "subjects: [organisation, public-body, person]\n    capacities: [debtor", "subjects: [organisation, person]\n    capacities: [debtor", charter + "12.1]"},
		{"lists a spouse", "capacities: [debtor,", "capacities: [spouse,", charter + "9.2]"},
		{"unattested and restricting", `, attested: ["order#7"]`, "", charter + "2.7]"},
		{"kind of ruling", "rulings: [judgment]", "rulings: [rumour]", charter + "1.2]"},
		{"no window", "window: 5 working days", "window: 0 working days", charter + "2.2]"},
		// The text itself.
		{"unknown key", "    region: CN/37\n", "    regoin: CN/37\n", "44:5: lists[defaulters].regoin: unknown key"},
		{"unknown source", `source: ["law#2"]`, `source: ["lwa#2"]`, `60:9: lists[defaulters].grounds[evades].source: source "lwa" is not in sources`},
		{"source without article", `source: ["law#2"]`, `source: ["law#"]`, `source "law#" names no article`},
		{"source of an exit", "source: [\"law#10\"]", "source: [nowhere]", "exits[0].source: source \"nowhere\" is not in sources"},
		{"repeated list", "  - id: debarred", "  - id: defaulters", "id defaulters stands twice"},
		{"repeated ground", "      - id: evades", "      - id: refuses", "id refuses stands twice"},
		{"repeated measure", "  - id: no-bid", "  - id: no-air", "id no-air stands twice"},
		{"repeated severity", "{level: 2, id: serious", "{level: 1, id: serious", "level 1 stands twice"},
		{"no id", "  - id: debarred", "  - id: De_barred", `"De_barred" is no id`},
		{"name with a slash", "rulebook: xx-test", "rulebook: xx/test", `1:1: rulebook: "xx/test" is no id`},
		{"version", `version: "2026-01-01"`, `version: "2026 01"`, `2:1: version: "2026 01" is no version`},
		{"region not there", "jurisdiction: CN", "jurisdiction: QQ", "4:1: jurisdiction: region QQ is not in the table"},
		{"region of a measure", "region: CN/37/10", "region: cn", "35:5: measures[no-bid].region: region \"cn\""},
		{"zone of another calendar", "zone: Asia/Shanghai", "zone: Europe/Berlin", "5:1: zone: zone \"Europe/Berlin\": calendar cn begins its days in Asia/Shanghai"},
		{"calendar not there", "calendar: cn", "calendar: zz", "6:1: calendar: calendar \"zz\": not compiled in"},
		{"days of no kind", "window: 5 working days", "window: 5 days", "say which days"},
		{"no day", `in-force: "2020-01-01"`, `in-force: "2020-02-30"`, `11:5: sources[law].in-force: date "2020-02-30"`},
		{"reliability", "reliability: primary", "reliability: rumour", `"rumour" is none of primary, secondary, unverified`},
		{"class", "class: I\n    severity: 1", "class: IV\n    severity: 1", `"IV" is none of I, II, III`},
		{"branch", "activities: [procurement.bid]", "activities: [procurement]", "procurement is a branch, which can grow: name its leaves"},
		{"subject of a measure", "subjects: [organisation, public-body]\n", "subjects: [organisation, public-body, horse]\n", `"horse" is none of`},
		{"authority", "authorities: [court]", "authorities: [crowd]", `"crowd" is none of court`},
		{"word twice", "rulings: [judgment]", "rulings: [judgment, judgment]", `"judgment" stands twice`},
		{"exit of an unknown ground", "grounds: [evades]", "grounds: [escapes]", `list defaulters has no ground "escapes"`},
		{"effect", "effect: marks", "effect: shames", `"shames" is none of lifts, marks`},
		{"need", "needs: [creditor-consents, proof]", "needs: [bribe]", `"bribe" is none of full-performance, creditor-consents, conditions-met, proof`},
		{"waits to mark", "effect: marks", "effect: marks\n        then: 1 month", "an exit that only marks has no days"},
		{"exempts from nothing", "activities: [air-travel]", "activities: [rail]", `"rail" exempts from nothing that list defaulters restricts`},
		{"exempts for no time", "{max: 1 month", "{max: 0 months", "give a term of a day or more"},
		{"scheme", "{scheme: uscc", "{scheme: face", `"face" is no scheme of identifiers, nor name`},
		{"scheme twice", "{scheme: name", "{scheme: uscc", "scheme uscc stands twice"},
		{"recognises no list", "list: mdb-debarment/world-bank", "list: mdb-debarment", `"mdb-debarment" is no list`},
		{"permanent", "permanent: screening", "permanent: for-life", `"for-life" is none of screening`},
		{"term until performed", "        default: true\n", "        default: true\n        term: 1 year\n", "a ground that lasts until performance has no term"},
		{"maximum without term", "        term: 2 years\n        term-max", "        term-max", "give the term that holds when none is decided"},
		{"condition", "amount.cny >= 1000", "amount.cny >= 'much'", "57:9: lists[defaulters].grounds[refuses].when: condition: found no matching overload"},
		{"condition with a macro", "amount.cny >= 1000", "[1].exists(amount.cny, true)", "lists[defaulters].grounds[refuses].when: condition: undeclared reference to 'exists'"},
		{"no lists", good[strings.Index(good, "lists:\n"):], "lists: []\n", "a rulebook without lists rules nothing"},
		// The bytes.
		{"alias", "zone: Asia/Shanghai", "zone: *z", "5:7: anchors, aliases and merges are refused"},
		{"not UTF-8", "Law of 2020", "Law of \xff", "10:1: the line is not UTF-8"},
		{"two documents", "severities:", "---\nseverities:", "2 documents in the text"},
	}
	for _, test := range tests {
		_, err := rulebook.Load([]byte(spoil(t, test.old, test.new)))
		switch {
		case test.want == "":
			if err != nil {
				t.Errorf("%s: %v", test.why, err)
			}
		case err == nil:
			t.Errorf("%s: it loads", test.why)
		case !strings.Contains(err.Error(), test.want):
			t.Errorf("%s: got\n%v\nwant %s", test.why, err, test.want)
		}
	}
}

// TestKinds: what the charter refuses is refused, all else is invalid input.
func TestKinds(t *testing.T) {
	_, err := rulebook.Load([]byte(spoil(t, "activities: [procurement.bid]", "activities: [water]")))
	var e *standing.Error
	if !errors.As(err, &e) || e.Kind != standing.Refused || e.Rule != "charter 7.1" {
		t.Errorf("cutting water: %#v", err)
	}
	_, err = rulebook.Load([]byte(spoil(t, "zone: Asia/Shanghai", "zone: Mars")))
	if standing.KindOf(err) != standing.Invalid {
		t.Errorf("a wrong zone is %s", standing.KindOf(err))
	}
	var all rulebook.Errors
	if !errors.As(err, &all) || len(all) != 1 || all[0].Line != 5 || all[0].Path != "zone" {
		t.Errorf("problems %+v", all)
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	text := strings.NewReplacer("zone: Asia/Shanghai", "zone: Mars", "activities: [procurement.bid]", "activities: [water, power]", "scheme: uscc", "scheme: face",
		"    region: CN\n", "    region: CN\n    colour: red\n").Replace(good)
	_, err := rulebook.Load([]byte(text))
	var all rulebook.Errors
	if !errors.As(err, &all) || len(all) != 5 {
		t.Fatalf("want zone, water, power, face and colour:\n%v", err)
	}
	for i := 1; i < len(all); i++ {
		if all[i].Line < all[i-1].Line {
			t.Errorf("problems out of order:\n%v", err)
		}
	}
}

func TestNotARulebook(t *testing.T) {
	for why, text := range map[string]string{
		"nothing": "", "comment": "# nothing\n", "sequence": "- a\n", "word": "hello", "2 MiB": strings.Repeat("a: b\n", 1<<19), "brackets": strings.Repeat("[", 1<<19),
		"bomb": "a: &a [x,x]\nb: &b [*a,*a]\n", "binary": "\x00\x01\x02", "JSON": `{"rulebook": "x"}`, "keys alone": "lists:\nmeasures:\n",
	} {
		start := time.Now()
		_, err := rulebook.Load([]byte(text))
		var all rulebook.Errors
		if !errors.As(err, &all) || len(all) == 0 || time.Since(start) > 10*time.Second {
			t.Errorf("%s: %v after %s", why, err, time.Since(start))
		}
	}
}

// FuzzLoad: no text makes Load panic, and what loads loads again to the same.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("rulebook: x\nlists: []\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := rulebook.Load(text)
		if (c == nil) == (err == nil) {
			t.Fatalf("both or neither: %v, %v", c, err)
		}
		if err != nil {
			if k := standing.KindOf(err); k != standing.Invalid && k != standing.Refused {
				t.Fatalf("kind %s", k)
			}
			return
		}
		if rulebook.Explain(c, "en") == "" || len(rulebook.Diff(c, c)) > 0 {
			t.Fatal("a rulebook that cannot be explained, or differs from itself")
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	text := []byte(good)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rulebook.Load(text); err != nil {
			b.Fatal(err)
		}
	}
}
