// Package category is the closed directory of what may be recorded, the list of
// what never may, and the typed variables that conditions of rulebooks read.
//
//	err := category.Check("administrative.penalty") // nil: it may be recorded
//	err := category.Check("health.illness")         // *Refusal, with the articles
//	v, err := category.Lookup("amount.cny")         // a decimal of case.obligation
//
// Every field of a rulebook or programme is mapped to a leaf here; a field that
// is not mapped is refused, and so is one under a forbidden category, with the
// reason. A forbidden category covers every name below it: "health" refuses
// "health.illness".
//
// The directory follows the eleven items of China's national directory of public
// credit information (edition of 2022), so far as a record can be named in
// advance: item 11, "other information by law", is spelt out, because a record
// of an unnamed kind cannot be checked. Beside it stand the facts of a case and
// of the regimes of other jurisdictions, which that directory does not know.
//
// Everything is compiled in and ordered by id. Ids and names are for ever: they
// are never removed or given another meaning, and new ones come with a new
// [Version].
package category

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
)

// Version numbers the editions of the directory and of the variables.
const Version = 1

// Rule says who may have a category of data recorded.
type Rule string

// The rules.
const (
	Open      Rule = ""          // an authority, within its powers
	Consent   Rule = "consent"   // only the party's own separate written consent; no condition reads it
	Forbidden Rule = "forbidden" // nobody
)

// Category is a leaf of the directory.
type Category struct {
	ID          string
	Rule        Rule
	Item        int    // of China's national directory, 1 to 11; 0: not among them
	Since       int    // Version that brought it
	English     string // title
	Chinese     string // title
	Description string // one line in English; of a forbidden category, the reason
	Articles    string // the law that restricts or forbids it
}

// Directory is every category, ordered by ID: first those that may be recorded,
// then the forbidden ones.
func Directory() []Category { return slices.Concat(recordable[:], forbidden[:]) }

// Find is the category of that id, forbidden or not.
func Find(id string) (Category, bool) {
	for _, table := range [...][]Category{recordable[:], forbidden[:]} {
		at, ok := slices.BinarySearchFunc(table, id, func(c Category, id string) int { return cmp.Compare(c.ID, id) })
		if ok {
			return table[at], true
		}
	}
	return Category{}, false
}

// Refusal says why data may not be recorded or read.
type Refusal struct {
	Name     string // what was asked for
	Category string // the category that refuses it; empty: none maps it
	Reason   string
	Articles string
}

// Error is the reason with the articles.
func (r *Refusal) Error() string {
	if r.Articles == "" {
		return fmt.Sprintf("data %q: %s", r.Name, r.Reason)
	}
	return fmt.Sprintf("data %q: %s: %s (%s)", r.Name, r.Category, r.Reason, r.Articles)
}

// Check reports, as a *[Refusal], why no authority may record data under that
// id: it is forbidden, needs the party's consent, or is not in the directory.
func Check(id string) error {
	if refusal := refuse(id); refusal != nil {
		return refusal
	}
	c, ok := Find(id)
	switch {
	case !ok:
		return &Refusal{Name: id, Reason: fmt.Sprintf("not in the directory of categories, version %d: what is not mapped is refused", Version)}
	case c.Rule == Consent:
		return &Refusal{Name: id, Category: c.ID, Reason: "only with the party's own separate written consent", Articles: c.Articles}
	}
	return nil
}

// IsForbidden reports whether the id or name is a forbidden category or lies
// below one.
func IsForbidden(name string) bool { return refuse(name) != nil }

// refuse finds the forbidden category that name is or lies below.
func refuse(name string) *Refusal {
	for _, c := range forbidden {
		if name == c.ID || strings.HasPrefix(name, c.ID+".") {
			return &Refusal{Name: name, Category: c.ID, Reason: c.Description, Articles: c.Articles}
		}
	}
	return nil
}

// Type is the type of a variable.
type Type string

// The types.
const (
	Bool    Type = "bool"
	Int     Type = "int"
	Decimal Type = "decimal" // exact, never binary floating point
	Day     Type = "day"     // a civil day
	String  Type = "string"  // compared as a whole, never searched
	Enum    Type = "enum"    // one of Values
)

// Variable is a fact that a condition may read: what an authority states with
// an act, or what follows from the case by counting.
type Variable struct {
	Name     string
	Type     Type
	Category string // the leaf that it belongs to
	Since    int    // Version that brought it
	English  string // one line, with the unit
	Chinese  string
	values   string // of an Enum, separated by spaces
}

// Values are the values of an Enum, in a fixed order; nil for other types.
func (v Variable) Values() []string {
	if v.Type != Enum {
		return nil
	}
	return strings.Fields(v.values)
}

// Variables is every variable, ordered by name.
func Variables() []Variable { return slices.Clone(variables[:]) }

// Lookup is the variable of that name, or a *[Refusal] that says why no
// condition may read it.
func Lookup(name string) (Variable, error) {
	if refusal := refuse(name); refusal != nil {
		return Variable{}, refusal
	}
	at, ok := slices.BinarySearchFunc(variables[:], name, func(v Variable, name string) int { return cmp.Compare(v.Name, name) })
	if !ok {
		return Variable{}, &Refusal{Name: name, Reason: fmt.Sprintf("no variable has this name in version %d: what is not mapped to a category is refused", Version)}
	}
	return variables[at], nil
}

// Text is the directory and the variables as text, one line each: the bytes that
// [Digest] covers.
func Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "categories version %d\n", Version)
	for _, c := range Directory() {
		fmt.Fprintf(&b, "%s\t%s\t%d\t%d\t%s\t%s\t%s\t%s\n", c.ID, c.Rule, c.Item, c.Since, c.English, c.Chinese, c.Description, c.Articles)
	}
	for _, v := range variables {
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%d\t%s\t%s\n", v.Name, v.Type, v.values, v.Category, v.Since, v.English, v.Chinese)
	}
	return b.String()
}

// Digest is the SHA-256 of [Text].
func Digest() [32]byte { return sha256.Sum256([]byte(Text())) }
