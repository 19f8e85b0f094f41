package source

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// A mapping says how to read a list in columns. docs/import.md explains each
// key with a worked example; every string that names a column must name one of
// the file's.
type mapping struct {
	Mapping       int         `yaml:"mapping"` // version of this language: 1
	Source        string      `yaml:"source"`
	Publisher     string      `yaml:"publisher"`
	File          fileSpec    `yaml:"file"`
	Dates         []string    `yaml:"dates"`
	Key           []string    `yaml:"key"`
	Name          nameSpec    `yaml:"name"`
	OtherNames    string      `yaml:"other-names"`
	Kind          []kindRule  `yaml:"kind"`
	Identifiers   []identSpec `yaml:"identifiers"`
	Country       valueSpec   `yaml:"country"`
	Nationality   string      `yaml:"nationality"`
	BirthDate     string      `yaml:"birth-date"`
	Address       addressSpec `yaml:"address"`
	Ruling        rulingSpec  `yaml:"ruling"`
	Term          termSpec    `yaml:"term"`
	Grounds       groundSpec  `yaml:"grounds"`
	Amount        amountSpec  `yaml:"amount"`
	Effects       effectRules `yaml:"effects"`
	StandardOrder string      `yaml:"standard-order"`
	Updated       string      `yaml:"updated"`
	Notes         []noteSpec  `yaml:"notes"`
	Ignore        []string    `yaml:"ignore"`
}

type fileSpec struct {
	Delimiter string   `yaml:"delimiter"` // one ASCII character; "," by default
	Encoding  string   `yaml:"encoding"`  // utf-8 by default
	Quotes    string   `yaml:"quotes"`    // strict (by default) or lenient
	Columns   []string `yaml:"columns"`   // for a file without a header
}

type nameSpec struct {
	Column string   `yaml:"column"`
	Parts  bool     `yaml:"parts"` // take other names and remarks out of the name
	Cut    []string `yaml:"cut"`   // texts with which a remark begins
}

type kindRule struct {
	When    when   `yaml:"when"`
	Kind    string `yaml:"kind"`
	Because string `yaml:"because"` // instead of a condition: where the publisher says so of all
}

type identSpec struct {
	Column   string `yaml:"column"`
	Scheme   string `yaml:"scheme"`
	Required bool   `yaml:"required"` // reject a row whose identifier is missing or broken
}

type addressSpec struct {
	Text     string `yaml:"text"`
	Street   string `yaml:"street"`
	City     string `yaml:"city"`
	Region   string `yaml:"region"`
	Postcode string `yaml:"postcode"`
	Country  string `yaml:"country"`
}

type rulingSpec struct {
	Kind      string    `yaml:"kind"`
	Ref       string    `yaml:"ref"`
	Authority valueSpec `yaml:"authority"`
	Decided   string    `yaml:"decided"`
	Finality  struct {
		Column string   `yaml:"column"`
		Final  []string `yaml:"final"` // values that mean: final
	} `yaml:"finality"`
}

// valueSpec is a constant, or a column, or a column whose values are replaced;
// then a value that is not listed rejects the row.
type valueSpec struct {
	Constant string            `yaml:"constant"`
	Column   string            `yaml:"column"`
	Values   map[string]string `yaml:"values"`
}

type termSpec struct {
	From    string            `yaml:"from"`
	Until   string            `yaml:"until"`
	Noticed string            `yaml:"noticed"`
	Open    map[string]string `yaml:"open"`  // words instead of an end: ongoing or permanent
	Empty   string            `yaml:"empty"` // what an empty end means: reject (by default), ongoing, or none, for rows that restrict nothing
}

type groundSpec struct {
	Column   string            `yaml:"column"`
	Always   []string          `yaml:"always"`   // codes of every row
	Words    map[string]string `yaml:"words"`    // word to code; "" for words that mean nothing
	Required bool              `yaml:"required"` // reject a row that states no ground
}

type amountSpec struct {
	Column    string `yaml:"column"`
	Decimal   string `yaml:"decimal"`   // "." by default
	Thousands string `yaml:"thousands"` // none by default
	Currency  string `yaml:"currency"`
}

type effectRules []effectRule

type effectRule struct {
	When        when   `yaml:"when"`
	Effect      string `yaml:"effect"`
	Kind        string `yaml:"kind"`
	Conditional bool   `yaml:"conditional"`
}

type noteSpec struct {
	Column string `yaml:"column"`
	Label  string `yaml:"label"`
}

// when maps columns to the values that they must have, all of them.
type when map[string]oneOf

type oneOf []string

// UnmarshalYAML reads one value or a list of them.
func (o *oneOf) UnmarshalYAML(decode func(any) error) error {
	var one string
	if err := decode(&one); err == nil {
		*o = oneOf{one}
		return nil
	}
	var many []string
	if err := decode(&many); err != nil {
		return err
	}
	*o = many
	return nil
}

// maxMapping is the longest mapping in bytes; the longest built-in one has
// three thousand.
const maxMapping = 256 << 10

// MappingError is a fault in a mapping file and where it stands, from 1; 0 when
// the fault is that something is not there.
type MappingError struct {
	Line, Column int
	Reason       string
}

// Error says where, what, and what to do.
func (e *MappingError) Error() string {
	if e.Line == 0 {
		return "mapping: " + e.Reason
	}
	return fmt.Sprintf("mapping: line %d, column %d: %s", e.Line, e.Column, e.Reason)
}

// parseMapping reads a mapping strictly: an unknown or repeated key is an error.
func parseMapping(text []byte) (*mapping, error) {
	if len(text) > maxMapping {
		return nil, &MappingError{Reason: fmt.Sprintf("longer than %d bytes", maxMapping)}
	}
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, yamlError(err)
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, &MappingError{Reason: "write one YAML document"}
	}
	var m mapping
	if err := yaml.UnmarshalWithOptions(text, &m, yaml.Strict()); err != nil {
		return nil, yamlError(err)
	}
	if err := m.check(&place{file}); err != nil {
		return nil, err
	}
	return &m, nil
}

func yamlError(err error) error {
	var at yaml.Error
	if !errors.As(err, &at) {
		return &MappingError{Reason: err.Error()}
	}
	e := &MappingError{Reason: at.GetMessage()}
	if t := at.GetToken(); t != nil && t.Position != nil {
		e.Line, e.Column = t.Position.Line, t.Position.Column
	}
	return e
}

// place finds where something stands in a mapping.
type place struct{ file *ast.File }

// fault returns an error at a path such as "effects[0].kind"; where there is
// nothing, at its parent.
func (p *place) fault(path, format string, args ...any) error {
	e := &MappingError{Reason: path + ": " + fmt.Sprintf(format, args...)}
	for path != "" {
		if yp, err := yaml.PathString("$." + path); err == nil {
			if node, err := yp.FilterFile(p.file); err == nil && node != nil {
				if t := node.GetToken(); t != nil && t.Position != nil {
					e.Line, e.Column = t.Position.Line, t.Position.Column
					return e
				}
			}
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return e
}
