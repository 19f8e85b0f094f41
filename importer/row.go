package importer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/rulebook/calendar"
	"github.com/openstanding/standing/source"
)

// ids are the cases that a row became, in its generation: when what identifies
// the party changes, or a renewal moves the beginning on, the old listing is
// withdrawn and a new generation begins.
type ids struct{ party, ruling, listing standing.CaseID }

func (j *job) ids(key string, generation int) ids {
	id := func(noun string) standing.CaseID {
		return standing.KeyedCaseID(j.Authority, []byte(strings.Join([]string{j.Source, string(j.List), noun, key, string(rune('0' + generation))}, "\x00")))
	}
	return ids{id("party"), id("ruling"), id("listing")}
}

// generationBound bounds how often one row may change who it means or be
// renewed: half a century of orders for 180 days.
const generationBound = 100

// known is what earlier snapshots made of a row.
type known struct {
	ids
	generation int
	ruling     *standing.Case
	listing    *standing.Case // nil when the row restricts nothing
	row        string         // digest of the row's content as last taken over
	who        string         // digest of what identifies the party
}

// decided reports whether the listing, or its ruling with it, was ended by a
// decision of this register, not by the source.
func (k *known) decided() bool {
	return k.ruling.Ruling.AnnulledAt != 0 || k.listing != nil && k.listing.Listing.Ended != nil && k.listing.Listing.Ended.Event != "withdrawn"
}

// renewed reports whether the row begins later than it did. That is a new order
// under the old key (each renewal of a temporary denial order moves its date):
// to change the listing would say that nothing held before.
func (k *known) renewed(t *terms) bool {
	return k.listing != nil && t.listed && k.listing.Listing.Confirmed != nil && t.from > k.listing.Listing.Confirmed.From
}

// find reads the latest generation of a row; nil when the row is new.
func (j *job) find(ctx context.Context, key string) (*known, error) {
	var out *known
	for g := range generationBound {
		k := &known{ids: j.ids(key, g), generation: g}
		entries, err := j.Store.Case(ctx, k.ids.ruling)
		if err != nil {
			return nil, err
		}
		listing, err := j.Store.Case(ctx, k.ids.listing)
		if err != nil {
			return nil, err
		}
		if len(entries) == 0 {
			break
		}
		if k.ruling, err = standing.Fold(entries, standing.Forever); err != nil {
			return nil, err
		}
		last := entries[0]
		if len(listing) > 0 {
			if k.listing, err = standing.Fold(listing, standing.Forever); err != nil {
				return nil, err
			}
			for _, e := range listing {
				if e.Act.Kind != standing.ReportWithdrawn {
					last = e
				}
			}
		}
		if err := j.content(ctx, last, k); err != nil {
			return nil, err
		}
		out = k
	}
	return out, nil
}

// content reads the digests that were sealed with the row's last act.
func (j *job) content(ctx context.Context, e *standing.Entry, k *known) error {
	row, err := j.Store.Vault(ctx, e.Position)
	if err != nil {
		return err
	}
	o, err := clerk.OpenVault(j.Keys, row, standing.DigestOf(e.Bytes))
	if err != nil {
		return nil // erased: the row counts as changed
	}
	k.row, k.who = o.Row, o.Who
	return nil
}

// row takes one row over. A reason means that it is rejected.
func (j *job) row(ctx context.Context, row *source.Row) (reason string, err error) {
	if row.Effect == source.Record {
		return j.record(ctx, row)
	}
	t, reason := j.terms(row)
	if reason != "" {
		return reason, nil
	}
	var before *known
	if before, err = j.find(ctx, row.Key); err != nil {
		return "", err
	}
	content, who := digests(row, t.identity)
	generation := 0
	renewed := before != nil && before.renewed(t)
	toCome := ""
	if now := j.Clock(); t.decided > now || renewed && t.from > now {
		toCome = "it is dated " + max(t.decided, t.from).String() + ", which is still to come: read it again from then on"
	}
	switch {
	case before == nil:
		if toCome != "" {
			return toCome, nil
		}
		j.report.Added++
		j.count(row, t)
	case before.decided():
		// It was ended here by decision: the source cannot undo that.
		j.report.Same++
		j.seen[before.ids.listing] = true
		return "", nil
	case before.row == content && (before.listing == nil || before.listing.Listing.Ended == nil):
		j.report.Same++
		j.seen[before.ids.listing] = true
		return "", nil
	case before.who == who && before.listing != nil && row.Effect == source.Listing && !renewed:
		if before.row == content {
			j.report.Revived++
		} else {
			j.report.Changed++
		}
		j.seen[before.ids.listing] = true
		return "", j.change(ctx, row, t, before, content, who)
	default:
		if toCome != "" {
			// Until then the order that it renews holds, as long as it says.
			j.seen[before.ids.listing] = renewed && before.who == who
			return toCome, nil
		}
		generation = before.generation + 1
		if generation >= generationBound {
			return "the row changed whom it means, or was renewed, more often than can be followed", nil
		}
		j.report.Changed++
		if l := before.listing; l != nil && l.Listing.Ended == nil {
			j.seen[before.ids.listing] = true
			if err := j.add(standing.Act{Kind: standing.ReportWithdrawn, Case: before.ids.listing, Version: l.Version, Occurred: j.Clock(), Source: j.provenance(row.Line)}, nil); err != nil {
				return "", err
			}
		}
	}
	return "", j.create(ctx, row, t, j.ids(row.Key, generation), content, who)
}

func (j *job) count(row *source.Row, t *terms) {
	switch {
	case row.Effect == source.Listing && !t.listed:
	case row.Effect == source.Listing:
		j.report.Listings++
		if t.facts.Has(standing.Permanent) || t.until > t.from+charter.MaxReported || len(j.list.Reported.Attested) == 0 {
			j.report.Screening++
		}
	default:
		j.report.Rulings++
	}
	switch t.kind {
	case standing.Person:
		j.report.Persons++
	case standing.UnknownParty:
		j.report.Unknown++
	}
}

// terms are a row in the register's words.
type terms struct {
	identity *standing.Identity
	kind     standing.PartyKind
	ground   string
	decided  standing.Instant
	from     standing.Instant
	until    standing.Instant
	facts    standing.Facts
	listed   bool
}

// terms reads a row, or says why it cannot be taken over.
func (j *job) terms(row *source.Row) (*terms, string) {
	about := row
	if row.About != "" {
		if about = j.about[row.About]; about == nil {
			return nil, "it speaks about an entry that the snapshot does not hold"
		}
	}
	t := &terms{identity: identity(about)}
	if err := t.kind.UnmarshalText([]byte(about.Kind)); err != nil {
		return nil, err.Error()
	}
	for _, d := range []source.Date{row.Decided, row.From, row.Noticed, row.Updated} {
		if !d.IsZero() {
			t.decided = j.day(d)
			break
		}
	}
	if t.decided == 0 {
		return nil, "neither a date of decision nor a beginning is stated"
	}
	if row.Effect != source.Listing {
		return t, ""
	}
	t.listed = true
	if t.from = j.day(row.From); row.From.IsZero() {
		t.from = t.decided
	}
	switch {
	case row.Permanent:
		t.facts |= standing.Permanent | standing.Indefinite
	case row.Ongoing:
		t.facts |= standing.Indefinite
	case row.Until.IsZero():
		return nil, "neither an end nor that it is open is stated"
	default:
		// The last day counts: the effect ends with it.
		t.until = j.day(source.Date(dayAfter(row.Until)))
	}
	if t.until != 0 && t.until < t.from {
		return nil, "it ends on " + row.Until.String() + ", before it begins on " + row.From.String()
	}
	t.ground = j.ground(row)
	if t.ground == "" {
		return nil, "list " + string(j.List) + " has no ground for " + strings.Join(append(slices.Clone(row.Grounds), row.EffectKind), ", ")
	}
	return t, ""
}

// ground is the list's ground that the row states: what was done, or the kind of
// measure, in its conditional form where release is conditional.
func (j *job) ground(row *source.Row) string {
	var codes []string
	if strings.HasPrefix(row.EffectKind, "cross-") {
		codes = append(codes, row.EffectKind)
	}
	codes = append(append(codes, row.Grounds...), row.EffectKind)
	for _, code := range codes {
		for _, suffix := range []string{"-conditional", ""} {
			if suffix != "" && !row.Conditional && !row.Ongoing {
				continue
			}
			for i := range j.list.Grounds {
				if j.list.Grounds[i].ID == code+suffix {
					return code + suffix
				}
			}
		}
	}
	if len(j.list.Grounds) == 1 {
		return j.list.Grounds[0].ID
	}
	return ""
}

// day is the first instant of a civil day in the rulebook's zone.
func (j *job) day(d source.Date) standing.Instant {
	if d.IsZero() {
		return 0
	}
	return standing.At(j.Rulebook.Calendar.Start(calendar.Date{Year: d.Year, Month: time.Month(d.Month), Day: d.Day}))
}

func dayAfter(d source.Date) source.Date {
	t := time.Date(d.Year, time.Month(d.Month), d.Day+1, 0, 0, 0, 0, time.UTC)
	return source.Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}
}

func identity(row *source.Row) *standing.Identity {
	out := &standing.Identity{Names: []string{row.Name}, Country: row.Country, BirthDate: row.BirthDate}
	for _, n := range row.OtherNames {
		if !slices.Contains(out.Names, n) && len(out.Names) < 64 {
			out.Names = append(out.Names, n)
		}
	}
	for _, id := range row.Identifiers {
		if text := id.Scheme + ":" + id.Value; len(out.Identifiers) < 64 {
			out.Identifiers = append(out.Identifiers, text)
		}
	}
	var lines []string
	for _, a := range row.Addresses {
		text := a.Text
		if text == "" {
			text = joined(", ", a.Street, a.City, a.Region, a.Postcode, a.Country)
		}
		if text != "" {
			lines = append(lines, text)
		}
	}
	out.Address = strings.Join(lines, "; ")
	return out
}

func joined(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), sep)
}

// digests are of the row's content and of who it means. They are sealed with
// the row, never public: a name could be guessed from a digest of it.
func digests(row *source.Row, who *standing.Identity) (content, party string) {
	c := *row
	c.Line, c.Raw, c.SnapshotDate, c.KindReason = 0, "", source.Date{}, ""
	sum := func(v any) string {
		b, _ := json.Marshal(v)
		d := sha256.Sum256(b)
		return hex.EncodeToString(d[:16])
	}
	return sum(c), sum(who)
}
