package source

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/openstanding/standing/ident"
)

// fault is why a record becomes no row.
type fault struct {
	code   Code
	reason string
}

// build turns one record into a row; the first fault ends it.
type build struct {
	*plan
	values []string // tidied
	row    Row
	fault  *fault
}

func (p *plan) row(rec record) (Row, *fault) {
	b := &build{plan: p, row: Row{Line: rec.line, Raw: rec.raw, SourceName: p.m.Source}}
	for i, v := range rec.fields {
		b.values = append(b.values, tidyLines(v))
		if strings.Contains(v, lost) && p.header[i] != p.m.Name.Column {
			b.note("%s: a character was lost before it came here (U+FFFD)", p.header[i])
		}
	}
	for _, step := range []func(){
		b.name, b.place, b.identifiers, b.kind, b.ruling, b.term, b.grounds, b.amount, b.effect, b.notes, b.key,
	} {
		if step(); b.fault != nil {
			return Row{}, b.fault
		}
	}
	if rec.note != "" {
		b.note("%s", rec.note)
	}
	return b.row, nil
}

func (b *build) fail(code Code, format string, args ...any) {
	if b.fault == nil {
		b.fault = &fault{code, fmt.Sprintf(format, args...)}
	}
}

func (b *build) note(format string, args ...any) {
	b.row.Notes = append(b.row.Notes, fmt.Sprintf(format, args...))
}

// maxName bounds names in bytes, and with them the work of taking them apart.
const maxName = 4000

// lost marks a character that an earlier conversion could not read.
const lost = "\uFFFD"

// value returns the tidied value of a column; "" if the mapping names none.
func (b *build) value(column string) string {
	if column == "" {
		return ""
	}
	return b.values[b.index[column]]
}

// pick returns the value that a spec names.
func (b *build) pick(spec valueSpec) string {
	v := cmp.Or(spec.Constant, b.value(spec.Column))
	if spec.Values == nil {
		return v
	}
	replaced, ok := spec.Values[v]
	if !ok {
		b.fail(BadValue, "%s: the mapping does not foresee %q", spec.Column, v)
	}
	return replaced
}

func (b *build) name() {
	spec := b.m.Name
	printed := b.value(spec.Column)
	if len(printed) > maxName {
		b.fail(Unreadable, "%s: longer than %d bytes, which no name is", spec.Column, maxName)
		return
	}
	name, remark := cutAny(printed, spec.Cut)
	if remark != "" {
		b.note("printed with the name: %s", remark)
	}
	if spec.Parts {
		p := b.names.apply(name)
		if p.limited != "" {
			b.fail(Limited, "the entry is limited to a part of the party's business (%s); enter it by hand", p.limited)
		}
		name, b.row.OtherNames = p.name, p.others
		b.row.Notes = append(b.row.Notes, p.notes...)
		for _, id := range p.idents {
			b.identifier(id, false)
		}
	}
	if strings.IndexFunc(name, isWordRune) < 0 {
		b.fail(Missing, "%s: no name", spec.Column)
	}
	if strings.Contains(name, lost) {
		b.fail(Unreadable, "%s: %q has lost a character before it came here (U+FFFD)", spec.Column, name)
	}
	b.row.Name = name
	b.row.OtherNames = distinct(append(b.row.OtherNames, splitHan(b.value(b.m.OtherNames))...), name)
}

// cutAny cuts s before the first of the texts.
func cutAny(s string, texts []string) (before, rest string) {
	end := len(s)
	for _, t := range texts {
		if i := strings.Index(s, t); i >= 0 {
			end = min(end, i)
		}
	}
	return strings.TrimSpace(s[:end]), strings.Trim(s[end:], " ;,")
}

// splitHan splits a value of several names. A comma parts names only between
// Chinese names: in others it may belong to the name (Co., Ltd.).
func splitHan(s string) []string {
	if s == "" {
		return nil
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '，' || r == '、' || r == ';' })
	for _, p := range parts {
		if !hasHan(p) {
			return []string{joinHan(s)}
		}
	}
	for i, p := range parts {
		parts[i] = joinHan(tidy(p))
	}
	return parts
}

func (b *build) place() {
	printed := b.pick(b.m.Country)
	b.row.Country = b.countries.code(printed)
	if printed != "" && b.row.Country == "" {
		b.note("country not recognised, or of several: %q", printed)
	}
	b.row.Nationality = b.value(b.m.Nationality)
	b.row.BirthDate = b.birth(b.value(b.m.BirthDate))
	spec := b.m.Address
	a := Address{
		Text: b.value(spec.Text), Street: b.value(spec.Street), City: b.value(spec.City),
		Region: b.value(spec.Region), Postcode: b.value(spec.Postcode),
	}
	if a != (Address{}) {
		a.Country = b.countries.code(b.value(spec.Country))
		b.row.Addresses = []Address{a}
	}
}

// birth returns a birth date in ISO 8601; a year or a month is one too. What is
// none is left out with a note that does not repeat it.
func (b *build) birth(printed string) string {
	if printed == "" || yearOrMonth(printed) {
		return printed
	}
	d, err := readDate(printed, b.layouts)
	if err != nil {
		b.note("birth date left out: it does not fit the layouts of the list")
	}
	return d.String()
}

func (b *build) identifiers() {
	for _, spec := range b.m.Identifiers {
		v := b.value(spec.Column)
		switch {
		case v != "":
			b.identifier(Identifier{spec.Scheme, v}, spec.Required)
		case spec.Required:
			b.fail(Missing, "%s: no %s", spec.Column, spec.Scheme)
		}
	}
}

// identifier adds an identifier in its canonical form. A broken one that is not
// required is left out with a note.
func (b *build) identifier(id Identifier, required bool) {
	canonical, err := ident.New(ident.Scheme(id.Scheme), id.Value)
	switch {
	case err == nil:
		got := Identifier{string(canonical.Scheme), canonical.Value}
		if !slices.Contains(b.row.Identifiers, got) {
			b.row.Identifiers = append(b.row.Identifiers, got)
		}
	case required:
		b.fail(BadIdent, "%s: %v", id.Scheme, err)
	default:
		b.note("%s left out: %v", id.Scheme, err)
	}
}

func (b *build) kind() {
	t := b.forms.read(b.row.Name, b.row.Country)
	for _, rule := range b.m.Kind {
		if b.holds(rule.When) {
			b.row.Kind, b.row.KindReason = t.weigh(Kind(rule.Kind), "source: "+cmp.Or(rule.Because, b.seen(rule.When)))
			return
		}
	}
	b.row.Kind, b.row.KindReason = t.kind()
}

// holds reports whether all columns have one of their values.
func (b *build) holds(w when) bool {
	for column, values := range w {
		if !slices.Contains(values, b.value(column)) {
			return false
		}
	}
	return true
}

// seen prints the values of the columns of conditions.
func (b *build) seen(ws ...when) string {
	var columns, list []string
	for _, w := range ws {
		columns = append(columns, w.columns()...)
	}
	slices.Sort(columns)
	for _, c := range slices.Compact(columns) {
		list = append(list, fmt.Sprintf("%s %q", c, b.value(c)))
	}
	return strings.Join(list, ", ")
}

func (b *build) ruling() {
	r := b.m.Ruling
	b.row.RulingKind = r.Kind
	b.row.RulingRef = b.value(r.Ref)
	b.row.RulingAuthority = b.pick(r.Authority)
	b.row.Decided = b.date(r.Decided)
	b.row.FinalityText = b.value(r.Finality.Column)
	b.row.Final = contains(r.Finality.Final, b.row.FinalityText)
}

// date reads the date of a column; zero if it is empty.
func (b *build) date(column string) Date {
	v := b.value(column)
	if v == "" {
		return Date{}
	}
	d, err := readDate(v, b.layouts)
	if err != nil {
		b.fail(BadDate, "%s: %v", column, err)
	}
	return d
}

func (b *build) term() {
	t := b.m.Term
	b.row.From = b.date(t.From)
	b.row.Noticed = b.date(t.Noticed)
	if t.Until == "" {
		return
	}
	printed := b.value(t.Until)
	end, word := t.Open[printed]
	switch {
	case word:
		b.note("end printed as %q", printed)
	case printed != "":
		b.row.Until = b.date(t.Until)
	default:
		end = cmp.Or(t.Empty, endReject)
	}
	switch end {
	case endReject:
		b.fail(Missing, "%s: no end is stated, neither a date nor that it is open", t.Until)
	case endOngoing, endPermanent:
		b.row.Ongoing, b.row.Permanent = true, end == endPermanent
	}
	if !b.row.Until.IsZero() && b.row.Until.Before(b.row.From) {
		b.fail(BadDate, "ends on %s, before it begins on %s", b.row.Until, b.row.From)
	}
}

func (b *build) grounds() {
	g := b.m.Grounds
	b.row.GroundText = b.value(g.Column)
	b.row.Grounds = slices.Clone(g.Always)
	if g.Words != nil {
		for _, word := range groundWords(b.row.GroundText) {
			code, ok := g.Words[word]
			if !ok {
				b.fail(BadValue, "%s: the mapping does not foresee the word %q", g.Column, word)
			}
			if code != "" && !contains(b.row.Grounds, code) {
				b.row.Grounds = append(b.row.Grounds, code)
			}
		}
	}
	if g.Required && len(b.row.Grounds) == 0 {
		b.fail(Missing, "%s: no ground is stated", g.Column)
	}
}

func groundWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) })
}

func (b *build) amount() {
	a := b.m.Amount
	printed := b.value(a.Column)
	if printed == "" {
		return
	}
	v := printed
	if a.Thousands != "" {
		v = strings.ReplaceAll(v, a.Thousands, "")
	}
	whole, fraction, _ := strings.Cut(v, cmp.Or(a.Decimal, "."))
	if whole == "" || len(v) > 30 || strings.Trim(whole+fraction, "0123456789") != "" {
		b.fail(BadValue, "%s: %.40q is no amount with the decimal mark %q", a.Column, printed, cmp.Or(a.Decimal, "."))
		return
	}
	b.row.Amount, b.row.Currency = whole, a.Currency
	if fraction != "" {
		b.row.Amount += "." + fraction
	}
}

func (b *build) effect() {
	var conditions []when
	for _, rule := range b.m.Effects {
		if b.holds(rule.When) {
			b.row.Effect, b.row.EffectKind, b.row.Conditional = Effect(rule.Effect), rule.Kind, rule.Conditional
			b.listingEnds()
			return
		}
		conditions = append(conditions, rule.When)
	}
	b.fail(BadValue, "no rule of the mapping says what this is: %s", b.seen(conditions...))
}

// listingEnds holds that whatever restricts either ends or is stated to be open.
func (b *build) listingEnds() {
	if b.row.Effect != Listing || b.row.Ongoing || !b.row.Until.IsZero() {
		return
	}
	if b.m.Term.Until != "" {
		b.fail(Missing, "%s: no end is stated, neither a date nor that it is open", b.m.Term.Until)
	}
	b.row.Ongoing = true // the mapping says that the list states no ends
}

func (b *build) notes() {
	b.row.StandardOrder = strings.ToUpper(b.value(b.m.StandardOrder))
	if v := b.value(b.m.Updated); v != "" {
		// No right hangs on this date, so a slip in it does not cost the entry.
		d, err := readDate(v, b.layouts)
		if err != nil {
			b.note("last update left out: %v", err)
		}
		b.row.Updated = d
	}
	for _, spec := range b.m.Notes {
		if v := b.value(spec.Column); v != "" {
			b.note("%s: %s", cmp.Or(spec.Label, spec.Column), v)
		}
	}
}

// key digests the identifying columns; a date counts as the date, however it is
// printed.
func (b *build) key() {
	values := make([]string, 0, len(b.m.Key))
	for _, column := range b.m.Key {
		v := b.value(column)
		if slices.Contains(b.dated, column) {
			if d, err := readDate(v, b.layouts); err == nil {
				v = d.String()
			}
		}
		values = append(values, v)
	}
	b.row.Key = digestKey(values)
}
