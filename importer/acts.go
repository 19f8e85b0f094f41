package importer

import (
	"context"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/source"
)

// create records a row that is new: party, ruling and, where it restricts,
// listing.
func (j *job) create(ctx context.Context, row *source.Row, t *terms, id ids, content, who string) error {
	if j.draft.Len() >= batch {
		if err := j.flush(ctx); err != nil {
			return err
		}
	}
	now := j.Clock()
	from := j.provenance(row.Line)
	if row.About == "" {
		if err := j.add(standing.Act{Kind: standing.PartyRecorded, Case: id.party, Occurred: now, Party: t.kind, Region: where(row.Country), Source: from},
			&standing.Opening{Party: t.identity}); err != nil {
			return err
		}
	}
	ruling := standing.Act{Kind: standing.RulingRecorded, Case: id.ruling, Occurred: now, Code: row.RulingKind, Party: t.kind, Region: "*", Source: from,
		Facts: standing.RulingOrders, Instants: standing.Instants(nil).With(standing.Decided, t.decided)}
	if row.Final || t.listed {
		// What a body publishes as in effect is in force by its own procedure.
		ruling.Instants = ruling.Instants.With(standing.Final, t.decided)
	}
	if err := j.add(ruling, &standing.Opening{Party: t.identity, Docket: row.RulingRef, Issuer: row.RulingAuthority, Title: row.EffectKind,
		Text: row.GroundText, Obligation: fine(row), Row: content, Who: who}); err != nil {
		return err
	}
	if !t.listed {
		return nil
	}
	j.seen[id.listing] = true
	return j.add(standing.Act{Kind: standing.ListingReported, Case: id.listing, Occurred: now, List: j.List, Code: t.ground, Addressee: 1,
		Party: t.kind, Facts: t.facts | standing.RulingOrders, Severity: j.list.Severity, Source: from,
		Instants: standing.Instants(nil).With(standing.From, t.from).With(standing.Until, t.until),
		Refs:     []standing.Ref{{Role: standing.RefRuling, Case: id.ruling}}}, notes(row, content, who))
}

func notes(row *source.Row, content, who string) *standing.Opening {
	o := &standing.Opening{Row: content, Who: who}
	for i, n := range row.Notes {
		if i > 0 {
			o.Text += "\n"
		}
		o.Text += n
	}
	return o
}

func fine(row *source.Row) *standing.Obligation {
	if row.Amount == "" {
		return nil
	}
	return &standing.Obligation{Kind: "pay", Amount: row.Amount, Currency: row.Currency}
}

// where is the country as a region of the tree; anywhere when it is not stated
// or, as Kosovo, has no code of ISO 3166.
func where(country string) string {
	if !region.Known(region.ID(country)) {
		return "*"
	}
	return country
}

// change records what a newer snapshot says otherwise of the same party.
func (j *job) change(ctx context.Context, row *source.Row, t *terms, k *known, content, who string) error {
	if j.draft.Len() >= batch {
		if err := j.flush(ctx); err != nil {
			return err
		}
	}
	return j.add(standing.Act{Kind: standing.ReportChanged, Case: k.ids.listing, Version: k.listing.Version, Occurred: j.Clock(), Code: t.ground,
		Facts: t.facts | standing.RulingOrders, Source: j.provenance(row.Line),
		Instants: standing.Instants(nil).With(standing.From, t.from).With(standing.Until, t.until)}, notes(row, content, who))
}

// record takes over a row that is a fact about a party and no ruling: the
// party alone.
func (j *job) record(ctx context.Context, row *source.Row) (string, error) {
	id := j.ids(row.Key, 0)
	head, err := j.Store.Head(ctx, id.party)
	if err != nil {
		return "", err
	}
	if head.Version > 0 {
		j.report.Same++
		return "", nil
	}
	var kind standing.PartyKind
	if err := kind.UnmarshalText([]byte(row.Kind)); err != nil || row.About != "" {
		return "a record about another entry is not taken over", nil
	}
	j.report.Added++
	j.report.Records++
	if j.draft.Len() >= batch {
		if err := j.flush(ctx); err != nil {
			return "", err
		}
	}
	return "", j.add(standing.Act{Kind: standing.PartyRecorded, Case: id.party, Occurred: j.Clock(), Party: kind, Region: where(row.Country), Source: j.provenance(row.Line)},
		&standing.Opening{Party: identity(row)})
}
