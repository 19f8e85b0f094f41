package match_test

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/openstanding/standing/match"
	"pgregory.net/rapid"
)

func organisation(names ...string) match.Query {
	return match.Query{Names: names, Schema: match.Organisation}
}

func score(schema match.Schema, a, b string) float64 {
	return match.Compare(match.Query{Names: []string{a}, Schema: schema}, match.Record{Schema: schema, Names: []string{b}}).Score
}

// TestTells holds what must be told apart, each pair against another.
func TestTells(t *testing.T) {
	for _, c := range []struct {
		name              string
		schema            match.Schema
		query, more, less string
	}{
		{"two branches", match.Organisation, "威海建设集团股份有限公司城阳分公司", "Chengyang Branch of Weihai Construction Group Co. Ltd.", "威海建设集团股份有限公司东营分公司"},
		{"a branch and its parent", match.Organisation, "威海建设集团股份有限公司城阳分公司", "威海建设集团股份有限公司城阳分公司", "威海建设集团股份有限公司"},
		{"another province", match.Organisation, "河北明强建设有限公司", "河北明强建设集团有限公司", "湖南明强建设有限公司"},
		{"another brand", match.Organisation, "Jiangxi Mingqiang Transformer Co., Ltd.", "江西明强变压器有限公司", "江西明正变压器有限公司"},
		{"numbers", match.Organisation, "北京第一建筑有限公司", "Beijing No. 1 Construction Co Ltd", "Beijing No. 2 Construction Co Ltd"},
		{"abbreviations", match.Organisation, "Acme Mfg & Tech Grp", "Acme Manufacturing and Technology Group", "Acme Shipping and Trading Group"},
		{"the wrong form", match.Organisation, "Acme GmbH", "Acme GmbH", "Acme Foundation"},
		{"two words as one", match.Organisation, "Kraftwerk Nord GmbH", "Kraft Werk Nord GmbH", "Kraft Werk Süd GmbH"},
		{"initials", match.Person, "J. R. Tolkien", "John Ronald Tolkien", "Mary Ann Tolkien"},
		{"order", match.Person, "Li Wei", "Wei Li", "Wei Wang"},
		{"romanised", match.Person, "Владимир Путин", "Vladimir Putin", "Vasily Putin"},
		{"vowels", match.Person, "Osama Bin Ladin", "Usama Bin Laden", "Osama Bin Harun"},
		{"syllables", match.Person, "김정은", "Kim Jong Un", "Kim Yong Chol"},
	} {
		more, less := score(c.schema, c.query, c.more), score(c.schema, c.query, c.less)
		if more < match.DefaultThreshold || less > more-0.1 {
			t.Errorf("%s: %s is %s by %.3f, %s by %.3f", c.name, c.query, c.more, more, c.less, less)
		}
	}
}

func TestGenericWordsFindNothing(t *testing.T) {
	x := indexed([]match.Record{{ID: 0, Schema: match.Organisation, Names: []string{"Hebei Construction Group Corp."}}, {ID: 1, Schema: match.Organisation, Names: []string{"Corp. of Trade"}}})
	for _, q := range []string{"CORP", "Group", "Co., Ltd.", "有限公司", "集团", "", "...", "\xff", "🙂"} {
		if r := x.Search(organisation(q)); len(r) > 0 && r[0].Score > 0.9 {
			t.Errorf("%q finds %v", q, r)
		}
	}
}

func TestFacts(t *testing.T) {
	rec := match.Record{Schema: match.Person, Names: []string{"John Smith"}, BirthDate: "1971-06-24", Country: "GB", Identifiers: []string{"uk.company:01234567"}}
	get := func(q match.Query) float64 {
		q.Names, q.Schema = []string{"Jon Smith"}, match.Person
		return match.Compare(q, rec).Score
	}
	bare := get(match.Query{})
	for name, c := range map[string]struct {
		q  match.Query
		up bool
	}{
		"the same day":     {match.Query{BirthDate: "1971-06-24"}, true},
		"the same year":    {match.Query{BirthDate: "1971"}, true},
		"another year":     {match.Query{BirthDate: "1950-06-24"}, false},
		"the same country": {match.Query{Country: "gb"}, true},
		"another country":  {match.Query{Country: "FR"}, false},
		"the same number":  {match.Query{Identifiers: []string{"0123 4567"}}, true},
		"another number":   {match.Query{Identifiers: []string{"uk.company:76543210"}}, false},
	} {
		if got := get(c.q); got > bare != c.up || got == bare {
			t.Errorf("%s: %.3f, without it %.3f", name, got, bare)
		}
	}
	if r := indexed([]match.Record{rec}).Search(match.Query{Identifiers: []string{"01234567"}}); len(r) != 1 {
		t.Errorf("the identifier alone finds %v", r)
	}
}

// TestRichRecord adds names that have nothing to do with the query.
func TestRichRecord(t *testing.T) {
	poor := match.Record{Schema: match.Organisation, Names: []string{"Acme Trading"}}
	rich := match.Record{Schema: match.Organisation, Names: []string{"Acme Trading", "Zenith Foods", "Полёт", "Blue River Holdings"}}
	q := organisation("Acme Trading Ltd")
	if a, b := match.Compare(q, poor).Score, match.Compare(q, rich).Score; a != b {
		t.Errorf("poor %.3f, rich %.3f", a, b)
	}
}

var words = strings.Fields("acme zenith hebei construction group trading blue river 河北 建设集团 明强 威海 有限公司 分公司 co ltd gmbh john smith 2 no первый عبد")

func someName(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 5).Draw(t, "name"), " ")
}

// TestReplaceIsRebuild changes a list step by step and compares with one built of
// what it came to.
func TestReplaceIsRebuild(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := map[uint32]match.Record{}
		x := match.NewBuilder().Build()
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			r := match.Record{ID: uint32(rapid.IntRange(0, 8).Draw(t, "id")), Schema: match.Organisation}
			for range rapid.IntRange(0, 3).Draw(t, "names") {
				r.Names = append(r.Names, someName(t))
			}
			if rapid.Bool().Draw(t, "identified") {
				r.Identifiers = []string{rapid.SampledFrom([]string{"a:12345", "a:54321", "9999"}).Draw(t, "code")}
			}
			x.Replace(r)
			now[r.ID] = r
			if rapid.IntRange(0, 5).Draw(t, "compact") == 0 {
				x.Compact()
			}
		}
		b := match.NewBuilder()
		for id := range uint32(9) {
			if r, ok := now[id]; ok && len(r.Names)+len(r.Identifiers) > 0 {
				b.Add(r)
			}
		}
		y := b.Build()
		q := organisation(someName(t))
		q.Limit, q.Threshold = 20, 1e-9
		if rapid.Bool().Draw(t, "asked by code") {
			q.Identifiers = []string{"a:12345"}
		}
		if got, want := x.Search(q), y.Search(q); !reflect.DeepEqual(got, want) {
			t.Fatalf("%v:\nreplaced %v\nrebuilt  %v", q, got, want)
		}
		if got, again := x.Search(q), x.Search(q); !reflect.DeepEqual(got, again) {
			t.Fatalf("%v: %v, then %v", q, got, again)
		}
	})
}

// TestSymmetric compares names both ways round.
func TestSymmetric(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 9))
	latin := strings.Fields("acme zenith hebei construction group trading blue river jakob smith ltd")
	for range 500 {
		draw := func() string {
			var w []string
			for range 1 + r.IntN(4) {
				w = append(w, latin[r.IntN(len(latin))])
			}
			return strings.Join(w, " ")
		}
		a, b := draw(), draw()
		if x, y := score(match.Organisation, a, b), score(match.Organisation, b, a); x-y > 0.2 || y-x > 0.2 {
			t.Errorf("%q and %q: %.3f, the other way round %.3f", a, b, x, y)
		}
		if s := score(match.Organisation, a, a); s > 1 || s < score(match.Organisation, a, b)-1e-9 && a != b {
			t.Errorf("%q is itself by %.3f, %q by %.3f", a, s, b, score(match.Organisation, a, b))
		}
	}
}

func TestBadInput(t *testing.T) {
	x := indexed([]match.Record{{ID: 3, Schema: match.Organisation, Names: []string{strings.Repeat("long ", 2000), "", "Acme"}}, {ID: 4, Names: []string{"\x00", "🙂🙂", "‮abc"}}})
	for _, n := range []string{strings.Repeat("长", 10_000), strings.Repeat("a", 10_000), strings.Repeat("a b ", 2500), "\x00", "\xed\xa0\x80", ".*+?[a-z]{1,9}", "‮عربي abc‬", strings.Repeat("e\u0301", 5000)} {
		for _, s := range []match.Schema{match.Unknown, match.Organisation, match.Person} {
			began := time.Now()
			x.Search(match.Query{Names: []string{n, n}, Schema: s, Identifiers: []string{n, ":", ""}, BirthDate: n, Country: n, Limit: -5})
			if took := time.Since(began); took > time.Second {
				t.Errorf("%.20q took %v", n, took)
			}
		}
	}
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"kitten", "sitting", 3}, {"abcd", "", 4}, {"smith", "smyth", 1}, {"ab", "ba", 1}} {
		if got := match.Distance(c.a, c.b, 9); got != c.want {
			t.Errorf("%s %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.StringMatching("[a-d]{0,9}").Draw(t, "a"), rapid.StringMatching("[a-d]{0,9}").Draw(t, "b")
		want := slowDistance(a, b)
		if got := match.Distance(a, b, 20); got != want {
			t.Fatalf("%q %q: %d, want %d", a, b, got, want)
		}
		if got := match.Distance(a, b, 2); got != min(want, 3) {
			t.Fatalf("%q %q: %d within 2, want %d", a, b, got, want)
		}
	})
}

// slowDistance fills the whole matrix.
func slowDistance(a, b string) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

func FuzzSearch(f *testing.F) {
	for _, s := range []string{"河北建設集團股份有限公司", "威海建设集团股份有限公司第一分公司", "N. V. joint stock", "김 민수", "\xff, a", "Dr. ,", "(“x”)", "2nd 第十"} {
		f.Add(s, "Acme Trading")
	}
	x := indexed([]match.Record{{ID: 0, Schema: match.Organisation, Names: []string{"河北建设集团股份有限公司", "Hebei Construction"}}, {ID: 1, Schema: match.Person, Names: []string{"김민수", "Smith, John"}}, {ID: 2, Names: []string{"Acme"}}})
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, r := range x.Search(match.Query{Names: []string{a, b}, Identifiers: []string{b}, BirthDate: a, Threshold: 1e-9}) {
			if r.Score < 0 || r.Score > 1 || r.ID > 2 {
				t.Errorf("%q %q: %+v", a, b, r)
			}
		}
		if s := score(match.Organisation, a, b); s < 0 || s > 1 {
			t.Errorf("%q %q: %f", a, b, s)
		}
		score(match.Person, a, b)
	})
}
