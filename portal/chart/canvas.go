package chart

import (
	"encoding/xml"
	"image"
	"image/color"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// canvas writes what gonum draws as SVG elements. The charts of this package
// neither turn nor move nor scale it and draw no images.
type canvas struct {
	out    strings.Builder
	height float64
	pen    ink
	width  vg.Length
	dashes []vg.Length
}

func newCanvas(height float64) *canvas { return &canvas{height: height, pen: text0(), width: 1} }

// open writes the beginning of the picture.
func (c *canvas) open(of Chart) {
	id := escape(of.ID)
	c.put(`<svg`)
	if of.Alone { // within a page the name of the language goes without saying
		c.put(` xmlns="http://www.w3.org/2000/svg"`)
	}
	c.put(` class="plot" role="img" aria-labelledby="`, id, `-title" aria-describedby="`, id, `-about" viewBox="0 0 `, num(width), " ", num(c.height),
		`" width="`, num(width), `" height="`, num(c.height), `" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans SC', sans-serif">`)
	c.put(`<title id="`, id, `-title">`, escape(of.Title), `</title><desc id="`, id, `-about">`, escape(of.About), `</desc>`)
}

func (c *canvas) put(parts ...string) {
	for _, p := range parts {
		c.out.WriteString(p)
	}
}

// escape makes text of a text; what XML cannot say becomes U+FFFD.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

func num(v float64) string {
	return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
}

func (c *canvas) at(p vg.Point) string {
	return num(float64(p.X)) + " " + num(c.height-float64(p.Y))
}

func (c *canvas) filled() string { return `class="f-` + c.pen.name + `" fill="` + c.pen.hex + `"` }

// SetLineWidth, SetLineDash and SetColor choose the pen.
func (c *canvas) SetLineWidth(w vg.Length) { c.width = w }

// SetLineDash chooses how a line is broken.
func (c *canvas) SetLineDash(pattern []vg.Length, _ vg.Length) { c.dashes = pattern }

// SetColor takes an ink; another colour is taken for that of text.
func (c *canvas) SetColor(k color.Color) {
	if i, ok := k.(ink); ok {
		c.pen = i
		return
	}
	c.pen = text0()
}

// Rotate does nothing: nothing here is turned.
func (c *canvas) Rotate(float64) {}

// Translate does nothing: nothing here is moved.
func (c *canvas) Translate(vg.Point) {}

// Scale does nothing: nothing here is scaled.
func (c *canvas) Scale(_, _ float64) {}

// Push does nothing: whoever draws chooses the pen.
func (c *canvas) Push() {}

// Pop does nothing.
func (c *canvas) Pop() {}

// DrawImage does nothing: there are no images.
func (c *canvas) DrawImage(vg.Rectangle, image.Image) {}

// FillString does nothing: text is written by lettering.
func (c *canvas) FillString(font.Face, vg.Point, string) {}

// Stroke writes a path as a line.
func (c *canvas) Stroke(p vg.Path) {
	if c.width <= 0 || len(p) == 0 {
		return
	}
	c.put(`<path class="s-`, c.pen.name, `" stroke="`, c.pen.hex, `" fill="none" stroke-width="`, num(float64(c.width)), `"`)
	if len(c.dashes) > 0 {
		parts := make([]string, len(c.dashes))
		for i, d := range c.dashes {
			parts[i] = num(float64(d))
		}
		c.put(` stroke-dasharray="`, strings.Join(parts, " "), `"`)
	}
	c.put(` d="`, c.path(p), `"/>`)
}

// Fill writes a path as a surface.
func (c *canvas) Fill(p vg.Path) {
	if len(p) > 0 {
		c.put(`<path `, c.filled(), ` d="`, c.path(p), `"/>`)
	}
}

func (c *canvas) path(p vg.Path) string {
	var b strings.Builder
	for _, step := range p {
		switch step.Type {
		case vg.MoveComp:
			b.WriteString("M" + c.at(step.Pos))
		case vg.LineComp:
			b.WriteString("L" + c.at(step.Pos))
		case vg.CloseComp:
			b.WriteString("Z")
		}
	}
	return b.String()
}

// mark writes a disc or a square around a point.
func (c *canvas) mark(shape int, at vg.Point, radius vg.Length) {
	x, y, r := float64(at.X), c.height-float64(at.Y), float64(radius)
	if shape == 0 {
		c.put(`<circle `, c.filled(), ` cx="`, num(x), `" cy="`, num(y), `" r="`, num(r), `"/>`)
		return
	}
	c.put(`<rect `, c.filled(), ` x="`, num(x-r), `" y="`, num(y-r), `" width="`, num(2*r), `" height="`, num(2*r), `"/>`)
}

// lettering writes text as text. It knows no font: a reader's browser has its
// own; widths are estimates that err on the wide side.
type lettering struct{ to *canvas }

var _ text.Handler = lettering{}

// Cache is empty: no font is loaded.
func (lettering) Cache() *font.Cache { return font.NewCache(nil) }

// Extents are those of a common sans-serif.
func (lettering) Extents(f font.Font) font.Extents {
	return font.Extents{Ascent: f.Size, Height: 1.15 * f.Size}
}

// Lines is the text: there is one line.
func (lettering) Lines(s string) []string { return []string{s} }

// Box is the estimated room of a text.
func (lettering) Box(s string, f font.Font) (width, height, depth vg.Length) {
	return vg.Length(breadth(s, float64(f.Size))), f.Size, 0
}

// Draw writes a text that is aligned to a point.
func (l lettering) Draw(_ vg.Canvas, s string, style text.Style, at vg.Point) {
	at.Y += (vg.Length(style.YAlign) + 0.15) * style.Font.Size // letters sit in the lower part of their box
	l.write(style, at, s, "")
}

// write writes a text whose baseline begins, ends or has its middle at a point.
func (l lettering) write(style text.Style, at vg.Point, s, weight string) {
	if s == "" {
		return
	}
	c := l.to
	c.SetColor(style.Color)
	c.put(`<text `, c.filled(), ` font-size="`, num(float64(style.Font.Size)), `" x="`, num(float64(at.X)), `" y="`, num(c.height-float64(at.Y)), `"`)
	switch style.XAlign {
	case text.XCenter:
		c.put(` text-anchor="middle"`)
	case text.XRight:
		c.put(` text-anchor="end"`)
	}
	if weight != "" {
		c.put(` font-weight="`, weight, `"`)
	}
	c.put(`>`, escape(s), `</text>`)
}

// breadth estimates the width of a text: a Chinese character is as wide as it is
// high, a Latin letter or digit two thirds of that.
func breadth(s string, points float64) float64 {
	w := 0.0
	for _, r := range s {
		switch {
		case r >= 0x2e80:
			w++
		case strings.ContainsRune("iljt.,:;'| ", r):
			w += 0.36
		default:
			w += 0.66
		}
	}
	return w * points
}
