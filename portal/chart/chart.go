// Package chart draws numbers as SVG: lines over time and bars by group, for
// pages and for download.
//
//	c := chart.Chart{ID: "flow", Title: "Listed and lifted", Names: months, Series: []chart.Series{{Name: "Listed", Values: listed}}}
//	page := c.Lines()
//
// Gonum lays the plots out; a canvas of this package writes them, because
// gonum's own puts styles inline, which our content policy forbids, and turns
// every colour into a number, which cannot follow a reader's theme. Here text
// stays text, colours are presentation attributes with a class beside them, so
// that a style sheet may put others in their place (classes f-* fill, s-* stroke),
// and every picture has a title and a description for whoever cannot see it.
//
// A picture is 360 units wide, so that its text can be read on a phone.
package chart

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Chart is what is drawn.
type Chart struct {
	ID     string // begins the ids within the picture; one per page
	Title  string
	About  string   // what it shows, for whoever cannot see it
	Names  []string // of the points in time, or of the groups
	Marks  []string // of lines, what stands below each point, "" for nothing; nil: as many names as there is room for
	Series []Series // one or two
	Alone  bool     // the picture stands alone: title and paper are drawn
}

// Series is a row of numbers, one per name; NaN where there is none.
type Series struct {
	Name   string
	Values []float64
}

const (
	width    = 360.0
	size     = 14.5 // of text
	headline = 16.0
	row      = 21.0 // height of a line of legend or title
)

// ink is a colour that a style sheet may replace by its name.
type ink struct{ name, hex string }

// RGBA makes an ink a colour for gonum; the canvas asks for the ink itself.
func (ink) RGBA() (r, g, b, a uint32) { return 0, 0, 0, 0xffff }

// The inks. Against white, text and the two series pass 4.5 to 1 and 3 to 1.
func text0() ink       { return ink{"text", "#3a4652"} }
func grid() ink        { return ink{"grid", "#dde3ea"} }
func axis() ink        { return ink{"axis", "#8a97a5"} }
func paper() ink       { return ink{"paper", "#ffffff"} }
func series(i int) ink { return [...]ink{{"a", "#1f5fa8"}, {"b", "#b4540a"}}[i%2] }

// Empty reports whether there is nothing to draw: no value above zero.
func (c Chart) Empty() bool {
	for _, s := range c.Series {
		for _, v := range s.Values {
			if v > 0 {
				return false
			}
		}
	}
	return true
}

// Lines draws the series over time.
func (c Chart) Lines() string {
	d := c.begin(230, false)
	p := d.plot()
	d.over(p)
	top := 0.0
	for i, s := range c.Series {
		top = max(top, d.line(p, i, s))
	}
	marks := steps(top)
	p.X.Min, p.X.Max = -0.5, max(float64(len(c.Names))-0.5, 0.5)
	p.Y.Min, p.Y.Max = 0, marks[len(marks)-1].Value
	p.Y.Tick.Marker = plot.ConstantTicks(marks)
	p.X.Tick.Marker = plot.ConstantTicks(c.below())
	p.Draw(d.rest())
	return d.end()
}

// Bars draws the series by group, each group under its name, each bar with its
// number.
func (c Chart) Bars() string {
	block := 24 + 18*float64(len(c.Series)) + 6
	d := c.begin(max(float64(len(c.Names)), 1)*block, true)
	p := d.plot()
	p.HideAxes()
	p.X.Padding, p.Y.Padding = 0, 0
	for i, s := range c.Series {
		d.bars(p, i, s, block)
	}
	d.names(p, block)
	p.X.Min, p.X.Max = 0, max(p.X.Max, 1)
	p.Y.Min, p.Y.Max = -0.5, max(float64(len(c.Names))-0.5, 0.5)
	p.Draw(d.rest())
	return d.end()
}

// drawing is a chart on its way to a picture.
type drawing struct {
	Chart
	to     *canvas
	hand   lettering
	head   float64 // taken by title and legend
	height float64 // of all
	solid  bool    // series are surfaces
}

// begin puts title and legend above room of a height.
func (c Chart) begin(room float64, solid bool) *drawing {
	d := &drawing{Chart: c, solid: solid}
	if c.Alone {
		d.head += row + 6
	}
	if len(c.Series) > 1 {
		d.head += row + 2
	}
	d.height = room + d.head + 4
	d.to = newCanvas(d.height)
	d.hand = lettering{d.to}
	d.to.open(c)
	y := d.height
	if c.Alone {
		d.to.SetColor(paper())
		d.to.Fill(d.all().Path())
		d.hand.write(d.style(headline), vg.Point{X: 0, Y: vg.Length(y - headline)}, fit(c.Title, headline, width), "600")
		y -= row + 6
	}
	if len(c.Series) > 1 {
		x := 0.0
		for i, s := range c.Series {
			at := vg.Length(y - 12)
			d.sample(i, vg.Length(x), at+4)
			d.hand.write(d.style(size), vg.Point{X: vg.Length(x + 28), Y: at}, s.Name, "")
			x += 28 + breadth(s.Name, size) + 18
		}
	}
	return d
}

// sample is a piece of a series' line, or bar, beside its name.
func (d *drawing) sample(i int, x, y vg.Length) {
	at := draw.Canvas{Canvas: d.to, Rectangle: d.all()}
	if d.solid {
		at.StrokeLine2(draw.LineStyle{Color: series(i), Width: 10}, x, y, x+22, y)
		return
	}
	at.StrokeLine2(d.stroke(i), x, y, x+22, y)
	at.DrawGlyph(draw.GlyphStyle{Color: series(i), Radius: 3, Shape: dot{d.to, i}}, vg.Point{X: x + 11, Y: y})
}

func (d *drawing) end() string {
	d.to.out.WriteString("</svg>")
	return d.to.out.String()
}

func (d *drawing) all() vg.Rectangle {
	return vg.Rectangle{Max: vg.Point{X: width, Y: vg.Length(d.height)}}
}

// rest is the room below title and legend.
func (d *drawing) rest() draw.Canvas {
	r := d.all()
	r.Max.Y -= vg.Length(d.head)
	return draw.Canvas{Canvas: d.to, Rectangle: r}
}

func (d *drawing) style(points float64) text.Style {
	s := text.Style{Color: text0(), Handler: d.hand, YAlign: draw.YBottom}
	s.Font.Size = vg.Length(points)
	return s
}

// plot is a bare plot that writes by our hand.
func (d *drawing) plot() *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	p.TextHandler = d.hand
	p.Legend.TextStyle = d.style(size)
	p.Title.TextStyle = d.style(size)
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		x, y := a.Tick.Label.XAlign, a.Tick.Label.YAlign
		a.Label.TextStyle, a.Tick.Label = d.style(size), d.style(size-1)
		a.Tick.Label.XAlign, a.Tick.Label.YAlign = x, y
		a.LineStyle = draw.LineStyle{Color: axis(), Width: 1}
		a.Tick.LineStyle = draw.LineStyle{Color: axis(), Width: 1}
		a.Tick.Length, a.Padding = 4, 0
	}
	return p
}

// number prints a whole number with thousands set apart.
func number(v float64) string {
	s := strconv.FormatFloat(math.Round(v), 'f', 0, 64)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// steps are three to six round marks from zero to a number or just beyond it,
// at multiples of 1, 2 or 5 times a power of ten.
func steps(top float64) []plot.Tick {
	step := 1.0
	for i := 0; top/step > 5; i++ {
		step *= []float64{2, 2.5, 2}[i%3]
	}
	var out []plot.Tick
	for v := 0.0; ; v += step {
		out = append(out, plot.Tick{Value: v, Label: number(v)})
		if v >= top && v > 0 {
			return out
		}
	}
}

// below names points in time: as the chart says, as long as there is room, else
// the last point and as many before it, evenly, as there is room for.
func (c Chart) below() []plot.Tick {
	names, marked := c.Names, 0
	for _, m := range c.Marks {
		if m != "" {
			marked++
		}
	}
	if marked > 0 {
		names = c.Marks
	}
	widest := 1.0
	for _, n := range names {
		widest = max(widest, breadth(n, size-1))
	}
	room := max(1, int((width-40)/(widest+8)))
	every, seen := (len(names)+room-1)/room, 0
	if marked > 0 {
		every = (marked + room - 1) / room
	}
	var out []plot.Tick
	for i := len(names) - 1; i >= 0; i-- {
		if marked > 0 && names[i] == "" {
			continue
		}
		if seen%every == 0 {
			out = append(out, plot.Tick{Value: float64(i), Label: names[i]})
		}
		seen++
	}
	return out
}

// fit cuts a text to a width.
func fit(s string, points, room float64) string {
	if breadth(s, points) <= room {
		return s
	}
	runes := []rune(s)
	for len(runes) > 1 && breadth(string(runes), points)+points > room {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ,:(") + "…"
}
