package portal

import (
	"github.com/openstanding/standing/lang"
	"strings"
	"testing"
)

func TestWhom(t *testing.T) {
	w := languages(lang.All())[0]
	for text, want := range map[string]string{
		"uscc:91371082MA3N5K7BX5":    "uscc:91371082MA3N5K7BX5",
		"uscc: 9137 1082 ma3n5k7bx5": "uscc:91371082MA3N5K7BX5",
		"91371082MA3N5K7BX5":         "uscc:91371082MA3N5K7BX5",
		"9137-1082 MA3N5K7BX5":       "uscc:91371082MA3N5K7BX5",
		"5493001KJTIIGC8Y1R12":       "lei:5493001KJTIIGC8Y1R12",
		"110000180001010013":         "cn-citizen:110000180001010013",
		"name:91371082":              "name:91371082",
		"ACME: Tools Ltd":            "name:ACME: Tools Ltd",
		"荣成海岳建材有限公司":                 "name:荣成海岳建材有限公司",
		"3M":                         "name:3M",
		"Studio 54321 Entertainment": "name:Studio 54321 Entertainment",
		"register.example/party/01kbp3x9q8e4tv7m2h6d5wz0cm": "register.example/party/01kbp3x9q8e4tv7m2h6d5wz0cm",
		"uscc":                    "name:uscc",
		"USCC:91371082MA3N5K7BX5": "uscc:91371082MA3N5K7BX5",
		"REF：NO-914":              "ref:NO-914",
		"Name: 3M":                "name: 3M",
		"name:海：岳":                "name:海：岳",
		"Re:Create 2 Ltd":         "name:Re:Create 2 Ltd",
	} {
		if party, problem, _ := whom(w, text); party != want {
			t.Errorf("%q is read as %q, %q", text, party, problem)
		}
	}
	for text, say := range map[string]string{
		"":                           "Write an identifier or a name",
		"91371082MA3N5K7BX6":         "no valid number",
		"12345678":                   "number",
		"uscc:91371082MA3N5K7BX6":    "check",
		"uscc:":                      "uscc",
		"usc:91371082MA3N5K7BX5":     "no kind of number",
		"citizen:110000180001010013": "no kind of number",
		"rref:NO-914":                "no kind of number",
	} {
		if party, problem, _ := whom(w, text); party != "" || !strings.Contains(problem, say) {
			t.Errorf("%q is read as %q, %q", text, party, problem)
		}
	}
}

func TestWhere(t *testing.T) {
	p := &portal{}
	p.places, p.offered = places()
	w := languages(lang.All())[0]
	for text, want := range map[string]string{"": "", "*": "*", "cn/37": "CN/37", "Shandong": "CN/37", "山东省": "CN/37", "山东": "CN/37", "germany": "DE", "Rongcheng": "CN/37/10/82"} {
		if id, problem := p.where(w, text); id != want || problem != "" {
			t.Errorf("%q is read as %q, %q", text, id, problem)
		}
	}
	for text, say := range map[string]string{"Atlantis": "No place", "CN/99": "No place", "Georgia": "GE"} {
		if id, problem := p.where(w, text); id != "" || !strings.Contains(problem, say) {
			t.Errorf("%q is read as %q, %q", text, id, problem)
		}
	}
	if n := len(p.offered); n < 250 || n > 1000 {
		t.Errorf("the form offers %d places", n)
	}
}

// FuzzWhom holds that a reader's text either becomes a question or gets a
// reason, never neither or both.
func FuzzWhom(f *testing.F) {
	f.Add("91371082MA3N5K7BX5")
	f.Add("name:")
	f.Add("uscc:\xff")
	w := languages(lang.All())[0]
	f.Fuzz(func(t *testing.T, text string) {
		party, problem, _ := whom(w, text)
		if (party == "") == (problem == "") {
			t.Fatalf("%q: %q, %q", text, party, problem)
		}
	})
}
