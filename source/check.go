package source

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/openstanding/standing/ident"
)

// The closed sets of words that a mapping may use.
var (
	rulingKinds = []string{"judgment", "award", "penalty", "decision", "order", "suspension"}
	partyKinds  = []string{string(Organisation), string(PublicBody), string(Person), string(Unknown)}
	effects     = []string{string(Listing), string(RulingOnly), string(Record)}
	encodings   = []string{"", encUTF8, encWindows, encMixed, encUTF16LE, encUTF16BE}
	quoteRules  = []string{"", "strict", "lenient"}
	openEnds    = []string{endOngoing, endPermanent}
	emptyEnds   = []string{"", endReject, endOngoing, endNone}
)

// What may stand for an end that is no date.
const (
	endReject    = "reject"
	endOngoing   = "ongoing"
	endPermanent = "permanent"
	endNone      = "none"
)

// check finds the first thing in a mapping that cannot be meant.
func (m *mapping) check(at *place) error {
	for _, check := range []func(*place) error{
		m.checkHead, m.checkFile, m.checkDates, m.checkParty, m.checkRuling, m.checkTerm, m.checkGrounds, m.checkEffects,
	} {
		if err := check(at); err != nil {
			return err
		}
	}
	return nil
}

func (m *mapping) checkHead(at *place) error {
	switch {
	case m.Mapping != 1:
		return at.fault("mapping", "write mapping: 1, the version of this language")
	case m.Source == "":
		return at.fault("source", "name the source; every row carries its name")
	case m.Name.Column == "":
		return at.fault("name.column", "name the column of the party's name")
	case len(m.Key) == 0:
		return at.fault("key", "name the columns that tell one entry from another in every snapshot")
	}
	return nil
}

func (m *mapping) checkFile(at *place) error {
	f := m.File
	if d := f.Delimiter; d != "" && (len(d) != 1 || d[0] >= 0x80 || strings.Contains("\"\r\n", d)) {
		return at.fault("file.delimiter", "%q is not one ASCII character", d)
	}
	if err := oneFrom(at, "file.encoding", f.Encoding, encodings); err != nil {
		return err
	}
	if err := oneFrom(at, "file.quotes", f.Quotes, quoteRules); err != nil {
		return err
	}
	for i, c := range f.Columns {
		if tidy(c) != c || c == "" || slices.Contains(f.Columns[:i], c) {
			return at.fault(fmt.Sprintf("file.columns[%d]", i), "%q is empty, untidy or named twice", c)
		}
	}
	return nil
}

func (m *mapping) checkDates(at *place) error {
	for i, l := range m.Dates {
		if !dateLayout(l).valid() {
			return at.fault(fmt.Sprintf("dates[%d]", i), "%q must hold a year YYYY, a month (MM, M, Mon, Month) and a day (DD, D), each once, or be excel", l)
		}
	}
	if len(m.Dates) == 0 && m.Term.From+m.Term.Until+m.Term.Noticed+m.Ruling.Decided+m.Updated != "" {
		return at.fault("dates", "say how the file prints its dates")
	}
	return nil
}

func (m *mapping) checkParty(at *place) error {
	for i, cut := range m.Name.Cut {
		if cut == "" {
			return at.fault(fmt.Sprintf("name.cut[%d]", i), "an empty text begins everywhere")
		}
	}
	for i, k := range m.Kind {
		if err := oneFrom(at, fmt.Sprintf("kind[%d].kind", i), k.Kind, partyKinds); err != nil {
			return err
		}
		if (len(k.When) == 0) == (k.Because == "") {
			return at.fault(fmt.Sprintf("kind[%d]", i), "give either when (columns and their values) or because (where the publisher says so of all); a kind without is a guess")
		}
	}
	if err := m.Country.check(at, "country"); err != nil {
		return err
	}
	if c := m.Country.Constant; c != "" && newCountries().code(c) != c {
		return at.fault("country.constant", "%q is no code of ISO 3166-1 alpha-2", c)
	}
	for i, id := range m.Identifiers {
		path := fmt.Sprintf("identifiers[%d]", i)
		if _, ok := ident.Lookup(ident.Scheme(id.Scheme)); !ok {
			return at.fault(path+".scheme", "%q is no scheme of this register; use ref for an authority's own numbers", id.Scheme)
		}
		if id.Column == "" {
			return at.fault(path+".column", "name a column")
		}
	}
	return nil
}

func (m *mapping) checkRuling(at *place) error {
	r := m.Ruling
	if err := oneFrom(at, "ruling.kind", r.Kind, append([]string{""}, rulingKinds...)); err != nil {
		return err
	}
	if r.Finality.Column == "" && len(r.Finality.Final) > 0 {
		return at.fault("ruling.finality.final", "name the column")
	}
	return r.Authority.check(at, "ruling.authority")
}

func (v valueSpec) check(at *place, path string) error {
	switch {
	case v.Constant != "" && v.Column != "":
		return at.fault(path, "give a constant or a column, not both")
	case v.Column == "" && len(v.Values) > 0:
		return at.fault(path+".values", "values need a column")
	}
	return nil
}

func (m *mapping) checkTerm(at *place) error {
	for _, word := range slices.Sorted(maps.Keys(m.Term.Open)) {
		if err := oneFrom(at, "term.open", m.Term.Open[word], openEnds); err != nil {
			return err
		}
	}
	if m.Term.Until == "" {
		if len(m.Term.Open) > 0 {
			return at.fault("term.open", "it speaks of the column until, which is not named")
		}
		lists := slices.ContainsFunc(m.Effects, func(e effectRule) bool { return e.Effect == string(Listing) })
		if lists && m.Term.Empty != endOngoing {
			return at.fault("term", "name the column until; or, if the list states no ends at all, write empty: ongoing")
		}
	}
	return oneFrom(at, "term.empty", m.Term.Empty, emptyEnds)
}

func (m *mapping) checkGrounds(at *place) error {
	g, a := m.Grounds, m.Amount
	switch {
	case g.Column == "" && (len(g.Words) > 0 || g.Required):
		return at.fault("grounds", "words and required speak of a column, which is not named")
	case g.Column != "" && len(g.Words)+len(g.Always) == 0:
		return at.fault("grounds", "give words with their codes, or the code of all rows under always")
	case a.Column == "" && a != (amountSpec{}):
		return at.fault("amount.column", "name a column")
	case a.Column != "" && len(a.Currency) != 3:
		return at.fault("amount.currency", "write the three letters of ISO 4217")
	case a.Column != "" && a.Thousands == cmp.Or(a.Decimal, "."):
		return at.fault("amount.thousands", "cannot be the decimal mark")
	}
	for word := range g.Words {
		if ws := groundWords(word); len(ws) != 1 || ws[0] != word {
			return at.fault("grounds.words", "%q is not one word in small letters", word)
		}
	}
	return nil
}

func (m *mapping) checkEffects(at *place) error {
	if len(m.Effects) == 0 {
		return at.fault("effects", "say what a row is: listing, ruling or record")
	}
	for i, e := range m.Effects {
		path := fmt.Sprintf("effects[%d]", i)
		if err := oneFrom(at, path+".effect", e.Effect, effects); err != nil {
			return err
		}
		if e.Kind == "" && e.Effect != string(Record) {
			return at.fault(path+".kind", "name the kind of effect: debarment, fine...")
		}
		if len(e.When) == 0 && i < len(m.Effects)-1 {
			return at.fault(path, "without a condition it hides the rules after it; put it last")
		}
	}
	return nil
}

func oneFrom(at *place, path, word string, words []string) error {
	if slices.Contains(words, word) {
		return nil
	}
	return at.fault(path, "%q is not one of %s", word, strings.Join(slices.DeleteFunc(slices.Clone(words), func(s string) bool { return s == "" }), ", "))
}
