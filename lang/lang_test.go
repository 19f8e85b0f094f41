package lang

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing"
)

var placeholder = regexp.MustCompile(`\{\d\}`)

// TestCataloguesAreComplete holds that every language has the same keys with the
// same blanks, and that none is empty.
func TestCataloguesAreComplete(t *testing.T) {
	langs := All()
	for _, w := range langs[1:] {
		for key, text := range langs[0].text {
			other, ok := w.text[key]
			if !ok || strings.TrimSpace(other) == "" || strings.TrimSpace(text) == "" && !strings.HasPrefix(key, "list.") {
				t.Errorf("%s: %s is missing or empty", w.Lang, key)
				continue
			}
			have, want := placeholder.FindAllString(other, -1), placeholder.FindAllString(text, -1)
			slices.Sort(have)
			slices.Sort(want)
			if !slices.Equal(have, want) {
				t.Errorf("%s: %s has the blanks %v, English has %v", w.Lang, key, have, want)
			}
		}
		for key := range w.text {
			stem := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(key, ".zero"), ".two"), ".few") // forms that English has not
			if _, ok := langs[0].text[stem+".many"]; ok && stem != key {
				continue
			}
			if _, ok := langs[0].text[key]; !ok {
				t.Errorf("%s: %s is not in English", w.Lang, key)
			}
		}
	}
}

func TestChoose(t *testing.T) {
	langs := All()
	for _, c := range []struct {
		asked, accept, want string
		chosen              bool
	}{
		{"", "", "en", false}, {"zh", "en", "zh", true}, {"en", "zh-CN", "en", true}, {"fr", "zh-Hans-CN,en;q=0.5", "zh", false},
		{"", "fr, de;q=0.9", "en", false}, {"", "en;q=0.2, zh-TW;q=0.8", "zh", false}, {"", "ZH", "zh", false}, {"", "zh;q=0", "en", false},
		{"", "zh;q=x,en;q=0.1", "en", false}, {"", strings.Repeat(",", 1000) + "zh", "zh", false},
	} {
		if w, chosen := langs.Choose(c.asked, c.accept); w.Lang != c.want || chosen != c.chosen {
			t.Errorf("lang=%q, Accept-Language %q: %s %v", c.asked, c.accept, w.Lang, chosen)
		}
	}
}

func TestPrinting(t *testing.T) {
	en, zh := All()[0], All()[1]
	for got, want := range map[string]string{
		en.Date(1795305600):                      "22 November 2026",
		zh.Date(1795305600):                      "2026年11月22日",
		en.Date(1795359845):                      "22 November 2026 15:04 UTC",
		en.Date(0):                               "–",
		en.Date(standing.Forever):                "–",
		en.Civil("2026-11-02"):                   "2 November 2026",
		en.Civil("autumn"):                       "autumn",
		Sum("1284500.00", "CNY"):                 "1,284,500.00 CNY",
		Sum("999", "CNY"):                        "999 CNY",
		Sum("1000", ""):                          "1,000",
		Sum("-5", "EUR"):                         "-5 EUR",
		Sum("about 5", "EUR"):                    "about 5 EUR",
		en.Place("CN/37/10/82"):                  "Rongcheng, Weihai, Shandong, China",
		zh.Place("CN/37/10/82"):                  "中国山东省威海市荣成市",
		en.Place("*"):                            "everywhere",
		en.Place(""):                             "anywhere",
		en.Scheme("name"):                        "Exact name",
		en.Scheme("new"):                         "new",
		en.N("cat.authorities", 1):               "1 authority",
		en.N("cat.authorities", 0):               "0 authorities",
		en.N("cat.authorities", 1200):            "1,200 authorities",
		zh.N("cat.authorities", 1):               "1 个机关",
		en.T("form.party.hint"):                  "An identifier such as {0}, or an exact name.",
		en.T("no.such"):                          "no.such",
		en.T("listing.span", "{1}", "b"):         "{1} to b",
		en.Say(map[string]string{"fr": "liste"}): "liste",
		zh.Say(map[string]string{"en": "list"}):  "list",
	} {
		if got != want {
			t.Errorf("%q is printed, want %q", got, want)
		}
	}
}
