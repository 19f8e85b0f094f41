package portal

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/charter"
	"github.com/openstanding/standing/lang"
	"github.com/openstanding/standing/rulebook"
)

// send sends a form as a browser does.
func send(h http.Handler, address string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// TestEveryExample: each is refused under its own article and no text of it is
// misunderstood; put right it passes, by engine and by page.
func TestEveryExample(t *testing.T) {
	h := New(apitest.New(), Options{})
	have, en := map[int]int{}, lang.All()[0]
	for i, e := range examples() {
		have[e.article]++
		wrong, err := try(e.kind, e.wrong)
		if err != nil || wrong.verdict() != "refused" || wrong.articles()[0] > e.article {
			t.Errorf("%s: %v %+v", e.id, err, wrong)
			continue
		}
		found := false
		for _, f := range wrong.found {
			found = found || f.article == e.article && strings.HasPrefix(f.clause, strconv.Itoa(e.article)+".")
			if f.article == 0 {
				t.Errorf("%s is refused for another reason than the charter: %+v", e.id, f)
			}
		}
		if !found {
			t.Errorf("%s does not break article %d: %+v", e.id, e.article, wrong.found)
		}
		if right, err := try(e.kind, e.right); err != nil || !right.passes() {
			t.Errorf("%s does not pass when put right: %v %+v", e.id, err, right)
		}
		if !en.Has("charter.example."+e.id) || !en.Has("charter.example."+e.id+".do") {
			t.Errorf("%s has no words", e.id)
		}
		address := articleAddress(e.article) + "?lang=" + []string{"en", "zh"}[i%2]
		refused := send(h, address, url.Values{"example": {e.id}, "do": {"check"}, "text": {e.wrong}}).Body.String()
		passed := send(h, address, url.Values{"example": {e.id}, "do": {"right"}, "text": {e.wrong}}).Body.String()
		again := send(h, address, url.Values{"example": {e.id}, "do": {"again"}, "text": {"x"}}).Body.String()
		if !strings.Contains(refused, `class="outcome refused"`) || !strings.Contains(refused, "#clause-"+strconv.Itoa(e.article)+".") {
			t.Errorf("%s: the page does not show the refusal", e.id)
		}
		if !strings.Contains(passed, `class="outcome passes"`) || strings.Contains(again, `class="outcome`) {
			t.Errorf("%s: the page does not let it be put right, or begun again", e.id)
		}
	}
	for n := range charter.Articles() {
		if have[n+1] == 0 {
			t.Errorf("article %d has no example", n+1)
		}
	}
}

// TestFormLineEnds: a browser sends every line end as two characters.
func TestFormLineEnds(t *testing.T) {
	h := New(apitest.New(), Options{})
	text := strings.ReplaceAll(examples()[0].right, "\n", "\r\n")
	if body := send(h, "/charter/1", url.Values{"example": {"opinion"}, "text": {text}}).Body.String(); !strings.Contains(body, `class="outcome passes"`) {
		t.Error("line ends of a browser are not understood")
	}
}

func TestWholeRulebook(t *testing.T) {
	if got, err := try(tryRulebook, trialBook); err != nil || !got.passes() {
		t.Errorf("the example rulebook: %v %+v", err, got)
	}
	broken := strings.Replace(trialBook, "review: 2 years", "review: 9 years", 1)
	got, err := try(tryRulebook, broken)
	if err != nil || len(got.found) != 1 || got.found[0].clause != "3.2" || got.found[0].line != 1+strings.Count(broken[:strings.Index(broken, "review: 9")], "\n") {
		t.Errorf("a whole rulebook with one fault: %v %+v", err, got)
	}
}

func TestWhatCannotBeTried(t *testing.T) {
	for text, kind := range map[string]string{"": tryRulebook, "x": tryRulebook, "a: b": tryRulebook, "lists: 5": tryRulebook, "lists: [{id: defaulters, review: soon}]": tryRulebook,
		"act: ruling.recorded": tryAct, "act: nothing": tryAct, "ruling: {}": tryAct, "act: listing.proposed\naddressee: {kind: dog}": tryAct, "act: listing.confirmed\non: never": tryAct,
		"programme: x": tryProgramme, "scores: []": tryProgramme} {
		got, err := try(kind, text)
		if err != nil || got.verdict() != "unread" {
			t.Errorf("%q as %s: %v %+v", text, kind, err, got)
		}
	}
	if _, err := try("poem", "x"); standing.KindOf(err) != standing.Invalid {
		t.Errorf("a poem: %v", err)
	}
	if _, err := try(tryAct, "\xff"); standing.KindOf(err) != standing.Invalid {
		t.Errorf("no UTF-8: %v", err)
	}
	if _, err := try(tryAct, strings.Repeat("x", maxTrial+1)); standing.KindOf(err) != standing.TooLarge {
		t.Errorf("too long: %v", err)
	}
}

// TestTrialIsBounded: nothing that fits takes long, and what does not fit is said
// to be too large.
func TestTrialIsBounded(t *testing.T) {
	h := New(apitest.New(), Options{})
	repeat := func(head, line string, n int) string { return head + strings.Repeat(line, n) }
	numbered := func(head, line string, n int) string {
		var b strings.Builder
		b.WriteString(head)
		for i := range n {
			b.WriteString(strings.ReplaceAll(line, "N", strconv.Itoa(i)))
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"brackets": repeat("a: ", "[", 65000), "braces": repeat("", "{", 65000), "anchors": repeat("", "a: &a [x]\nb: *a\n", 3500), "one key": repeat("", "a:\n", 20000),
		"keys": numbered("", "kN: 1\n", 6000), "lists": numbered("lists:\n", "  - id: lN\n", 4200), "zeros": repeat("", "\x00", 60000),
		"conditions": numbered("lists:\n  - id: defaulters\n    grounds:\n", "      - {id: gN, title: {en: x}, source: [law], mode: until-performed, default: true, when: \"amount.cny >= 1\"}\n", 550),
		"deep":       repeat("lists:\n  - id: defaulters\n    grounds:\n      - {id: refuses, when: \"", "(", 3000) + strings.Repeat(")", 3000) + "\"}",
		"names":      repeat("rulebook: ", "\u202e<b>", 9000),
	} {
		start := time.Now()
		w := send(h, "/charter/7", url.Values{"example": {"water"}, "text": {text}})
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s took %s", name, took)
		}
		if body := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(body, `class="outcome `) || strings.Contains(body, "<b>") {
			t.Errorf("%s: status %d", name, w.Code)
		}
	}
	for _, n := range []int{maxTrial + 1, 5 * maxTrial} {
		if w := send(h, "/charter/7", url.Values{"example": {"water"}, "text": {strings.Repeat("a", n)}}); w.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("%d bytes: status %d", n, w.Code)
		}
	}
}

// TestMethods: only what a pattern names is taken.
func TestMethods(t *testing.T) {
	h := New(apitest.New(), Options{})
	for method, want := range map[string]int{"GET": 200, "HEAD": 200, "POST": 200, "PUT": 405, "DELETE": 405, "OPTIONS": 405} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(method, "/charter/7", nil))
		if w.Code != want {
			t.Errorf("%s: status %d, want %d", method, w.Code, want)
		}
	}
	if w := send(h, "/lists", nil); w.Code != 405 {
		t.Errorf("POST of what is no form: status %d", w.Code)
	}
}

// TestTrialBook: the file and what is embedded are one, and the charter passes it.
func TestTrialBook(t *testing.T) {
	file, err := os.ReadFile("trials/rulebook.yaml")
	if err != nil || string(file) != trialBook {
		t.Fatalf("trials/rulebook.yaml: %v", err)
	}
	if _, err := rulebook.Load(file); err != nil {
		t.Error(err)
	}
}

func FuzzTry(f *testing.F) {
	for _, e := range examples() {
		f.Add(e.kind, e.wrong)
		f.Add(e.kind, e.right)
	}
	f.Add(tryRulebook, trialBook)
	f.Fuzz(func(t *testing.T, kind, text string) {
		got, err := try(kind, text)
		if err != nil {
			return
		}
		for _, x := range got.found {
			if x.what == "" || (x.article == 0) != (x.clause == "") {
				t.Errorf("a finding says nothing: %+v", x)
			}
		}
	})
}

func FuzzMarkdown(f *testing.F) {
	f.Add("# a\n\n## b\n\n[law#3] <script>x</script> [a](javascript:x)\n")
	book, err := rulebook.Load([]byte(trialBook))
	if err != nil {
		f.Fatal(err)
	}
	w := languages(lang.All())[0]
	f.Fuzz(func(t *testing.T, text string) {
		d := markdown(text, w, book)
		if low := strings.ToLower(d.body); strings.Contains(low, "<script") || strings.Contains(low, "href=\"javascript") || strings.Contains(low, "<img") {
			t.Errorf("%q gives %s", text, d.body)
		}
	})
}

func TestPathParts(t *testing.T) {
	for path, want := range map[string]string{
		"lists[abnormal].grounds[no-report].term": "lists abnormal grounds no-report term", "lists/a/notice/window": "lists a notice window", "title.en": "title en",
		"lists[a].exits[performed/2].within": "lists a exits performed/2 within", "version": "version", "": "", "lists[": "lists ", "a]b[": "a]b ", "lists[a": "lists a",
	} {
		if got := strings.Join(pathParts(path), " "); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}
