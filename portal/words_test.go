package portal

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

var placeholder = regexp.MustCompile(`\{\d\}`)

// TestCataloguesAreComplete holds that every language has the same keys with the
// same blanks, and that none is empty.
func TestCataloguesAreComplete(t *testing.T) {
	langs := languages()
	for _, w := range langs[1:] {
		for key, text := range langs[0].text {
			other, ok := w.text[key]
			if !ok || strings.TrimSpace(other) == "" || strings.TrimSpace(text) == "" && !strings.HasPrefix(key, "list.") {
				t.Errorf("%s: %s is missing or empty", w.lang, key)
				continue
			}
			have, want := placeholder.FindAllString(other, -1), placeholder.FindAllString(text, -1)
			slices.Sort(have)
			slices.Sort(want)
			if !slices.Equal(have, want) {
				t.Errorf("%s: %s has the blanks %v, English has %v", w.lang, key, have, want)
			}
		}
		for key := range w.text {
			if _, ok := langs[0].text[key]; !ok {
				t.Errorf("%s: %s is not in English", w.lang, key)
			}
		}
	}
}

// TestEveryWordIsThere holds that whatever the register can say has words.
func TestEveryWordIsThere(t *testing.T) {
	w := languages()[0]
	need := func(key string) {
		if !w.has(key) {
			t.Errorf("%s has no words", key)
		}
	}
	for _, k := range standing.Kinds() {
		need("act." + k.String())
	}
	for _, k := range api.Kinds() {
		need("problem." + string(k))
	}
	for _, v := range verdicts {
		need("verdict." + string(v))
		need("verdict." + string(v) + ".means")
	}
	for k := range standing.PartyKind(4) {
		need("party.kind." + k.String())
	}
	for n := range standing.InstantName(32) {
		if !strings.HasPrefix(n.String(), "instant-") {
			need("instant." + n.String())
		}
	}
	for _, s := range []standing.Status{standing.StatusProposed, standing.StatusNoticed, standing.StatusObjected, standing.StatusDecided, standing.StatusConfirmed,
		standing.StatusStayed, standing.StatusRested, standing.StatusDropped, standing.StatusEnded} {
		need("status." + string(s))
	}
	for _, kind := range []string{"judgment", "award", "penalty", "decision", "order", "suspension"} {
		need("ruling." + kind)
	}
}

// TestKeysAndSourceAgree reads the sources: each key that they name is in the
// catalogue, and each key of the catalogue is named or begins as they say.
func TestKeysAndSourceAgree(t *testing.T) {
	w := languages()[0]
	named := regexp.MustCompile(`"([a-z]+\.[a-z][a-zA-Z. -]*)"`)
	used := map[string]bool{}
	var sources []string
	for _, pattern := range []string{"*.templ", "*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		sources = append(sources, files...)
	}
	for _, file := range sources {
		if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "_templ.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllStringSubmatch(string(text), -1) {
			used[m[1]] = true
		}
		for _, m := range regexp.MustCompile(`\.T\("([^"]+)"[,)]`).FindAllStringSubmatch(string(text), -1) {
			if !w.has(m[1]) {
				t.Errorf("%s uses %s, which is not in the catalogue", file, m[1])
			}
		}
	}
	for key := range w.text {
		byPrefix := slices.ContainsFunc([]string{"act.", "problem.", "verdict.", "party.kind.", "instant.", "status.", "ruling.", "event.", "code."},
			func(p string) bool { return strings.HasPrefix(key, p) })
		if !used[key] && !byPrefix {
			t.Errorf("%s is used nowhere", key)
		}
	}
}

func TestChoose(t *testing.T) {
	langs := languages()
	for _, c := range []struct {
		asked, accept, want string
		chosen              bool
	}{
		{"", "", "en", false}, {"zh", "en", "zh", true}, {"en", "zh-CN", "en", true}, {"fr", "zh-Hans-CN,en;q=0.5", "zh", false},
		{"", "fr, de;q=0.9", "en", false}, {"", "en;q=0.2, zh-TW;q=0.8", "zh", false}, {"", "ZH", "zh", false}, {"", "zh;q=0", "en", false},
		{"", "zh;q=x,en;q=0.1", "en", false}, {"", strings.Repeat(",", 1000) + "zh", "zh", false},
	} {
		if w, chosen := choose(langs, c.asked, c.accept); w.lang != c.want || chosen != c.chosen {
			t.Errorf("lang=%q, Accept-Language %q: %s %v", c.asked, c.accept, w.lang, chosen)
		}
	}
}

func TestPrinting(t *testing.T) {
	en, zh := languages()[0], languages()[1]
	for got, want := range map[string]string{
		en.date(1795305600):                      "22 November 2026",
		zh.date(1795305600):                      "2026年11月22日",
		en.date(1795359845):                      "22 November 2026 15:04 UTC",
		en.date(0):                               "–",
		en.date(standing.Forever):                "–",
		en.civil("2026-11-02"):                   "2 November 2026",
		en.civil("autumn"):                       "autumn",
		sum("1284500.00", "CNY"):                 "1,284,500.00 CNY",
		sum("999", "CNY"):                        "999 CNY",
		sum("1000", ""):                          "1,000",
		sum("-5", "EUR"):                         "-5 EUR",
		sum("about 5", "EUR"):                    "about 5 EUR",
		en.place("CN/37/10/82"):                  "Rongcheng, Weihai, Shandong, China",
		zh.place("CN/37/10/82"):                  "中国山东省威海市荣成市",
		en.place("*"):                            "everywhere",
		en.place(""):                             "anywhere",
		en.scheme("name"):                        "Exact name",
		en.scheme("new"):                         "new",
		en.T("form.party.hint"):                  "An identifier such as {0}, or an exact name.",
		en.T("no.such"):                          "no.such",
		en.T("listing.span", "{1}", "b"):         "{1} to b",
		en.say(map[string]string{"fr": "liste"}): "liste",
		zh.say(map[string]string{"en": "list"}):  "list",
	} {
		if got != want {
			t.Errorf("%q is printed, want %q", got, want)
		}
	}
}
