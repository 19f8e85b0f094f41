package lang

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// told are the names of parameters, fields and variables that hold what people
// are told: whatever text is given to one is a message. A format is filled in by
// the arguments after it.
var told = []string{"format", "what", "do", "why", "doing", "reason", "What", "Do", "Why", "Notes", "notes", "one", "other", "Identity"}

// quiet are folders whose texts no reader of the register meets.
var quiet = []string{"internal", "testdata", "e2e", "docs", "deploy", "storetest", "apitest", "contract", "match", "region", "metrics", "apidoc", "chart"}

// source are the messages of the source: format to the place where it stands.
type source struct {
	fset     *token.FileSet
	found    map[string]string
	trouble  []string
	prefixes map[string]string // function that puts a text before its format
}

// TestMessagesAreComplete holds that every language says all that the program
// says in errors and on the command line, with the same blanks, and no more.
func TestMessagesAreComplete(t *testing.T) {
	found, trouble := collect(t, "..")
	if len(found) < 500 {
		t.Fatalf("only %d messages were found in the source", len(found))
	}
	for _, s := range trouble {
		t.Errorf("%s", s)
	}
	if file := os.Getenv("STANDING_MESSAGES"); file != "" {
		writeMissing(t, file, found)
	}
	for _, c := range All()[1:] {
		for _, english := range slices.Sorted(maps.Keys(found)) {
			other, ok := c.messages[english]
			if !ok {
				t.Errorf("%s: %s: no message for %q", c.Lang, found[english], english)
				continue
			}
			if have, want := blanks(other), blanks(english); !slices.Equal(have, want) {
				t.Errorf("%s: %q has the blanks %v, English has %v: %q", c.Lang, other, have, want, english)
			}
		}
		for _, english := range slices.Sorted(maps.Keys(c.messages)) {
			if _, ok := found[english]; !ok {
				t.Errorf("%s: the source does not say %q any more", c.Lang, english)
			}
		}
	}
}

// writeMissing lists what translators have to add, and where it is said.
func writeMissing(t *testing.T, file string, found map[string]string) {
	var b strings.Builder
	for _, english := range slices.Sorted(maps.Keys(found)) {
		if _, ok := All()[1].messages[english]; !ok {
			fmt.Fprintf(&b, "%s\t%q\n", found[english], english)
		}
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// blanks are the blanks of a format by the place of their argument.
func blanks(format string) []string {
	var out []string
	next := 1
	for _, v := range verb.FindAllStringSubmatch(strings.ReplaceAll(format, "%%", ""), -1) {
		if index := strings.Trim(v[2], "[]"); index != "" {
			next, _ = strconv.Atoi(index)
		}
		out = append(out, strconv.Itoa(next)+"%"+v[1]+v[3])
		next++
	}
	slices.Sort(out)
	return out
}

func collect(t *testing.T, root string) (map[string]string, []string) {
	folders := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		name := d.Name()
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (slices.Contains(quiet, name) || strings.HasPrefix(name, ".")):
			return fs.SkipDir
		case strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !strings.HasSuffix(name, "_templ.go"):
			folders[filepath.Dir(path)] = append(folders[filepath.Dir(path)], path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s := &source{fset: token.NewFileSet(), found: map[string]string{}}
	for _, paths := range folders {
		var files []*ast.File
		for _, path := range paths {
			f, err := parser.ParseFile(s.fset, path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
		s.folder(files)
	}
	s.interfaces(t, filepath.Join(root, "api", "openapi.json"))
	slices.Sort(s.trouble)
	return s.found, s.trouble
}

// interfaces collects what the description of the interface says, which the
// pages about it show.
func (s *source) interfaces(t *testing.T, path string) {
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var document any
	if err := json.Unmarshal(raw, &document); err != nil {
		t.Fatal(err)
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			for key, x := range v {
				if text, ok := x.(string); ok && (key == "description" || key == "summary") && worded(text) {
					s.found[text] = "api/openapi.json"
				}
				walk(x)
			}
		}
	}
	walk(document)
}

// parameters are the places of a function's parameters that hold what people
// are told.
type parameters map[int]string

// folder collects what a package says.
func (s *source) folder(files []*ast.File) {
	functions := map[string]parameters{}
	s.prefixes = map[string]string{}
	for _, f := range files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				p := holding(fn.Type)
				if before, twice := functions[fn.Name.Name]; twice && !maps.Equal(before, p) {
					p = nil // two functions of the name: their formats are constant or collected elsewhere
				}
				if len(p) > 0 || functions[fn.Name.Name] != nil {
					functions[fn.Name.Name] = p
					s.prefixes[fn.Name.Name] = prefix(fn)
				}
			}
		}
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				s.call(n, functions)
			case *ast.KeyValueExpr:
				if id, ok := n.Key.(*ast.Ident); ok && slices.Contains(told, id.Name) {
					s.text(n.Value, "")
				}
			case *ast.AssignStmt:
				for i, l := range n.Lhs {
					if i < len(n.Rhs) && slices.Contains(told, last(l)) {
						s.text(n.Rhs[i], "")
					}
				}
			case *ast.FuncDecl:
				s.results(n)
			case *ast.StructType:
				s.flags(n)
			}
			return true
		})
	}
}

// holding finds the parameters by their names.
func holding(fn *ast.FuncType) parameters {
	p, i := parameters{}, 0
	filled := false
	if n := len(fn.Params.List); n > 0 {
		_, filled = fn.Params.List[n-1].Type.(*ast.Ellipsis)
	}
	for _, field := range fn.Params.List {
		for _, name := range field.Names {
			if id, ok := field.Type.(*ast.Ident); ok && id.Name == "string" && slices.Contains(told, name.Name) && (filled || name.Name != "format") {
				p[i] = name.Name
			}
			i++
		}
		if len(field.Names) == 0 {
			i++
		}
	}
	return p
}

// prefix is the constant text that a function puts before its format.
func prefix(fn *ast.FuncDecl) (text string) {
	if fn.Body == nil {
		return ""
	}
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if b, ok := n.(*ast.BinaryExpr); ok && b.Op == token.ADD && last(b.Y) == "format" {
			text, _ = constant(b.X)
		}
		return true
	})
	return text
}

// results are the constants that a function returns under such a name, or that
// one called so returns.
func (s *source) results(fn *ast.FuncDecl) {
	if fn.Body == nil || fn.Type.Results == nil {
		return
	}
	places := holding(&ast.FuncType{Params: fn.Type.Results})
	if fn.Name.Name == "gap" || fn.Name.Name == "words" {
		for i := range fn.Type.Results.NumFields() {
			places[i] = "what"
		}
	}
	if len(places) == 0 {
		return
	}
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if r, ok := n.(*ast.ReturnStmt); ok {
			for i, e := range r.Results {
				if places[i] != "" {
					s.text(e, "")
				}
			}
		}
		return true
	})
}

func (s *source) call(c *ast.CallExpr, functions map[string]parameters) {
	name, pkg := last(c.Fun), ""
	if sel, ok := c.Fun.(*ast.SelectorExpr); ok {
		pkg = last(sel.X)
	}
	at := parameters{}
	switch {
	case pkg == "fmt" && name == "Errorf", pkg == "errors" && name == "New":
		at[0] = "format"
	case pkg == "fmt" || pkg == "slog":
	case name == "Phrasef" && last(c.Args[0]) == "format": // this is what makes phrases
	case name == "translate" || name == "Message":
		at[0] = "what"
	case name == "Phrasef" || name == "Advise" || pkg == "kong" && name == "Description":
		at[0] = "format"
	case name == "Errorf":
		at[1] = "format"
	case name == "RefusedBy":
		at[1], at[2] = "do", "format"
	default:
		at = functions[name]
	}
	for i, kind := range at {
		if i >= len(c.Args) {
			continue
		}
		before := ""
		if kind == "format" && functions[name] != nil {
			before = s.prefixes[name]
		}
		if kind == "format" && last(c.Args[i]) != "format" && !s.text(c.Args[i], before) {
			if b, ok := c.Args[i].(*ast.BinaryExpr); !ok || last(b.Y) != "format" {
				s.trouble = append(s.trouble, s.place(c)+": the format is not constant: write it where it is used")
			}
		} else if kind != "format" {
			s.text(c.Args[i], "")
		}
	}
}

// text takes up a text; one that is put together with + is a format. It reports
// whether there was one.
func (s *source) text(e ast.Expr, before string) bool {
	if lit, ok := e.(*ast.CompositeLit); ok {
		for _, e := range lit.Elts {
			s.text(e, "")
		}
		return true
	}
	if c, ok := e.(*ast.CallExpr); ok {
		if last(c.Fun) == "append" {
			for _, e := range c.Args[1:] {
				s.text(e, "")
			}
			return true
		}
		if last(c.Fun) == "Sprintf" {
			return s.text(c.Args[0], "")
		}
	}
	text, ok := constant(e)
	if !ok || !worded(text) {
		return ok
	}
	if b, isSum := e.(*ast.BinaryExpr); isSum && last(b.Y) == "format" {
		return true // collected where the format is given
	}
	s.found[before+text] = s.place(e)
	return true
}

// flags are the helps of the command line.
func (s *source) flags(st *ast.StructType) {
	for _, f := range st.Fields.List {
		if f.Tag == nil {
			continue
		}
		tag, _ := strconv.Unquote(f.Tag.Value)
		if _, rest, ok := strings.Cut(tag, `help:"`); ok {
			help, err := strconv.Unquote(`"` + rest[:strings.Index(strings.ReplaceAll(rest, `\"`, "__"), `"`)] + `"`)
			if err == nil && worded(help) {
				s.found[help] = s.place(f)
			}
		}
	}
}

func (s *source) place(n ast.Node) string {
	p := s.fset.Position(n.Pos())
	return fmt.Sprintf("%s:%d", strings.TrimPrefix(p.Filename, "../"), p.Line)
}

// worded reports whether a text has words beside its blanks.
func worded(text string) bool {
	return strings.ContainsFunc(verb.ReplaceAllString(text, ""), func(r rune) bool { return r >= 'a' && r <= 'z' })
}

// constant is a constant text, or the format of a sum of texts of which one is.
func constant(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			s, err := strconv.Unquote(e.Value)
			return s, err == nil
		}
	case *ast.ParenExpr:
		return constant(e.X)
	case *ast.BinaryExpr:
		a, okA := constant(e.X)
		b, okB := constant(e.Y)
		if !okA {
			a = "%s"
		}
		if !okB {
			b = "%s"
		}
		return a + b, e.Op == token.ADD && (okA || okB)
	}
	return "", false
}

// last is the last name of an expression.
func last(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}
