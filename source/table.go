package source

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// table reads a list in columns by a mapping.
type table struct {
	records *records
	plan    *plan
	keys    *keys
	opts    Options
	count   int
	err     error
}

func newTable(m *mapping, r io.Reader, opts Options) (*table, error) {
	t := &table{
		records: &records{
			lines:   newLines(r, m.File.Encoding, opts.MaxRecord),
			delim:   ',',
			lenient: m.File.Quotes == "lenient",
		},
		keys: newKeys(),
		opts: opts,
	}
	if m.File.Delimiter != "" {
		t.records.delim = m.File.Delimiter[0]
	}
	header := m.File.Columns
	if len(header) == 0 {
		rec, err := t.records.next()
		switch {
		case err == io.EOF:
			return nil, fmt.Errorf("source: %s: the file is empty; it should begin with a header", m.Source)
		case err != nil:
			return nil, fmt.Errorf("source: %s: reading the header: %w", m.Source, err)
		case rec.fault != "":
			return nil, fmt.Errorf("source: %s: the header cannot be read: %s", m.Source, rec.fault)
		}
		for _, name := range rec.fields {
			header = append(header, tidy(name))
		}
	}
	var err error
	t.plan, err = newPlan(m, header)
	return t, err
}

// Next implements [Reader].
func (t *table) Next() (Row, *Reject, error) {
	if t.err != nil {
		return Row{}, nil, t.err
	}
	rec, err := t.records.next()
	if err == nil {
		t.count++
		err = overLimit(t.count, t.opts.MaxRows)
	}
	if err != nil {
		t.err = err
		if err != io.EOF {
			t.err = fmt.Errorf("source: %s, line %d: %w", t.plan.m.Source, t.records.lines.no+1, err)
		}
		return Row{}, nil, t.err
	}
	if rec.fault == "" && len(rec.fields) != len(t.plan.header) {
		rec = rec.broken(BadFields, fmt.Sprintf("%d fields where the header has %d columns", len(rec.fields), len(t.plan.header)))
	}
	if rec.fault != "" {
		return Row{}, newReject(rec.line, rec.raw, rec.code, rec.fault), nil
	}
	row, f := t.plan.row(rec)
	if f != nil {
		return Row{}, newReject(rec.line, rec.raw, f.code, f.reason), nil
	}
	row.Key = t.keys.unique(row.Key)
	row.SnapshotDate = t.opts.Snapshot
	return row, nil, nil
}

func overLimit(count, limit int) error {
	if count > limit {
		return fmt.Errorf("more than %d records; raise the limit if the list is really that long", limit)
	}
	return nil
}

// maxRejectRaw is how much of a record a reject keeps.
const maxRejectRaw = 64 << 10

func newReject(line int, raw string, code Code, reason string) *Reject {
	if len(raw) > maxRejectRaw {
		raw = strings.ToValidUTF8(raw[:maxRejectRaw], "")
	}
	return &Reject{Line: line, Raw: raw, Code: code, Reason: reason}
}

// plan is a mapping bound to the columns of a file.
type plan struct {
	m         *mapping
	header    []string
	index     map[string]int
	layouts   []dateLayout
	dated     []string // columns that hold dates
	names     *nameRules
	forms     *forms
	countries countries
}

func newPlan(m *mapping, header []string) (*plan, error) {
	p := &plan{
		m: m, header: header, index: map[string]int{},
		dated: []string{m.Term.From, m.Term.Until, m.Term.Noticed, m.Ruling.Decided, m.Updated},
		names: newNameRules(), forms: newForms(), countries: newCountries(),
	}
	for _, l := range m.Dates {
		p.layouts = append(p.layouts, dateLayout(l))
	}
	for i, name := range header {
		if _, twice := p.index[name]; twice {
			return nil, fmt.Errorf("source: %s: the header has the column %q twice", m.Source, name)
		}
		p.index[name] = i
	}
	used := m.columns()
	for _, name := range used {
		if _, ok := p.index[name]; !ok {
			return nil, fmt.Errorf("source: %s: the file has no column %q, only %q; is it this list, and has the list changed?", m.Source, name, header)
		}
	}
	for _, name := range header {
		if !slices.Contains(used, name) {
			return nil, fmt.Errorf("source: %s: the mapping says nothing of the column %q; use it or name it under ignore", m.Source, name)
		}
	}
	return p, nil
}

// columns lists all columns that a mapping names.
func (m *mapping) columns() []string {
	list := []string{
		m.Name.Column, m.OtherNames, m.Country.Column, m.Nationality, m.BirthDate,
		m.Address.Text, m.Address.Street, m.Address.City, m.Address.Region, m.Address.Postcode, m.Address.Country,
		m.Ruling.Ref, m.Ruling.Authority.Column, m.Ruling.Decided, m.Ruling.Finality.Column,
		m.Term.From, m.Term.Until, m.Term.Noticed, m.Grounds.Column, m.Amount.Column, m.StandardOrder, m.Updated,
	}
	list = append(append(list, m.Key...), m.Ignore...)
	for _, id := range m.Identifiers {
		list = append(list, id.Column)
	}
	for _, n := range m.Notes {
		list = append(list, n.Column)
	}
	for _, k := range m.Kind {
		list = append(list, k.When.columns()...)
	}
	for _, e := range m.Effects {
		list = append(list, e.When.columns()...)
	}
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

func (w when) columns() []string {
	var list []string
	for name := range w {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}
