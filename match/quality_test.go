package match_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing/match"
	"github.com/openstanding/standing/match/fold"
	"github.com/openstanding/standing/match/form"
	"github.com/openstanding/standing/match/roman"
)

// labelled is two names that are one party's, or not.
type labelled struct {
	query, candidate string
	same             bool
	nearest          bool // the likest of another party, as the engine itself chose it
	source           string
	raw, score       float64
	aligned          match.Aligned
}

// fromList makes pairs of the names of a list: two of one party; and for each the
// likest name of another party, and one at random.
func fromList(list []match.Record, schema match.Schema, source string, perParty int, r *rand.Rand) []labelled {
	own := merged(list, schema)
	b := match.NewBuilder()
	for _, rec := range own {
		b.Add(rec)
	}
	x := b.Build()
	var pairs []labelled
	for _, rec := range own {
		for range min(perParty, len(rec.Names)-1) {
			i := r.IntN(len(rec.Names))
			j := (i + 1 + r.IntN(len(rec.Names)-1)) % len(rec.Names)
			if fold.Text(rec.Names[i]) == fold.Text(rec.Names[j]) {
				continue
			}
			pairs = append(pairs, labelled{query: rec.Names[i], candidate: rec.Names[j], same: true, source: source})
			hits := x.Search(match.Query{Names: []string{rec.Names[i]}, Schema: schema, Limit: 1, Threshold: 1e-9, Keep: func(id uint32) bool { return id != rec.ID }})
			if len(hits) > 0 && hits[0].Name >= 0 {
				n := own[hits[0].ID].Names[hits[0].Name]
				if fold.Text(n) != fold.Text(rec.Names[i]) { // the same name of two parties is no pair that names can tell
					pairs = append(pairs, labelled{query: rec.Names[i], candidate: n, nearest: true, source: source})
				}
			}
			if o := own[r.IntN(len(own))]; o.ID != rec.ID {
				pairs = append(pairs, labelled{query: rec.Names[i], candidate: o.Names[0], source: source})
			}
		}
	}
	return pairs
}

// merged takes parties with an equal name for one: lists repeat them.
func merged(list []match.Record, schema match.Schema) []match.Record {
	var own []match.Record
	at := map[string]int{}
	for _, rec := range list {
		if rec.Schema != schema {
			continue
		}
		to := len(own)
		for _, n := range rec.Names {
			if i, ok := at[plain(n)]; ok {
				to = i
				break
			}
		}
		if to == len(own) {
			own = append(own, match.Record{ID: uint32(to), Schema: schema})
		}
		for _, n := range rec.Names {
			at[plain(n)] = to
			if !slices.Contains(own[to].Names, n) {
				own[to].Names = append(own[to].Names, n)
			}
		}
	}
	return own
}

// plain is a name without its legal form, its words sorted.
func plain(n string) string {
	words := strings.Fields(form.Split(fold.Text(n)).Core)
	slices.Sort(words)
	return strings.Join(words, " ")
}

// spelling reports whether two names look like spellings of one, by the pairs of
// letters that they share, and not like two names of one party: no comparison of
// names can join CIMEX and COMPANIA DE IMPORTACION. Names in two scripts count.
func spelling(a, b string) bool {
	a, b = roman.Text(plain(a)), roman.Text(plain(b))
	script := func(s string) bool { return strings.ContainsFunc(s, func(r rune) bool { return r > 0x7F }) }
	if script(a) != script(b) {
		return true
	}
	have := map[string]int{}
	n := 0
	for _, w := range strings.Fields(a) {
		for i := range len(w) - 1 {
			have[w[i:i+2]]++
			n++
		}
	}
	shared := 0
	for _, w := range strings.Fields(b) {
		for i := range len(w) - 1 {
			n++
			if have[w[i:i+2]] > 0 {
				have[w[i:i+2]]--
				shared++
			}
		}
	}
	return float64(2*shared) >= 0.5*float64(n)
}

func organisationPairs(tb testing.TB, dir string) []labelled {
	r := rand.New(rand.NewPCG(1, 1))
	pairs := fromList(ofac(tb, dir), match.Organisation, "ofac", 2, r)
	pairs = append(pairs, fromList(consolidated(tb, dir), match.Organisation, "csl", 2, r)...)
	pairs = append(pairs, fromList(unitedNations(tb, dir), match.Organisation, "un", 2, r)...)
	var list []match.Record
	by := patstat(tb, dir)
	for _, k := range slices.Sorted(keys(by)) {
		list = append(list, match.Record{Schema: match.Organisation, Names: by[k]})
	}
	pairs = append(pairs, fromList(list, match.Organisation, "patstat", 4, r)...)
	list = nil
	for _, p := range latinHan(tb, dir) {
		list = append(list, match.Record{Schema: match.Organisation, Names: p[:]})
	}
	pairs = append(pairs, fromList(list, match.Organisation, "latin-han", 2, r)...)
	all := rows(tb, filepath.Join(dir, "linkage/companies/kvk_emm_namepairs_201.csv"), ',')
	a, b, ea, eb := column(all[0], "gt_name"), column(all[0], "name"), column(all[0], "gt_entity_id"), column(all[0], "entity_id")
	for _, row := range all[1:] {
		if row[a] != row[b] {
			pairs = append(pairs, labelled{query: row[a], candidate: row[b], same: strings.TrimSuffix(row[ea], ".0") == strings.TrimSuffix(row[eb], ".0"), source: "kvk"})
		}
	}
	return pairs
}

func keys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func personPairs(tb testing.TB, dir string) []labelled {
	r := rand.New(rand.NewPCG(2, 1))
	pairs := fromList(ofac(tb, dir), match.Person, "ofac", 2, r)
	pairs = append(pairs, fromList(unitedNations(tb, dir), match.Person, "un", 2, r)...)
	clusters := func(file, source, cluster string, most int, names ...string) {
		all := rows(tb, filepath.Join(dir, file), ',')
		by := map[string][]string{}
		for _, row := range all[1:] {
			var n []string
			for _, c := range names {
				n = append(n, row[column(all[0], c)])
			}
			k := row[column(all[0], cluster)]
			if s := strings.TrimSpace(strings.Join(n, " ")); s != "" && !slices.Contains(by[k], s) && (len(by) < most || by[k] != nil) {
				by[k] = append(by[k], s)
			}
		}
		var list []match.Record
		for _, k := range slices.Sorted(keys(by)) {
			list = append(list, match.Record{Schema: match.Person, Names: by[k]})
		}
		pairs = append(pairs, fromList(list, match.Person, source, 1, r)...)
	}
	clusters("linkage/splink/fake_1000.csv", "fake", "cluster", 1000, "first_name", "surname")
	clusters("linkage/febrl/febrl3.csv", "febrl", "true_entity", 2000, "given_name", "surname")
	clusters("linkage/splink/historical_50k.csv", "historical", "cluster", 2000, "full_name")
	for _, row := range rows(tb, filepath.Join(dir, "names/cross_script_pairs.csv"), ',') {
		if len(row) == 4 && !strings.HasPrefix(row[0], "#") {
			pairs = append(pairs, labelled{query: row[0], candidate: row[1], same: true, source: "scripts"})
		}
	}
	return pairs
}

// measure compares all pairs.
func measure(pairs []labelled, schema match.Schema) {
	for i := range pairs {
		p := &pairs[i]
		q := match.Query{Names: []string{p.query}, Schema: schema}
		r := match.Record{Schema: schema, Names: []string{p.candidate}}
		p.aligned = match.Align(q, r)
		p.raw = p.aligned.Raw()
		p.score = match.Compare(q, r).Score
	}
}

// f1 is the harmonic mean of precision and recall of what passes a threshold.
func f1(pairs []labelled, value func(labelled) float64, threshold float64) float64 {
	tp, fp, fn := 0.0, 0.0, 0.0
	for _, p := range pairs {
		switch hit := value(p) >= threshold; {
		case hit && p.same:
			tp++
		case hit:
			fp++
		case p.same:
			fn++
		}
	}
	return 2 * tp / max(1, 2*tp+fp+fn)
}

// interval is the middle 95 % of a figure over samples drawn with putting back.
func interval[T any](all []T, figure func([]T) float64) (low, high float64) {
	r := rand.New(rand.NewPCG(3, 3))
	var values []float64
	sample := make([]T, len(all))
	for range 200 {
		for i := range sample {
			sample[i] = all[r.IntN(len(all))]
		}
		values = append(values, figure(sample))
	}
	slices.Sort(values)
	return values[5], values[194]
}

// isotonic fits the probability that rises with the raw likeness (pool adjacent
// violators).
func isotonic(pairs []labelled) (raw, probability []float64) {
	sorted := slices.Clone(pairs)
	slices.SortStableFunc(sorted, func(a, b labelled) int { return cmp.Compare(a.raw, b.raw) })
	type block struct{ sum, n, raw float64 }
	var blocks []block
	for _, p := range sorted {
		b := block{n: 1, raw: p.raw}
		if p.same {
			b.sum = 1
		}
		blocks = append(blocks, b)
		for len(blocks) > 1 {
			l, k := blocks[len(blocks)-1], blocks[len(blocks)-2]
			if k.sum/k.n < l.sum/l.n {
				break
			}
			blocks = append(blocks[:len(blocks)-2], block{k.sum + l.sum, k.n + l.n, (k.raw*k.n + l.raw*l.n) / (k.n + l.n)})
		}
	}
	for _, b := range blocks {
		raw, probability = append(raw, b.raw), append(probability, b.sum/b.n)
	}
	return raw, probability
}

// folds fits the table on nine tenths and looks at the other: which part of what
// it gives 0.9 or more is the same, and by how much the mean probability of a
// tenth of the scale misses the part that is the same.
func folds(pairs []labelled) (sameAtNine, meanError float64) {
	shuffled := slices.Clone(pairs)
	rand.New(rand.NewPCG(4, 4)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	var n, yes, sum [11]float64
	n9, yes9 := 0.0, 0.0
	for k := range 10 {
		var fit, test []labelled
		for i, p := range shuffled {
			if i%10 == k {
				test = append(test, p)
			} else {
				fit = append(fit, p)
			}
		}
		raw, probability := isotonic(fit)
		for _, p := range test {
			i, _ := slices.BinarySearch(raw, p.raw)
			i = min(i, len(raw)-1)
			b := int(probability[i] * 10)
			n[b]++
			sum[b] += probability[i]
			same := 0.0
			if p.same {
				same = 1
			}
			yes[b] += same
			if probability[i] >= 0.9 {
				n9++
				yes9 += same
			}
		}
	}
	for b := range n {
		if d := sum[b] - yes[b]; d < 0 {
			meanError -= d
		} else {
			meanError += d
		}
	}
	return yes9 / max(1, n9), meanError / float64(len(pairs))
}

// TestQuality prints how well names are told apart, and holds what was reached.
func TestQuality(t *testing.T) {
	if testing.Short() {
		t.Skip("quality is measured without -short")
	}
	dir := shared(t)
	for _, c := range []struct {
		name   string
		pairs  []labelled
		schema match.Schema
	}{
		{"organisations", organisationPairs(t, dir), match.Organisation},
		{"persons", personPairs(t, dir), match.Person},
	} {
		measure(c.pairs, c.schema)
		report(t, c.name+", all aliases", c.pairs)
		pairs := slices.DeleteFunc(c.pairs, func(p labelled) bool { return p.same && !spelling(p.query, p.candidate) })
		report(t, c.name+", spellings", pairs)
		if *tune {
			tuneWeights(t, pairs, c.schema)
		}
	}
}

func report(t *testing.T, name string, pairs []labelled) {
	same := 0
	for _, p := range pairs {
		if p.same {
			same++
		}
	}
	score := func(p labelled) float64 { return p.score }
	raw := func(p labelled) float64 { return p.raw }
	best, at := 0.0, 0.0
	for x := 0.3; x < 1; x += 0.01 {
		if f := f1(pairs, raw, x); f > best {
			best, at = f, x
		}
	}
	figure := func(p []labelled) float64 { return f1(p, score, match.DefaultThreshold) }
	low, high := interval(pairs, figure)
	t.Logf("%s: %d pairs, base rate %.3f; F1 at %.2f %.4f (%.4f to %.4f); best over raw %.4f at %.2f", name, len(pairs), float64(same)/float64(len(pairs)), match.DefaultThreshold, figure(pairs), low, high, best, at)
	sources := map[string][]labelled{}
	for _, p := range pairs {
		sources[p.source] = append(sources[p.source], p)
	}
	for _, s := range slices.Sorted(keys(sources)) {
		tp, fp, fn := 0, 0, 0
		for _, p := range sources[s] {
			switch {
			case p.same && p.score >= match.DefaultThreshold:
				tp++
			case p.same:
				fn++
			case p.score >= match.DefaultThreshold:
				fp++
			}
		}
		t.Logf("  %-12s F1 %.4f, %d pairs: found %d, missed %d, wrong %d", s, figure(sources[s]), len(sources[s]), tp, fn, fp)
	}
	for _, b := range [][2]float64{{0, 0.1}, {0.1, 0.3}, {0.3, 0.5}, {0.5, 0.7}, {0.7, 0.85}, {0.85, 0.95}, {0.95, 1.01}} {
		n, yes, sum := 0, 0, 0.0
		for _, p := range pairs {
			if p.score >= b[0] && p.score < b[1] {
				n++
				sum += p.score
				if p.same {
					yes++
				}
			}
		}
		t.Logf("  scores %.2f to %.2f: mean %.3f, same %.3f of %d", b[0], b[1], sum/float64(max(1, n)), float64(yes)/float64(max(1, n)), n)
	}
	plainer := slices.DeleteFunc(slices.Clone(pairs), func(p labelled) bool { return p.nearest })
	low, high = interval(plainer, figure)
	t.Logf("  without the likest other party of each: F1 %.4f (%.4f to %.4f) of %d", figure(plainer), low, high, len(plainer))
	nine, eight := folds(pairs)
	t.Logf("  of those at 0.9 or more by a table fitted on nine tenths, same on the other tenth: %.3f; mean error of the probability %.3f", nine, eight)
	if nine < 0.88 || figure(pairs) < 0.5 {
		t.Errorf("%s: of those at 0.9 %.3f are the same, F1 is %.3f", name, nine, figure(pairs))
	}
	if *dump {
		x, p := isotonic(pairs)
		line := "  table: "
		last := -1.0
		for i := range x {
			if p[i]-last >= 0.06 || i == len(x)-1 {
				line += fmt.Sprintf("{%.3f, %.3f}, ", x[i], p[i])
				last = p[i]
			}
		}
		t.Log(line)
		shown := map[string]int{}
		for _, p := range pairs {
			if k := p.source + fmt.Sprint(p.same); (p.score >= match.DefaultThreshold) != p.same && shown[k] < 25 {
				shown[k]++
				t.Logf("%s same=%v %.3f %.3f | %s | %s", p.source, p.same, p.raw, p.score, p.query, p.candidate)
			}
		}
	}
}

// tuneWeights tries other weights, one after another, and prints the best for
// each of two halves and what it reaches on the other half.
func tuneWeights(t *testing.T, pairs []labelled, schema match.Schema) {
	r := rand.New(rand.NewPCG(5, 5))
	r.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	halves := [][]labelled{pairs[:len(pairs)/2], pairs[len(pairs)/2:], pairs}
	quality := func(list []labelled) float64 {
		for i := range list {
			list[i].raw = list[i].aligned.Raw()
		}
		best := 0.0
		for x := 0.4; x < 0.95; x += 0.02 {
			best = max(best, f1(list, func(p labelled) float64 { return p.raw }, x))
		}
		return best
	}
	weights := match.Weights(schema)
	for k, half := range halves {
		before := map[string]float32{}
		for n, w := range weights {
			before[n] = *w
		}
		best := quality(half)
		for range 2 {
			for _, n := range slices.Sorted(keys(weights)) {
				w := weights[n]
				kept := *w
				for _, try := range []float32{-0.2, -0.1, -0.05, 0.05, 0.1, 0.2} {
					was := *w
					if *w = kept + try; *w < 0 || *w > 1 {
						*w = was
						continue
					}
					if q := quality(half); q > best {
						best = q
					} else {
						*w = was
					}
				}
			}
		}
		line := ""
		for _, n := range slices.Sorted(keys(weights)) {
			line += fmt.Sprintf(" %s %.2f", n, *weights[n])
		}
		t.Logf("  tuned %d: F1 %.4f, other half %.4f:%s", k, best, quality(halves[max(0, 1-k)]), line)
		for n, w := range weights {
			*w = before[n]
		}
	}
}
