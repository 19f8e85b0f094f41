package portal

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/openstanding/standing/rulebook"
)

// markdown makes a page of a rulebook's text; its links lead nowhere but to itself.
// Headings are named by their place, as Chinese ones have no letters to be named
// by. What cites a source of the book, "[law#3]", becomes a link to that source.
func markdown(source string, w *words, book *rulebook.Compiled) *prose {
	src := []byte(cite(w.decode(source), w.Lang, book))
	n := 0
	name := func(string) string { n++; return "s" + strconv.Itoa(n) }
	t, err := compose(src, name, func(root ast.Node) { mark(root, src, book) })
	if err != nil {
		panic("portal: " + err.Error()) // a bytes.Buffer takes everything
	}
	return t
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
	unlink(out, src)
}

// itemCode is the code with which an item of a list begins.
func itemCode(n ast.Node, src []byte) string {
	if block := n.FirstChild(); block != nil {
		if code, ok := block.FirstChild().(*ast.CodeSpan); ok {
			return wordsOf(code, src)
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
