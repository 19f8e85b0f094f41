package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"
)

// clockFunctions of package time read the clock or wait for it.
var clockFunctions = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer"}

// clocks finds uses of the clock in pure packages and what they reach.
func clocks(t *Tree) []finding {
	var found []finding
	for _, p := range t.Packages {
		if !matchesAny(pure, p.Path) {
			continue
		}
		inspected := map[*Package]bool{}
		look := func(p *Package) {
			if p == nil || inspected[p] {
				return
			}
			inspected[p] = true
			for _, f := range p.code() {
				for _, sel := range selectors(f, "time") {
					if slices.Contains(clockFunctions, sel.Sel.Name) {
						found = append(found, finding{t.at(sel), "uses time." + sel.Sel.Name})
					}
				}
			}
		}
		look(p)
		t.reach(p, func(_ []*Package, i imported) { look(t.pkg(i.pkg)) })
	}
	return found
}

// selectors returns the uses of an imported package in a file, whatever it is
// called there.
func selectors(f *File, importPath string) []*ast.SelectorExpr {
	local := ""
	for _, spec := range f.Syntax.Imports {
		if spec.Path.Value == `"`+importPath+`"` {
			local = importPath[strings.LastIndexByte(importPath, '/')+1:]
			if spec.Name != nil {
				local = spec.Name.Name
			}
		}
	}
	if local == "" {
		return nil
	}
	var found []*ast.SelectorExpr
	ast.Inspect(f.Syntax, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == local {
				found = append(found, sel)
			}
		}
		return true
	})
	return found
}

// commits finds calls of a method Commit with two arguments and more, which is
// the shape of a store's; that of a transaction has fewer.
func commits(t *Tree) []finding {
	var found []finding
	for _, p := range t.Packages {
		if matchesAny([]string{"./clerk/...", "./store/..."}, p.Path) {
			continue
		}
		for _, f := range p.code() {
			if !slices.ContainsFunc(t.imports(f), func(i imported) bool { return matches("./store/...", i.pkg) }) {
				continue
			}
			ast.Inspect(f.Syntax, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok && len(call.Args) >= 2 {
					if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Commit" {
						found = append(found, finding{t.at(call), "commits to a store"})
					}
				}
				return true
			})
		}
	}
	return found
}

func inits(t *Tree) []finding {
	return t.functions(func(f *File, fn *ast.FuncDecl) string {
		if !f.Test && fn.Recv == nil && fn.Name.Name == "init" {
			return "has an init function"
		}
		return ""
	})
}

func longFunctions(t *Tree) []finding {
	return t.functions(func(f *File, fn *ast.FuncDecl) string {
		lines := t.fset.Position(fn.End()).Line - t.fset.Position(fn.Pos()).Line + 1
		if !f.Generated && lines > maxFunction {
			return fmt.Sprintf("%s has %d lines, more than %d", fn.Name.Name, lines, maxFunction)
		}
		return ""
	})
}

// functions calls judge for every function and method; what it says is found.
func (t *Tree) functions(judge func(*File, *ast.FuncDecl) string) []finding {
	var found []finding
	for _, p := range t.Packages {
		for _, f := range p.Files {
			for _, d := range f.Syntax.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok {
					if what := judge(f, fn); what != "" {
						found = append(found, finding{t.at(fn), what})
					}
				}
			}
		}
	}
	return found
}

func longFiles(t *Tree) []finding {
	var found []finding
	for _, p := range t.Packages {
		for _, f := range p.Files {
			if !f.Generated && f.Lines > maxFile {
				found = append(found, finding{f.Name, fmt.Sprintf("has %d lines, more than %d", f.Lines, maxFile)})
			}
		}
	}
	return found
}

// silentSkips finds SkipNow() and Skip() in tests.
func silentSkips(t *Tree) []finding {
	var found []finding
	for _, p := range t.Packages {
		for _, f := range p.Files {
			ast.Inspect(f.Syntax, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || len(call.Args) > 0 || !f.Test {
					return true
				}
				if sel, ok := call.Fun.(*ast.SelectorExpr); ok && (sel.Sel.Name == "SkipNow" || sel.Sel.Name == "Skip" && isShort(sel.X)) {
					found = append(found, finding{t.at(call), "skips without a reason"})
				}
				return true
			})
		}
	}
	return found
}

// isShort reports whether x is named as testing.T, B and F always are: other
// types have a Skip of their own.
func isShort(x ast.Expr) bool {
	id, ok := x.(*ast.Ident)
	return ok && slices.Contains([]string{"t", "b", "f", "tb"}, id.Name)
}

func sleeps(t *Tree) []finding {
	var found []finding
	for _, p := range t.Packages {
		for _, f := range p.Files {
			fake := slices.ContainsFunc(t.imports(f), func(i imported) bool { return i.pkg == "testing/synctest" })
			if !f.Test || fake {
				continue
			}
			for _, sel := range selectors(f, "time") {
				if sel.Sel.Name == "Sleep" {
					found = append(found, finding{t.at(sel), "sleeps"})
				}
			}
		}
	}
	return found
}

func packageComments(t *Tree) []finding {
	var found []finding
	for _, p := range t.Packages {
		files, want := p.code(), "Package "
		if len(files) == 0 {
			files = p.Files // a package of tests only
		}
		name := files[0].Syntax.Name.Name
		if name == "main" {
			want, name = "Command ", p.Path[strings.LastIndexByte(p.Path, '/')+1:]
		}
		begins := func(f *File) bool {
			words := strings.Fields(f.Syntax.Doc.Text())
			return len(words) > 1 && words[0]+" " == want && strings.TrimRight(words[1], ",.:") == name
		}
		if !slices.ContainsFunc(files, begins) {
			found = append(found, finding{p.Path, "has no comment that begins with \"" + want + name + "\""})
		}
	}
	return found
}

// docComments looks at types, functions, methods of exported types, constants and
// variables. A group of constants or variables may have one comment for all.
func docComments(t *Tree) []finding {
	var found []finding
	for _, p := range t.Packages {
		for _, f := range p.code() {
			if f.Generated {
				continue
			}
			for _, d := range f.Syntax.Decls {
				for _, id := range undocumented(d) {
					found = append(found, finding{t.at(id), id.Name + " has no doc comment"})
				}
			}
		}
	}
	return found
}

func undocumented(d ast.Decl) []*ast.Ident {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc.Text() == "" && (d.Recv == nil || ast.IsExported(receiver(d))) {
			return []*ast.Ident{d.Name}
		}
	case *ast.GenDecl:
		var missing []*ast.Ident
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && s.Doc.Text() == "" && s.Comment.Text() == "" && (d.Lparen != token.NoPos || d.Doc.Text() == "") {
					missing = append(missing, s.Name)
				}
			case *ast.ValueSpec:
				if d.Doc.Text() != "" || s.Doc.Text() != "" || s.Comment.Text() != "" {
					continue
				}
				for _, id := range s.Names {
					if id.IsExported() {
						missing = append(missing, id)
					}
				}
			}
		}
		return missing
	}
	return nil
}

// receiver is the name of the type that a method belongs to.
func receiver(fn *ast.FuncDecl) string {
	x := fn.Recv.List[0].Type
	for {
		switch y := x.(type) {
		case *ast.StarExpr:
			x = y.X
		case *ast.IndexExpr:
			x = y.X
		case *ast.IndexListExpr:
			x = y.X
		case *ast.Ident:
			return y.Name
		default:
			return ""
		}
	}
}
