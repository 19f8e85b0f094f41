package ident

import "strings"

// Scheme is the lower-case code of an identifier scheme. A code, once
// published, is never renamed or given to another scheme.
type Scheme string

// The schemes.
const (
	SchemeCNPJ      Scheme = "br-cnpj"    // Brazilian legal entity number
	SchemeCitizen   Scheme = "cn-citizen" // Chinese citizen number
	SchemeOrg       Scheme = "cn-org"     // Chinese organisation code
	SchemeReg       Scheme = "cn-reg"     // Chinese business registration number
	SchemeDUNS      Scheme = "duns"       // D-U-N-S number
	SchemeEUVAT     Scheme = "eu-vat"     // VAT number of an EU member or Northern Ireland
	SchemeEUID      Scheme = "euid"       // European unique identifier of companies
	SchemeGBCompany Scheme = "gb-company" // British company number
	SchemeLEI       Scheme = "lei"        // legal entity identifier
	SchemeRef       Scheme = "ref"        // an authority's own reference number
	SchemeEIN       Scheme = "us-ein"     // US employer identification number
	SchemeUEI       Scheme = "us-uei"     // US unique entity identifier
	SchemeUSCC      Scheme = "uscc"       // Chinese unified social credit code
)

// Info describes a scheme.
type Info struct {
	Scheme       Scheme
	Name         string
	NameZH       string
	Standard     string // the norm that its rules come from
	Jurisdiction string // ISO 3166 code, "EU", or "*" for the whole world
	Personal     bool   // numbers natural persons: protected like a person's
	Checked      bool   // carries a check character
	Example      string // a sound canonical value
}

// definition is all that the package knows about one scheme.
type definition struct {
	Info
	separators string                                  // dropped beside spaces, which are always dropped
	pad        func(folded string) string              // completes shortened forms; nil: none
	normalise  func(value string) (string, fault)      // replaces folding and padding; nil: fold, then pad
	check      func(canonical string) fault            // may be given anything that was folded
	personal   func(canonical string) (ofAPerson bool) // nil: the form never tells
}

// definitions are in the order of their codes.
var definitions = [...]*definition{
	&brCNPJ, &cnCitizen, &cnOrg, &cnReg, &duns, &euVAT, &euid, &gbCompany, &lei, &ref, &usEIN, &usUEI, &uscc,
}

func (d *definition) canonical(value string) (string, fault) {
	if d.normalise != nil {
		return d.normalise(value)
	}
	folded, f := fold(value, d.separators)
	if !f.broken() && d.pad != nil {
		folded = d.pad(folded)
	}
	return folded, f
}

func find(s Scheme) *definition {
	for _, d := range definitions {
		if d.Scheme == s {
			return d
		}
	}
	return nil
}

// Schemes returns a fresh list of all schemes, ordered by code.
func Schemes() []Info {
	list := make([]Info, len(definitions))
	for i, d := range definitions {
		list[i] = d.Info
	}
	return list
}

// Lookup returns what is known about a scheme, and whether there is one of that code.
func Lookup(s Scheme) (Info, bool) {
	if d := find(s); d != nil {
		return d.Info, true
	}
	return Info{}, false
}

func schemeList() string {
	codes := make([]string, len(definitions))
	for i, d := range definitions {
		codes[i] = string(d.Scheme)
	}
	return strings.Join(codes, ", ")
}
