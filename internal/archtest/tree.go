package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/modfile"
)

// Tree is the parsed source of one module. It reads files itself instead of
// asking `go list`, so that it sees the files of every platform and the go
// command knows, when it caches the test, which files the result depends on.
type Tree struct {
	Root     string // folder of go.mod
	Mod      *modfile.File
	Packages []*Package // sorted by path

	fset *token.FileSet
}

// Package is the Go files of one folder.
type Package struct {
	Path  string // "." for the root, otherwise "./folder/..."
	Files []*File
}

// File is one Go file.
type File struct {
	Name      string // path from the root of the tree, with slashes
	Syntax    *ast.File
	Test      bool // *_test.go
	Generated bool // not written by hand
	Lines     int
}

// imported is one import of a file.
type imported struct {
	pkg   string // "./..." inside this module, otherwise the import path
	where string
}

// Load parses every Go file of the module in root, except testdata, folders that
// begin with "." or "_", and modules of their own.
func Load(root string) (*Tree, error) {
	t := &Tree{Root: root, fset: token.NewFileSet()}
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return nil, fmt.Errorf("archtest: %w", err)
	}
	if t.Mod, err = modfile.Parse("go.mod", data, nil); err != nil {
		return nil, fmt.Errorf("archtest: %w", err)
	}
	byPath := map[string]*Package{}
	err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return skipFolder(root, name, d.Name())
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		f, err := t.parse(name)
		if err != nil {
			return err
		}
		dir := "."
		if d := path.Dir(f.Name); d != "." {
			dir = "./" + d
		}
		if byPath[dir] == nil {
			byPath[dir] = &Package{Path: dir}
			t.Packages = append(t.Packages, byPath[dir])
		}
		byPath[dir].Files = append(byPath[dir].Files, f)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("archtest: %w", err)
	}
	slices.SortFunc(t.Packages, func(a, b *Package) int { return strings.Compare(a.Path, b.Path) })
	return t, nil
}

func skipFolder(root, name, base string) error {
	if name == root {
		return nil
	}
	if base == "testdata" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") {
		return filepath.SkipDir
	}
	if _, err := os.Stat(filepath.Join(name, "go.mod")); err == nil {
		return filepath.SkipDir
	}
	return nil
}

func (t *Tree) parse(name string) (*File, error) {
	source, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	rel, err := filepath.Rel(t.Root, name)
	if err != nil {
		return nil, err
	}
	rel = filepath.ToSlash(rel)
	syntax, err := parser.ParseFile(t.fset, rel, source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	return &File{
		Name:   rel,
		Syntax: syntax,
		Test:   strings.HasSuffix(rel, "_test.go"),
		Generated: ast.IsGenerated(syntax) ||
			strings.HasSuffix(rel, "_templ.go") || strings.HasSuffix(rel, "_gen.go"),
		Lines: strings.Count(string(source), "\n"),
	}, nil
}

// at returns "file:line" of a node.
func (t *Tree) at(n ast.Node) string {
	p := t.fset.Position(n.Pos())
	return p.Filename + ":" + strconv.Itoa(p.Line)
}

// pkg returns the package with a path, or nil.
func (t *Tree) pkg(path string) *Package {
	i, ok := slices.BinarySearchFunc(t.Packages, path, func(p *Package, path string) int { return strings.Compare(p.Path, path) })
	if !ok {
		return nil
	}
	return t.Packages[i]
}

// code returns the files that are not tests.
func (p *Package) code() []*File {
	return slices.DeleteFunc(slices.Clone(p.Files), func(f *File) bool { return f.Test })
}

// main reports whether the package is a command.
func (p *Package) main() bool {
	code := p.code()
	return len(code) > 0 && code[0].Syntax.Name.Name == "main"
}

// imports returns what a file imports.
func (t *Tree) imports(f *File) []imported {
	var list []imported
	for _, spec := range f.Syntax.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the compiler says it better
		}
		list = append(list, imported{t.local(name), t.at(spec)})
	}
	return list
}

// local turns an import path of this module into a pattern's form.
func (t *Tree) local(importPath string) string {
	module := t.Mod.Module.Mod.Path
	if importPath == module {
		return "."
	}
	if rest, ok := strings.CutPrefix(importPath, module+"/"); ok {
		return "./" + rest
	}
	return importPath
}
