package server

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

func TestQuery(t *testing.T) {
	var a asked
	raw := "party=name%3AOrient+Harbour&activity=company.director&&region=CN/37&at=2026-11-22&asKnownOn=2026-11-22T15:04:05%2B08:00&birthDate=1980-01-01&country=GB&purpose=credit-decision"
	if err := a.query(raw, allNames); err != nil {
		t.Fatal(err)
	}
	want := api.Question{Party: "name:Orient Harbour", Activity: "company.director", Region: "CN/37", At: 1795305600, AsKnownOn: 1795331045, BirthDate: "1980-01-01", Country: "GB"}
	if diff := cmp.Diff(want, a.q); diff != "" || a.purpose != "credit-decision" {
		t.Errorf("purpose %q, question (-want +got):\n%s", a.purpose, diff)
	}
}

func TestQueryRefuses(t *testing.T) {
	for raw, say := range map[string]string{
		"party=a&party=b":            "says party twice",
		"regoin=CN":                  `"regoin" means nothing here`,
		"Party=a":                    `"Party" means nothing here`,
		"party=%zz":                  "not well formed",
		"party=%ff":                  "not valid UTF-8",
		"party=a\xff":                "not valid UTF-8",
		"at=yesterday":               "is not a date",
		"at=open":                    "a question is about an instant",
		"asKnownOn=0000-01-01":       "outside the years 1900 to 2199",
		"asKnownOn=9999-12-31":       "outside the years 1900 to 2199",
		"party=a&purpose=x&unheard=": `"unheard" means nothing here`,
	} {
		err := new(asked).query(raw, allNames)
		if standing.KindOf(err) != standing.Invalid || !strings.Contains(err.Error(), say) {
			t.Errorf("%q: %v, want %q", raw, err, say)
		}
	}
	if err := new(asked).query("party=a", namePurpose); err == nil {
		t.Error("a name is taken where it may not stand")
	}
}

func TestQuestionAsJSON(t *testing.T) {
	body := ` { "party" : "name:A\u00e9\ud83d\ude00\/\"\\\b\f\n\r\t" , "activity":"x","region":"CN","at":"2026-11-22","birthDate":"1980-01-01","country":"GB" }` + "\n"
	var got, want api.Question
	if err := oneQuestion([]byte(body), &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(body), &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestQuestionRefuses(t *testing.T) {
	for body, say := range map[string]string{
		``:                              "the JSON ends after byte 0, where an object is expected",
		`[]`:                            "byte 1: an object is expected",
		`{"party":"a"`:                  "a comma or } is expected",
		`{"party":"a",}`:                "byte 14: a string is expected",
		`{"party" "a"}`:                 "a colon is expected",
		`{"party":{"party":"a"}}`:       "byte 10: a string is expected",
		`{"party":null}`:                "byte 10: a string is expected",
		`{"party":7}`:                   "byte 10: a string is expected",
		`{"party":"a","party":"b"}`:     `the name "party" stands there twice`,
		`{"party":"a","p\u0061rty":""}`: `the name "party" stands there twice`,
		`{"Party":"a"}`:                 `the name "Party" means nothing here`,
		`{"purpose":"a"}`:               `the name "purpose" means nothing here`,
		`{"party":"a"} {}`:              "byte 15: the end is expected",
		`{"party":"\x"}`:                "byte 11: a valid escape is expected",
		`{"party":"\ud800"}`:            "byte 11: a valid escape is expected",
		`{"party":"\ud800\u0041"}`:      "a valid escape is expected",
		`{"party":"\u00"}`:              "a valid escape is expected",
		"{\"party\":\"a\nb\"}":          "an escaped control character is expected",
		"{\"party\":\"\xff\"}":          "byte 11 is not valid UTF-8",
		`{"party":"a`:                   `a closing " is expected`,
		`{"party":"a\`:                  `a closing " is expected`,
		`{"at":"9999-01-01"}`:           "outside the years 1900 to 2199",
		"\ufeff{}":                      "byte 1: an object is expected",
		strings.Repeat("[", 1<<20):      "byte 1: an object is expected",
		strings.Repeat(`{"a":`, 1<<20):  `the name "a" means nothing here`,
	} {
		err := oneQuestion([]byte(body), new(api.Question))
		if standing.KindOf(err) != standing.Invalid || !strings.Contains(err.Error(), say) {
			t.Errorf("%.60q: %v, want %q", body, err, say)
		}
	}
}

func TestSubmissionRefuses(t *testing.T) {
	signature := `"signature":{"signer":"ab","algorithm":"ed25519","bytes":"AQ=="}`
	for body, say := range map[string]string{
		`{"acts":["AQ=="]}`:                                                 "a statement has acts and a signature",
		`{"acts":[],` + signature + `}`:                                     "a statement has acts and a signature",
		`{"acts":["AQ"],` + signature + `}`:                                 "a string of base64 with padding",
		`{"acts":["AR=="],` + signature + `}`:                               "a string of base64 with padding",
		`{"acts":["AQ==",],` + signature + `}`:                              "a string is expected",
		`{"acts":["A\nQ=="],` + signature + `}`:                             "a string of base64 with padding",
		`{"acts":["AQ=="],"signature":{"second":{"second":{"second":{}}}}}`: `"second" means nothing here`,
		`{"acts":["AQ=="],"signature":{"key":""}}`:                          `"key" means nothing here`,
	} {
		_, err := submission([]byte(body))
		if standing.KindOf(err) != standing.Invalid || !strings.Contains(err.Error(), say) {
			t.Errorf("%s: %v, want %q", body, err, say)
		}
	}
	many := `{"acts":[` + strings.Repeat(`"AQ==",`, standing.MaxStatementActs) + `"AQ=="],` + signature + `}`
	if _, err := submission([]byte(many)); standing.KindOf(err) != standing.TooLarge {
		t.Errorf("4,097 acts: %v", err)
	}
}

// FuzzQuestion holds that what is taken means the same to encoding/json.
func FuzzQuestion(f *testing.F) {
	f.Add([]byte(`{"party":"name:A\u00e9\ud83d\ude00\/","at":"2026-11-22"}`))
	f.Add([]byte(`{"party":"a","party":"b"}`))
	f.Add([]byte(`{"party":"\ud800"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var got, want api.Question
		if oneQuestion(body, &got) != nil {
			return
		}
		if err := json.Unmarshal(body, &want); err != nil || got != want {
			t.Fatalf("%q is read as %+v, encoding/json reads %+v, %v", body, got, want, err)
		}
	})
}

// FuzzSubmission holds the same for statements.
func FuzzSubmission(f *testing.F) {
	f.Add([]byte(`{"acts":["AQ=="],"openings":[""],"signature":{"signer":"ab","onBehalfOf":"party","algorithm":"ed25519","bytes":"AQ==","second":{"bytes":"A\/=="}}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := submission(body)
		if err != nil {
			return
		}
		var want api.Submission
		if err := json.Unmarshal(body, &want); err != nil {
			t.Fatalf("%q is taken, encoding/json says %v", body, err)
		}
		if diff := cmp.Diff(want, got, cmp.Transformer("nil", func(b []byte) string { return string(b) })); diff != "" {
			t.Fatalf("%q\n%s", body, diff)
		}
	})
}

// FuzzQuery holds that what is taken means the same to net/url.
func FuzzQuery(f *testing.F) {
	f.Add("party=a%20b&activity=x+y&purpose=z")
	f.Add("party=%E6%BC%A2&at=2026-11-22")
	f.Fuzz(func(t *testing.T, raw string) {
		var a asked
		if strings.Contains(raw, ";") || a.query(raw, allNames) != nil {
			return
		}
		v, err := url.ParseQuery(raw)
		if err != nil || v.Get("party") != a.q.Party || v.Get("activity") != a.q.Activity || v.Get("region") != a.q.Region || v.Get("purpose") != a.purpose {
			t.Fatalf("%q is read as %+v, net/url reads %v, %v", raw, a, v, err)
		}
	})
}
