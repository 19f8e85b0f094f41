package archtest

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// globalsFile lists package-level variables that may change, "./package.Name -
// reason", from the root of the tree.
const globalsFile = "internal/archtest/globals.txt"

// globals finds package-level variables that functions change, and those whose
// type is made for changing (sync, sync/atomic). It does not follow pointers.
func globals(t *Tree) []finding {
	allowed, found := t.reviewed(globalsFile)
	used := map[string]bool{}
	for _, p := range t.Packages {
		report := func(n ast.Node, name, what string) {
			full := p.Path + "." + name
			used[full] = true
			if _, ok := allowed[full]; !ok {
				found = append(found, finding{t.at(n), what})
			}
		}
		t.lockVariables(p, report)
		t.assignments(p, report)
	}
	for name, where := range allowed {
		if !used[name] {
			found = append(found, finding{where, name + " is not changed anywhere: remove the line"})
		}
	}
	return found
}

// lockVariables finds package-level variables of types from sync and atomic.
func (t *Tree) lockVariables(p *Package, report func(n ast.Node, name, what string)) {
	for _, f := range p.code() {
		locks := append(selectors(f, "sync"), selectors(f, "sync/atomic")...)
		for _, d := range f.Syntax.Decls {
			gen, ok := d.(*ast.GenDecl)
			if !ok || gen.Tok != token.VAR {
				continue
			}
			for _, spec := range gen.Specs {
				v := spec.(*ast.ValueSpec)
				for _, x := range append([]ast.Expr{v.Type}, v.Values...) {
					if sel, ok := typeOf(x).(*ast.SelectorExpr); ok && slices.Contains(locks, sel) {
						report(v, v.Names[0].Name, v.Names[0].Name+" is shared state")
					}
				}
			}
		}
	}
}

// typeOf strips what stands around the name of a type in a declaration: T, *T,
// T{}, &T{}, T[X].
func typeOf(x ast.Expr) ast.Expr {
	switch y := x.(type) {
	case *ast.StarExpr:
		return typeOf(y.X)
	case *ast.UnaryExpr:
		return typeOf(y.X)
	case *ast.CompositeLit:
		return typeOf(y.Type)
	case *ast.IndexExpr:
		return typeOf(y.X)
	}
	return x
}

// assignments finds functions that change package-level variables, of this
// package or another.
func (t *Tree) assignments(p *Package, report func(n ast.Node, name, what string)) {
	var files []*ast.File
	for _, f := range p.code() {
		files = append(files, f.Syntax)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}}
	// Imports are not followed; names of this package resolve all the same, and
	// what does not compile is the compiler's business.
	config := types.Config{Importer: noImporter{}, Error: func(error) {}, FakeImportC: true}
	pkg, _ := config.Check(p.Path, t.fset, files, info)
	changed := func(n ast.Node, x ast.Expr) {
		id := root(x)
		if id == nil {
			return
		}
		switch object := info.Uses[id].(type) {
		case *types.Var:
			if object.Parent() == pkg.Scope() {
				report(n, id.Name, "changes the package-level variable "+id.Name)
			}
		case *types.PkgName:
			report(n, id.Name, "changes a variable of package "+id.Name)
		}
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				if n.Tok != token.DEFINE {
					for _, x := range n.Lhs {
						changed(n, x)
					}
				}
			case *ast.IncDecStmt:
				changed(n, n.X)
			case *ast.RangeStmt:
				if n.Tok == token.ASSIGN {
					changed(n, n.Key)
					changed(n, n.Value)
				}
			case *ast.CallExpr:
				if fn, ok := n.Fun.(*ast.Ident); ok && len(n.Args) > 0 && (fn.Name == "delete" || fn.Name == "clear" || fn.Name == "copy") {
					changed(n, n.Args[0])
				}
			}
			return true
		})
	}
}

// root is the variable that an assignment to x changes: a for a.b[c].d. Through
// a call nothing can be said.
func root(x ast.Expr) *ast.Ident {
	switch x := x.(type) {
	case *ast.Ident:
		return x
	case *ast.SelectorExpr:
		return root(x.X)
	case *ast.IndexExpr:
		return root(x.X)
	case *ast.SliceExpr:
		return root(x.X)
	case *ast.StarExpr:
		return root(x.X)
	case *ast.ParenExpr:
		return root(x.X)
	}
	return nil
}

type noImporter struct{}

func (noImporter) Import(path string) (*types.Package, error) {
	return nil, fmt.Errorf("%s: %w", path, errors.ErrUnsupported)
}
