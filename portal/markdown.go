package portal

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/openstanding/standing/rulebook"
)

// document is a text of the register as a page: its body, and the headings by
// which a reader finds the way.
type document struct {
	body     string // HTML of ours: no raw HTML of the text is in it
	headings []heading
}

// heading is an entry of a table of contents.
type heading struct {
	id, title string
	below     []heading
}

// markdown reads CommonMark without raw HTML; links of a text lead nowhere but
// to itself. The first heading of the first rank is left out: the page has it.
// What cites a source of the book, "[law#3]", becomes a link to that source.
func markdown(source string, w *words, book *rulebook.Compiled) document {
	src := []byte(cite(w.decode(source), w.Lang, book))
	md := goldmark.New()
	root := md.Parser().Parse(text.NewReader(src))
	d := document{headings: outline(root, src)}
	mark(root, src, book)
	var b bytes.Buffer
	if err := md.Renderer().Render(&b, src, root); err != nil {
		panic("portal: " + err.Error()) // a bytes.Buffer takes everything
	}
	d.body = b.String()
	return d
}

// outline takes the title away, moves no rank, and gives every other heading an
// id by its place, which Chinese ones have none of by name.
func outline(root ast.Node, src []byte) []heading {
	var out []heading
	var title ast.Node
	n := 0
	for c := root.FirstChild(); c != nil; c = c.NextSibling() {
		h, ok := c.(*ast.Heading)
		if !ok {
			continue
		}
		if h.Level == 1 && title == nil {
			title = h
			continue
		}
		n++
		at := heading{id: "s" + strconv.Itoa(n), title: plain(h, src)}
		h.SetAttributeString("id", []byte(at.id))
		if last := len(out) - 1; h.Level > 2 && last >= 0 {
			out[last].below = append(out[last].below, at)
		} else {
			out = append(out, at)
		}
	}
	if title != nil {
		root.RemoveChild(root, title)
	}
	return out
}

// plain is the text of a node without its marks.
func plain(n ast.Node, src []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			b.Write(t.Segment.Value(src))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// mark gives the sources that the text lists the ids that citations lead to, and
// unmakes links that lead out of the text.
func mark(root ast.Node, src []byte, book *rulebook.Compiled) {
	var out []ast.Node
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.ListItem:
			if id := itemCode(n, src); book != nil && id != "" {
				if _, _, ok := book.Cited(id); ok {
					n.SetAttributeString("id", []byte("source-"+id))
				}
			}
		case *ast.Link:
			if !strings.HasPrefix(string(n.Destination), "#") {
				out = append(out, n)
			}
		case *ast.Image, *ast.AutoLink:
			out = append(out, n)
		}
		return ast.WalkContinue, nil
	})
	for _, n := range out {
		label := ast.NewString([]byte(plain(n, src)))
		if a, ok := n.(*ast.AutoLink); ok {
			label = ast.NewString(a.Label(src))
		}
		n.Parent().ReplaceChild(n.Parent(), n, label)
	}
}

// itemCode is the code with which an item of a list begins.
func itemCode(n ast.Node, src []byte) string {
	if block := n.FirstChild(); block != nil {
		if code, ok := block.FirstChild().(*ast.CodeSpan); ok {
			return plain(code, src)
		}
	}
	return ""
}

var citation = regexp.MustCompile(`\[([a-z0-9][a-z0-9-]*(?:#[^\],\[]+)?(?:, [a-z0-9][a-z0-9-]*(?:#[^\],\[]+)?)*)\]`)

// cite makes links of citations whose source the book lists.
func cite(source, lang string, book *rulebook.Compiled) string {
	if book == nil {
		return source
	}
	return citation.ReplaceAllStringFunc(source, func(s string) string {
		parts := strings.Split(s[1:len(s)-1], ", ")
		for i, part := range parts {
			origin, article, ok := book.Cited(part)
			if !ok {
				return s
			}
			label := origin.ID
			switch {
			case article == "":
			case lang == "zh":
				label += " 第" + article + "条"
			default:
				label += " art " + article
			}
			parts[i] = "[" + label + "](#source-" + origin.ID + ")"
		}
		return "(" + strings.Join(parts, ", ") + ")"
	})
}

var (
	codeLine   = regexp.MustCompile(`(?m)^(\s*- [^:` + "`" + `\n]+: )([a-z][a-z-]*(?:, [a-z][a-z-]*)*)( \(([a-z][a-z-]*(?:, [a-z][a-z-]*)*)\))?( \[[^\n]*)?$`)
	schemeLine = regexp.MustCompile(`(?m)^(- [^:\n]+: )([a-z][a-z-]*)(, (?:since|自) )(\d{4}-\d\d-\d\d)$`)
	needsOf    = regexp.MustCompile(`(; (?:needs |须具备))([a-z-]+(?:, [a-z-]+)*)`)
)

// decode puts words for the codes that a rulebook's document names by themselves:
// kinds of ruling, authority and party, ways of service. A line of which it does
// not know every code stays as it is.
func (w *words) decode(source string) string {
	source = codeLine.ReplaceAllStringFunc(source, func(line string) string {
		m := codeLine.FindStringSubmatch(line)
		first, ok := w.decoded(m[2])
		second, also := w.decoded(m[4])
		switch {
		case !ok || !also:
			return line
		case m[4] == "":
			return m[1] + first + m[5]
		}
		return m[1] + first + w.T("list.aside", second) + m[5]
	})
	source = schemeLine.ReplaceAllStringFunc(source, func(line string) string {
		m := schemeLine.FindStringSubmatch(line)
		return m[1] + w.T("cat.list.complete.since", w.Scheme(m[2]), w.Civil(m[4]))
	})
	return needsOf.ReplaceAllStringFunc(source, func(s string) string {
		m := needsOf.FindStringSubmatch(s)
		return m[1] + w.codes("cat.need.", strings.Split(m[2], ", "))
	})
}

// decoded puts words for a list of codes, if it knows them all.
func (w *words) decoded(list string) (string, bool) {
	if list == "" {
		return "", true
	}
	codes := strings.Split(list, ", ")
	for i, code := range codes {
		found := false
		for _, prefix := range []string{"cat.ruling.", "cat.authority.", "cat.subject.", "cat.capacity.", "cat.method.", "cat.publication.", "field."} {
			if !found && w.Has(prefix+code) {
				codes[i], found = w.T(prefix+code), true
			}
		}
		if !found {
			return "", false
		}
	}
	return strings.Join(codes, w.T("list.enumeration")), true
}
