package chart

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// over lays horizontal lines under everything else.
func (d *drawing) over(p *plot.Plot) {
	g := plotter.NewGrid()
	g.Vertical.Color = nil
	g.Horizontal = draw.LineStyle{Color: grid(), Width: 1}
	p.Add(g)
	p.Y.LineStyle.Width, p.Y.Tick.Length, p.Y.Tick.Width = 0, 0, 0
}

// stroke is the line of a series; the second is broken, so that it can be told
// from the first without its colour.
func (d *drawing) stroke(i int) draw.LineStyle {
	s := draw.LineStyle{Color: series(i), Width: 2}
	if i == 1 {
		s.Dashes = []vg.Length{6, 3}
	}
	return s
}

// line adds a series, with a gap where a value is missing, and returns its
// highest value.
func (d *drawing) line(p *plot.Plot, i int, s Series) (top float64) {
	var run plotter.XYs
	flush := func() {
		if len(run) == 0 {
			return
		}
		p.Add(&plotter.Line{XYs: run, LineStyle: d.stroke(i)})
		if len(s.Values) <= 24 || len(run) == 1 {
			p.Add(&plotter.Scatter{XYs: run, GlyphStyle: draw.GlyphStyle{Color: series(i), Radius: 3, Shape: dot{d.to, i}}})
		}
		run = nil
	}
	for x, v := range s.Values {
		if math.IsNaN(v) {
			flush()
			continue
		}
		run = append(run, plotter.XY{X: float64(x), Y: v})
		top = max(top, v)
	}
	flush()
	return top
}

// bars adds a bar per group and its number at the end of the bar.
func (d *drawing) bars(p *plot.Plot, i int, s Series, block float64) {
	offset := vg.Length(block/2 - 24 - 8 - 18*float64(i))
	last := len(s.Values) - 1
	values := make(plotter.Values, len(s.Values))
	ends := &plotter.Labels{Offset: vg.Point{X: 5, Y: offset}}
	for k, v := range s.Values {
		said := number(v)
		if math.IsNaN(v) {
			v, said = 0, "–"
		}
		values[last-k] = v
		ends.XYs = append(ends.XYs, plotter.XY{X: v, Y: float64(last - k)})
		ends.Labels = append(ends.Labels, said)
		ends.TextStyle = append(ends.TextStyle, d.aligned(draw.YCenter))
	}
	p.Add(&plotter.BarChart{Values: values, Width: 12, Color: series(i), Offset: offset, Horizontal: true}, ends)
}

// names writes the name of each group above its bars.
func (d *drawing) names(p *plot.Plot, block float64) {
	if len(d.Names) == 0 {
		return
	}
	l := &plotter.Labels{Offset: vg.Point{Y: vg.Length(block/2 - 19)}}
	for i, n := range d.Names {
		l.XYs = append(l.XYs, plotter.XY{Y: float64(len(d.Names) - 1 - i)})
		l.Labels = append(l.Labels, fit(n, size, width-4))
		l.TextStyle = append(l.TextStyle, d.aligned(draw.YBottom))
	}
	p.Add(l)
}

func (d *drawing) aligned(y draw.YAlignment) text.Style {
	s := d.style(size)
	s.YAlign = y
	return s
}

// dot marks a value: a disc for the first series, a square for the second.
type dot struct {
	to     *canvas
	series int
}

// DrawGlyph draws the mark.
func (g dot) DrawGlyph(_ *draw.Canvas, s draw.GlyphStyle, at vg.Point) {
	g.to.mark(g.series, at, s.Radius)
}
