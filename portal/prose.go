package portal

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// prose is a text in CommonMark as a page: documents and rulebooks.
type prose struct {
	body     string // HTML of ours: raw HTML of the text is left out
	headings []*heading
}

// heading is a line of a table of contents.
type heading struct {
	id, title string
	below     []*heading
}

// compose reads CommonMark with tables. The title is left out, since the page has
// it; other headings get the ids that name draws; adapt changes what the text
// holds before it is written.
func compose(source []byte, name func(title string) string, adapt func(root ast.Node)) (*prose, error) {
	md := goldmark.New(goldmark.WithExtensions(extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute)), extension.Strikethrough))
	root := md.Parser().Parse(text.NewReader(source))
	t := &prose{headings: outline(root, source, name)}
	adapt(root)
	reachable(root)
	var b bytes.Buffer
	if err := md.Renderer().Render(&b, source, root); err != nil {
		return nil, err
	}
	t.body = b.String()
	return t, nil
}

// outline takes the title away and names the other headings of the top.
func outline(root ast.Node, source []byte, name func(title string) string) []*heading {
	var out []*heading
	var title ast.Node
	for c := root.FirstChild(); c != nil; c = c.NextSibling() {
		h, ok := c.(*ast.Heading)
		switch {
		case !ok:
			continue
		case h.Level == 1 && title == nil:
			title = h
			continue
		}
		words := wordsOf(h, source)
		at := &heading{id: name(words), title: words}
		h.SetAttributeString("id", []byte(at.id))
		switch last := len(out) - 1; {
		case h.Level <= 2 || last < 0:
			out = append(out, at)
		case h.Level == 3:
			out[last].below = append(out[last].below, at)
		}
	}
	if title != nil {
		root.RemoveChild(root, title)
	}
	return out
}

// reachable lets a wide table, which scrolls by itself, be scrolled by keyboard.
func reachable(root ast.Node) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // it never fails
		if entering && n.Kind() == tables.KindTable {
			n.SetAttributeString("tabindex", []byte("0"))
		}
		return ast.WalkContinue, nil
	})
}

// unlink leaves of links and pictures the words that stand in them.
func unlink(nodes []ast.Node, source []byte) {
	for _, n := range nodes {
		label := []byte(wordsOf(n, source))
		if a, ok := n.(*ast.AutoLink); ok {
			label = a.Label(source)
		}
		n.Parent().ReplaceChild(n.Parent(), n, ast.NewString(label))
	}
}

// wordsOf is the text of a node without its marks.
func wordsOf(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // it never fails
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(source))
			if n.SoftLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}
