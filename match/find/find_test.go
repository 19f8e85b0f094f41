package find_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/openstanding/standing/match/find"
	"github.com/openstanding/standing/match/fold"
)

var ignoreSize = cmpopts.IgnoreUnexported(find.Hit{})

// build makes an index of texts by document.
func build(texts map[uint32][]string) *find.Index {
	b := find.NewBuilder()
	for doc, t := range texts {
		b.Add(doc, t...)
	}
	return b.Build()
}

func TestSearch(t *testing.T) {
	x := build(map[uint32][]string{
		1: {"河北建设集团股份有限公司", "Hebei Construction Group Corporation Limited", "911306007006711044"},
		2: {"北京移动通信有限公司", "Beijing Mobile Communications Co., Ltd."},
		3: {"中國移動通信集團有限公司", "China Mobile Communications Group Co., Ltd."},
		4: {"移动", "Mobile"},
		5: {"Société Générale S.A.", "法国兴业银行"},
		6: {"Group Hebei"},
		7: {"ABC移动公司"},
	})
	for _, c := range []struct{ query, want string }{
		{"", ""},
		{"。，!", ""},
		{"移动", "4.0 exact, 7.0 phrase, 2.0 phrase, 3.0 phrase"},
		{"移動", "4.0 exact, 7.0 phrase, 2.0 phrase, 3.0 phrase"},
		{"mobile", "4.1 exact, 2.1 phrase, 3.1 phrase"},
		{"hebei group", "1.1 in order, 6.0 anywhere"},
		{"HEB   GR", "1.1 in order, 6.0 anywhere"},
		{"group hebei", "6.0 exact, 1.1 anywhere"},
		{"北京 有限", "2.0 in order"},
		{"有限 北京", "2.0 anywhere"},
		{"societe gen", "5.0 begins"},
		{"générale s.a.", "5.0 phrase"},
		{"91130600", "1.2 begins"},
		{"911306007006711044", "1.2 exact"},
		{"1306007", ""},
		{"ebei", ""},
		{"abc 移动", "7.0 begins"},
		{"动移", ""},
		{"北京通信", "2.0 in order"},
		{"河北建设集团有限公司", "1.0 in order"},
		{"通信移动", "2.0 anywhere, 3.0 anywhere"},
		{"移动通公司", "2.0 in order, 3.0 in order"},
		{"河北移动", ""},
	} {
		r := x.Search(find.Query{Text: c.query, Limit: 10})
		var got []string
		for _, h := range r.Hits {
			got = append(got, fmt.Sprintf("%d.%d %s", h.Doc, h.Text, [...]string{"exact", "begins", "phrase", "in order", "anywhere"}[h.Rank]))
		}
		if s := strings.Join(got, ", "); s != c.want || r.Count != len(got) || r.More {
			t.Errorf("%q: got %s (%d, %v), want %s", c.query, s, r.Count, r.More, c.want)
		}
	}
}

func TestSpans(t *testing.T) {
	for _, c := range []struct{ query, text, want string }{
		{"heb constr", "Hebei Construction Group", "[Heb]ei [Constr]uction Group"},
		{"移动", "中國移動通信", "中國[移動]通信"},
		{"通信 中国", "中國移動通信集團", "[中國]移動[通信]集團"},
		{"&", "Sons & Sons", "Sons [&] Sons"},
		{"generale", "Société GÉNÉRALE S.A.", "Société [GÉNÉRALE] S.A."},
		{"société générale", "Société  Générale S.A.", "[Société  Générale] S.A."},
		{"x", "Hebei", "Hebei"},
		{"北京移动", "中国移动通信集团北京有限公司", "中国[移动]通信集团[北京]有限公司"},
		{"北京移动", "移山北京", "移山[北京]"},
		{"", "Hebei", "Hebei"},
		{"a ab abc", "abcd", "[abc]d"},
		{"<b>", "a <b> b", "a <[b]> [b]"},
	} {
		got, at := "", 0
		for _, s := range find.Spans(c.query, c.text) {
			got += c.text[at:s.From] + "[" + c.text[s.From:s.To] + "]"
			at = s.To
		}
		if got += c.text[at:]; got != c.want {
			t.Errorf("%q in %q: got %s, want %s", c.query, c.text, got, c.want)
		}
	}
}

// The oracle.

// found is what a search should find, looking at every text.
func found(texts map[uint32][]string, q find.Query) find.Result {
	type scored struct {
		find.Hit
		size int
	}
	var all []scored
	for _, doc := range slices.Sorted(maps.Keys(texts)) {
		var best []scored
		for i, text := range texts[doc] {
			if r, ok := rank(fold.Text(text), fold.Text(q.Text), fold.Words(q.Text)); ok {
				best = append(best, scored{find.Hit{Doc: doc, Text: i, Rank: r}, len(fold.Text(text))})
			}
		}
		if len(best) > 0 && (q.Keep == nil || q.Keep(doc)) {
			all = append(all, slices.MinFunc(best, func(a, b scored) int {
				return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.size, b.size))
			}))
		}
	}
	slices.SortStableFunc(all, func(a, b scored) int {
		if q.Order != nil {
			return q.Order(a.Doc, b.Doc)
		}
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.size, b.size))
	})
	r := find.Result{Count: min(len(all), q.MaxCount), More: len(all) > q.MaxCount}
	for _, h := range all[min(q.Offset, len(all)):min(q.Offset+q.Limit, len(all))] {
		r.Hits = append(r.Hits, h.Hit)
	}
	return r
}

// rank compares with a query word by word.
func rank(text, whole string, words []string) (find.Rank, bool) {
	if len(words) == 0 || text == "" {
		return 0, false
	}
	starts := units(text)
	within := func(w string, from int) int {
		for _, s := range starts {
			if s >= from && strings.HasPrefix(text[s:], w) {
				return s
			}
		}
		return -1
	}
	at, ordered := 0, true
	for i, w := range words {
		if slices.Contains(words[:i], w) {
			continue
		}
		if within(w, 0) < 0 {
			return 0, false
		}
		if i := within(w, at); i >= 0 {
			at = i + len(w)
		} else {
			ordered = false
		}
	}
	switch {
	case text == whole:
		return find.Exact, true
	case strings.HasPrefix(text, whole):
		return find.Begins, true
	case within(whole, 0) >= 0:
		return find.Phrase, true
	case ordered:
		return find.InOrder, true
	}
	return find.Anywhere, true
}

// units is where words and Chinese characters begin.
func units(text string) (starts []int) {
	apart := true
	for i, r := range text {
		switch {
		case r == ' ':
			apart = true
		case unicode.Is(unicode.Han, r):
			starts = append(starts, i)
			apart = true
		case apart:
			starts = append(starts, i)
			apart = false
		}
	}
	return starts
}

var text = rapid.Custom(func(t *rapid.T) string {
	part := rapid.SampledFrom([]string{"a", "ab", "abc", "b", "ba", "中", "国", "中国", "國", " ", " ", "-", "é", "1", "12", "&"})
	return strings.Join(rapid.SliceOfN(part, 0, 9).Draw(t, "parts"), "")
})

func query(t *rapid.T) find.Query {
	q := find.Query{Text: text.Draw(t, "query"), Limit: rapid.IntRange(0, 6).Draw(t, "limit"), Offset: rapid.IntRange(0, 3).Draw(t, "offset"), MaxCount: rapid.IntRange(9, 20).Draw(t, "max")}
	if n := rapid.Uint32Range(1, 4).Draw(t, "keep"); n > 1 {
		q.Keep = func(doc uint32) bool { return doc%n == 0 }
	}
	if rapid.Bool().Draw(t, "ordered") {
		q.Order = func(a, b uint32) int { return cmp.Or(cmp.Compare(a*7%16, b*7%16), cmp.Compare(a, b)) }
	}
	return q
}

// among lists the documents that a query may find in its order, or gives none.
func among(t *rapid.T, q find.Query, must bool) []uint32 {
	if !must && !rapid.Bool().Draw(t, "among") {
		return nil
	}
	docs := []uint32{}
	for doc := range uint32(64) {
		docs = append(docs, doc)
	}
	if q.Order != nil {
		slices.SortFunc(docs, q.Order)
	}
	return docs
}

func compare(t *rapid.T, x *find.Index, texts map[uint32][]string, small bool) {
	q := query(t)
	want := found(texts, q)
	q.Among = among(t, q, small && q.Order != nil) // as Query says
	got := x.Search(q)
	if want.Count == 0 && inPieces(t, got, q, texts) {
		return
	}
	if diff := gocmp.Diff(want, got, ignoreSize, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("%q of %v (-want +got):\n%s", q.Text, texts, diff)
	}
}

// inPieces reports whether a run of the query was taken apart, and holds what was
// found against that: all characters stand in it.
func inPieces(t *rapid.T, r find.Result, q find.Query, texts map[uint32][]string) bool {
	long := slices.ContainsFunc(fold.Words(q.Text), func(w string) bool { return utf8.RuneCountInString(w) >= 4 })
	for _, h := range r.Hits {
		text := fold.Text(texts[h.Doc][h.Text])
		for _, c := range fold.Text(q.Text) {
			if c != ' ' && !strings.ContainsRune(text, c) {
				t.Fatalf("%q was found by %q", text, q.Text)
			}
		}
		if h.Rank < find.InOrder {
			t.Fatalf("%q has rank %d for %q", text, h.Rank, q.Text)
		}
	}
	return long
}

// draw makes some documents and their index; small says that it holds hardly any
// range to be small enough to be gathered.
func draw(t *rapid.T) (texts map[uint32][]string, x *find.Index, small bool) {
	texts = map[uint32][]string{}
	for _, doc := range rapid.SliceOfDistinct(rapid.Uint32Range(0, 63), rapid.ID).Draw(t, "docs") {
		texts[doc] = rapid.SliceOfN(text, 0, 4).Draw(t, "texts")
	}
	x = build(texts)
	if small = rapid.Bool().Draw(t, "small"); small {
		find.SetBounds(x, 1, rapid.IntRange(0, 20).Draw(t, "narrow"))
	}
	return texts, x, small
}

func TestSearchIsTheOracle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts, x, small := draw(t)
		for range 4 {
			compare(t, x, texts, small)
		}
	})
}

func TestReplaceIsABuild(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts, x, small := draw(t)
		for range rapid.IntRange(1, 60).Draw(t, "changes") {
			doc := rapid.Uint32Range(0, 63).Draw(t, "doc")
			texts[doc] = rapid.SliceOfN(text, 0, 3).Draw(t, "texts")
			x.Replace(doc, texts[doc]...)
			if rapid.IntRange(0, 15).Draw(t, "compact") == 0 {
				x.Compact()
				if x.Segments() > 1 {
					t.Fatalf("%d segments after Compact", x.Segments())
				}
			}
		}
		compare(t, x, texts, small)
	})
}
