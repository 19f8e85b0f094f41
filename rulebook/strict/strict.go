// Package strict reads YAML into structs and refuses whatever one reader could
// understand otherwise than another: unknown and repeated keys, anchors,
// aliases, merges and tags, values of another type, empty values, several
// documents, text that is not UTF-8. It never stops at the first problem and
// says line, column and path of each:
//
//	var book Rulebook
//	doc, problems := strict.Decode(text, &book)
//	line, column := doc.Position("lists[abnormal].review")
//
// A struct's fields are named by their yaml tags; those without omitempty must
// be there. Slices, string maps, pointers to structs, strings, bools, unsigned
// integers and whatever implements [encoding.TextUnmarshaler] can be read. An
// element of a sequence is named by its id, where it has one, and otherwise by
// its place from 0.
package strict

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Bounds on a text. The longest shipped rulebook is a tenth of MaxBytes.
const (
	MaxBytes = 1 << 20
	MaxLine  = 4096  // bytes
	maxFlow  = 8     // brackets within brackets
	maxBlock = 64    // columns by which blocks are indented
	maxKeys  = 10000 // keys and entries: the parser's work grows with their square
	maxShown = 100   // problems: who has more starts with these
)

// Document remembers where in the text each path stands. The zero Document
// knows no place.
type Document struct {
	at map[string]*token.Position
}

// Position is where the key of a path stands, or of the nearest path above it;
// 0, 0 when nothing of it does.
func (d *Document) Position(path string) (line, column int) {
	for path != "" {
		if at := d.at[path]; at != nil {
			return at.Line, at.Column
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return 0, 0
}

// At makes a problem of a path, placed where the path stands.
func (d *Document) At(path, rule, format string, args ...any) Problem {
	line, column := d.Position(path)
	return Problem{line, column, path, fmt.Sprintf(format, args...), rule}
}

// Decode reads the text into the struct that into points to, as far as it can,
// and returns everything that is wrong with it, in order of place.
func Decode(text []byte, into any) (*Document, Errors) {
	d := &decoder{doc: &Document{at: map[string]*token.Position{}}}
	if body := d.parse(text); body != nil {
		d.root(body, into)
	}
	problems := d.problems.Sorted()
	if len(problems) > maxShown {
		more := len(problems) - maxShown
		problems = append(problems[:maxShown:maxShown], Problem{Message: fmt.Sprintf("%d problems more", more)})
	}
	return d.doc, problems
}

type decoder struct {
	doc      *Document
	problems Errors
}

func (d *decoder) fail(at *token.Position, path, format string, args ...any) {
	p := Problem{Path: path, Message: fmt.Sprintf(format, args...)}
	if at != nil {
		p.Line, p.Column = at.Line, at.Column
	}
	d.problems = append(d.problems, p)
}

// parse returns the text's one mapping, or nil with the reason noted.
func (d *decoder) parse(text []byte) *ast.MappingNode {
	if !d.bounded(text) {
		return nil
	}
	tokens := lexer.Tokenize(string(text))
	if !d.plain(tokens) {
		return nil
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		d.syntax(err)
		return nil
	}
	var bodies []ast.Node
	for _, doc := range file.Docs {
		if doc.Body != nil {
			bodies = append(bodies, doc.Body)
		}
	}
	if len(bodies) != 1 {
		d.fail(nil, "", "%d documents in the text: write one", len(bodies))
		return nil
	}
	body, ok := bodies[0].(*ast.MappingNode)
	if !ok {
		d.fail(bodies[0].GetToken().Position, "", "write keys with values, not %s", kind(bodies[0]))
	}
	return body
}

// bounded refuses what need not be looked at.
func (d *decoder) bounded(text []byte) bool {
	if len(text) > MaxBytes {
		d.fail(nil, "", "text of %d bytes: at most %d", len(text), MaxBytes)
		return false
	}
	line := 0
	for s := range strings.Lines(string(text)) {
		line++
		at := &token.Position{Line: line, Column: 1}
		switch {
		case !utf8.ValidString(s):
			d.fail(at, "", "the line is not UTF-8: save the text as UTF-8")
		case len(s) > MaxLine:
			d.fail(at, "", "line of %d bytes: at most %d", len(s), MaxLine)
		default:
			d.printable(s, line)
		}
	}
	return len(d.problems) == 0
}

// printable refuses characters that nobody sees: what is shown is what holds.
func (d *decoder) printable(s string, line int) {
	column := 0
	for _, r := range s {
		column++
		if r < ' ' && r != '\n' && r != '\r' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == 0xfeff ||
			r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e || r >= 0x2060 && r <= 0x206f {
			d.fail(&token.Position{Line: line, Column: column}, "", "character %U cannot be seen: leave it out; indent with spaces", r)
			return
		}
	}
}

// plain refuses nesting that no rulebook needs, before anything recurses into
// it, and everything by which one place of a text stands for another.
func (d *decoder) plain(tokens token.Tokens) bool {
	flow, keys := 0, 0
	for _, t := range tokens {
		switch t.Type {
		case token.InvalidType:
			d.fail(t.Position, "", "%s", oneLine(t.Error))
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			d.fail(t.Position, "", "anchors, aliases and merges are refused: write it out")
		case token.TagType, token.DirectiveType:
			d.fail(t.Position, "", "tags and directives are refused: leave them out")
		case token.MappingKeyType:
			d.fail(t.Position, "", "write keys without a question mark")
		case token.SequenceStartType, token.MappingStartType:
			if flow++; flow > maxFlow {
				d.fail(t.Position, "", "brackets within brackets, more than %d deep", maxFlow)
				return false
			}
		case token.SequenceEndType, token.MappingEndType:
			flow--
		case token.SequenceEntryType, token.MappingValueType:
			if keys++; keys > maxKeys {
				d.fail(t.Position, "", "more than %d keys and entries in one text", maxKeys)
				return false
			}
			if flow <= 0 && t.Type == token.SequenceEntryType && t.Position.Column > maxBlock || t.Position.IndentNum > maxBlock {
				d.fail(t.Position, "", "indented by more than %d columns", maxBlock)
				return false
			}
		}
	}
	return len(d.problems) == 0
}

// syntax notes what the parser says, in its own words and place.
func (d *decoder) syntax(err error) {
	var at *token.Position
	message := err.Error()
	if e, ok := err.(interface {
		GetToken() *token.Token
		GetMessage() string
	}); ok {
		message = e.GetMessage()
		if t := e.GetToken(); t != nil {
			at = t.Position
		}
	}
	d.fail(at, "", "%s", oneLine(message))
}

func oneLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// kind names a node for people.
func kind(n ast.Node) string {
	switch n.Type() {
	case ast.MappingType, ast.MappingValueType:
		return "keys with values"
	case ast.SequenceType:
		return "a sequence"
	case ast.NullType:
		return "nothing"
	case ast.BoolType:
		return "true or false"
	case ast.IntegerType, ast.FloatType, ast.InfinityType, ast.NanType:
		return "a number"
	case ast.StringType, ast.LiteralType:
		return "text"
	}
	return "a " + strings.ToLower(n.Type().YAMLName())
}
