package chart_test

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing/portal/chart"
)

func example() chart.Chart {
	return chart.Chart{ID: "flow", Title: "Listed & lifted", About: "Entries that began <and> ended",
		Names:  []string{"2026-09", "2026-10", "2026-11"},
		Series: []chart.Series{{Name: "Listed", Values: []float64{1200, 40, 7}}, {Name: "Lifted", Values: []float64{3, math.NaN(), 900}}}}
}

func TestWhatAReaderCannotSee(t *testing.T) {
	for name, svg := range map[string]string{"lines": example().Lines(), "bars": example().Bars()} {
		for _, want := range []string{`role="img"`, `aria-labelledby="flow-title" aria-describedby="flow-about"`, `<title id="flow-title">Listed &amp; lifted</title>`,
			`<desc id="flow-about">Entries that began &lt;and&gt; ended</desc>`, `>Lifted</text>`, `viewBox="0 0 360 `} {
			if !strings.Contains(svg, want) {
				t.Errorf("%s lack %s:\n%s", name, want, svg)
			}
		}
		if strings.Contains(svg, "style=") || strings.Contains(svg, "<style") || strings.Contains(svg, "<script") {
			t.Errorf("%s have something that the content policy forbids", name)
		}
	}
}

// TestValuesAreThere: numbers of bars stand in the picture as text, and a missing
// one as a dash; a line with a gap in it is two.
func TestValuesAreThere(t *testing.T) {
	bars := example().Bars()
	for _, want := range []string{">1,200<", ">40<", ">7<", ">3<", ">–<", ">900<"} {
		if !strings.Contains(bars, want) {
			t.Errorf("the bars lack %s", want)
		}
	}
	lines := example().Lines()
	if n := strings.Count(lines, "<rect"); n != 3 { // two values and the sample of the legend
		t.Errorf("%d marks of the second series, want 3", n)
	}
	if !strings.Contains(lines, ">2026-11<") {
		t.Error("the last point has no name")
	}
}

func TestAlone(t *testing.T) {
	c := example()
	if svg := c.Lines(); strings.Contains(svg, "f-paper") {
		t.Error("a picture in a page has paper of its own")
	}
	c.Alone = true
	svg := c.Lines()
	if !strings.Contains(svg, `class="f-paper" fill="#ffffff"`) || !strings.Contains(svg, ">Listed &amp; lifted</text>") {
		t.Error("a picture that stands alone lacks paper or title")
	}
}

// TestMarksBelow: where the chart says what stands below its points, that does, as
// far as there is room.
func TestMarksBelow(t *testing.T) {
	c := chart.Chart{ID: "x", Series: []chart.Series{{Values: make([]float64, 240)}}, Names: make([]string, 240), Marks: make([]string, 240)}
	for i := range c.Names {
		c.Names[i] = "month"
		if i%12 == 0 {
			c.Marks[i] = "year"
		}
	}
	svg := c.Lines()
	if n := strings.Count(svg, ">year<"); n < 4 || n > 8 || strings.Contains(svg, "month") {
		t.Errorf("%d of 20 years are named, want 4 to 8", n)
	}
}

var coordinate = regexp.MustCompile(`NaN|Inf|e[+-][0-9]`)

// TestAnyNumbers: whatever the numbers and names are, the picture is well formed
// and all of it has a place.
func TestAnyNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "points")
		c := chart.Chart{ID: "x", Title: rapid.String().Draw(t, "title"), Alone: rapid.Bool().Draw(t, "alone")}
		for range n {
			c.Names = append(c.Names, rapid.String().Draw(t, "name"))
		}
		for range rapid.IntRange(1, 2).Draw(t, "series") {
			s := chart.Series{Name: "s", Values: make([]float64, n)}
			for i := range s.Values {
				s.Values[i] = float64(rapid.OneOf(rapid.IntRange(0, 3), rapid.IntRange(0, 1_000_000_000)).Draw(t, "value"))
				if rapid.IntRange(0, 9).Draw(t, "missing") == 0 {
					s.Values[i] = math.NaN()
				}
			}
			c.Series = append(c.Series, s)
		}
		for _, svg := range []string{c.Lines(), c.Bars()} {
			d := xml.NewDecoder(strings.NewReader(svg))
			for {
				e, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%v in %s", err, svg)
				}
				start, ok := e.(xml.StartElement)
				if !ok {
					continue
				}
				for _, a := range start.Attr {
					if a.Name.Local != "aria-labelledby" && a.Name.Local != "id" && coordinate.MatchString(a.Value) {
						t.Fatalf("%s=%q", a.Name.Local, a.Value)
					}
				}
			}
		}
	})
}

func BenchmarkLines(b *testing.B) {
	c := example()
	for b.Loop() {
		c.Lines()
	}
}
