package clerk_test

import (
	"context"
	"fmt"
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/store"
)

// witness reads a register's acts and effects and says where they break the
// charter. It shares nothing with the fold, the clerk or package charter: it
// knows acts, rulebooks as data, and what the articles say.
type witness struct {
	w           *town
	cases       map[standing.CaseID][]*standing.Entry
	all         []*standing.Entry
	keys        map[standing.KeyID]*standing.Entry // its grant
	revoked     map[standing.KeyID]standing.Instant
	founders    []standing.KeyID
	authorities map[standing.AuthorityID][]*standing.Entry
}

// keepsCharter fails if anything that is in force breaks the charter.
func (w *town) keepsCharter() {
	w.t.Helper()
	for _, breach := range w.breaches() {
		w.t.Error(breach)
	}
}

func (w *town) breaches() []string {
	w.t.Helper()
	x := &witness{w: w, cases: map[standing.CaseID][]*standing.Entry{}, keys: map[standing.KeyID]*standing.Entry{}, revoked: map[standing.KeyID]standing.Instant{},
		authorities: map[standing.AuthorityID][]*standing.Entry{}}
	ctx := context.Background()
	var out []string
	err := w.store.Leaves(ctx, 0, w.size(), func(position uint64, leaf []byte) error {
		e, err := standing.DecodeEntry(position, append([]byte(nil), leaf...))
		if err == nil {
			x.add(e)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, e := range x.all {
		for _, b := range x.anyAct(e) {
			out = append(out, fmt.Sprintf("act %d (%s): %s", e.Position, e.Act.Kind, b))
		}
	}
	if _, err := w.store.EachEffect(ctx, func(row *store.EffectRow) error {
		for _, b := range x.listing(row) {
			out = append(out, fmt.Sprintf("listing %s on %s: %s", row.Listing, row.List, b))
		}
		return nil
	}); err != nil {
		w.t.Fatal(err)
	}
	return out
}

func (x *witness) add(e *standing.Entry) {
	a := e.Act
	x.all = append(x.all, e)
	x.cases[a.Case] = append(x.cases[a.Case], e)
	switch a.Kind {
	case standing.RegisterFounded:
		x.founders = append(x.founders, standing.KeyIDOf(a.Payload[:32]), standing.KeyIDOf(a.Payload[32:]))
	case standing.KeyGranted:
		x.keys[standing.KeyIDOf(a.Payload)] = e
	case standing.KeyRevoked:
		id, at := standing.KeyID(a.Payload), max(e.RecordedAt, a.At(standing.From))
		if old := x.revoked[id]; old == 0 || at < old {
			x.revoked[id] = at
		}
	case standing.AuthorityRecorded, standing.AuthorityChanged:
		x.authorities[a.Holder] = append(x.authorities[a.Holder], e)
	}
}

// anyAct holds every act to what concerns all acts: it has happened, and who
// signed it could.
func (x *witness) anyAct(e *standing.Entry) (out []string) {
	a := e.Act
	if a.Occurred > e.RecordedAt {
		out = append(out, "13: dated ahead")
	}
	if a.Kind.Noun() == standing.ConstitutionCase {
		if !slices.Contains(x.founders, e.Signer) {
			out = append(out, "the constitution was changed by somebody who is no founder")
		}
		return out
	}
	grant := x.keys[e.Signer]
	switch at := x.revoked[e.Signer]; {
	case grant == nil || grant.Position > e.Position:
		return append(out, "signed by an unknown key")
	case at != 0 && at <= e.RecordedAt && x.all[e.Position].RecordedAt >= at:
		out = append(out, "signed by a revoked key")
	}
	if grant.Act.Holder != a.Authority {
		out = append(out, "signed for another authority")
	}
	return out
}

// authority is what was recorded of an authority before a position.
func (x *witness) authority(id standing.AuthorityID, before uint64) *standing.Act {
	var last *standing.Act
	for _, e := range x.authorities[id] {
		if e.Position < before {
			last = e.Act
		}
	}
	return last
}

func (x *witness) officer(k standing.KeyID) standing.OfficerID {
	if g := x.keys[k]; g != nil {
		return g.Act.Officer
	}
	return standing.OfficerID{}
}

func first(acts []*standing.Entry, kinds ...standing.Kind) *standing.Entry {
	for _, e := range acts {
		if slices.Contains(kinds, e.Act.Kind) {
			return e
		}
	}
	return nil
}

// rule is the list and ground that a listing stands under.
func (x *witness) rule(row *store.EffectRow) (*rulebook.Compiled, *rulebook.List, *rulebook.Ground) {
	b, ok := x.w.books.ByDigest(row.Rulebook)
	if !ok {
		return nil, nil, nil
	}
	l, ok := b.List(row.List.Name())
	if !ok {
		return b, nil, nil
	}
	g, _ := b.Ground(l.ID, row.Ground)
	return b, l, g
}

// listing holds one listing to the charter, in so far as it has effect.
func (x *witness) listing(row *store.EffectRow) (out []string) {
	if len(row.Effects) == 0 {
		return nil
	}
	breach := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	own, of := x.cases[row.Listing], x.cases[row.Ruling]
	if len(own) == 0 || len(of) == 0 || of[0].Act.Kind != standing.RulingRecorded || of[0].Position > own[0].Position {
		return append(out, "1: it has effect without a ruling before it")
	}
	book, list, ground := x.rule(row)
	if ground == nil {
		return append(out, "1: no rulebook has its ground")
	}
	named := x.named(of, row.Addressee, own[0].Position)
	switch {
	case named == nil:
		return append(out, "9: its addressee was not named when it was proposed")
	case named.Act.Party != row.Party:
		breach("9: it is of another kind of party than the ruling names")
	}
	out = append(out, x.gone(row, own, of)...)
	if own[0].Act.Kind == standing.ListingReported {
		return append(out, x.reported(row, own, list)...)
	}
	capacity := "debtor"
	if len(named.Act.Codes) > 0 {
		capacity = named.Act.Codes[0]
	}
	if !slices.Contains(list.Capacities, capacity) {
		breach("9: %s is no capacity of the list", capacity)
	}
	if row.Party.Protected() && !(named.Act.Facts | own[0].Act.Facts).Has(standing.AddresseeAdult) {
		breach("8: nobody stated that the person is an adult")
	}
	if row.Severity > list.Severity {
		breach("4: severity %d on a list of %d", row.Severity, list.Severity)
	}
	confirm := first(own, standing.ListingConfirmed)
	if confirm == nil {
		return append(out, "2: it has effect and was not confirmed")
	}
	if from := row.Effects[0].From; from < confirm.RecordedAt {
		breach("2: it has effect from %s, confirmed only at %s", from, confirm.RecordedAt)
	}
	out = append(out, x.ground(row, of, named, confirm, list, ground)...)
	out = append(out, x.heard(row, own, of, named, confirm)...)
	out = append(out, x.ends(row, own, confirm, list)...)
	return append(out, x.rests(row, book, own, of)...)
}

// named is the act that names an addressee before a position.
func (x *witness) named(of []*standing.Entry, n uint8, before uint64) *standing.Entry {
	i := uint8(0)
	for _, e := range of {
		if e.Act.Kind == standing.RulingRecorded || e.Act.Kind == standing.AddresseeNamed {
			if i++; i == n && e.Position < before {
				return e
			}
		}
	}
	return nil
}

// ground: article 1, at the instant of confirmation.
func (x *witness) ground(row *store.EffectRow, of []*standing.Entry, named, confirm *standing.Entry, list *rulebook.List, ground *rulebook.Ground) (out []string) {
	breach := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	at := confirm.RecordedAt
	var final, due, gone standing.Instant
	upheld := map[uint64]bool{}
	settled := false
	for _, e := range of {
		if e.Position > confirm.Position {
			break
		}
		a := e.Act
		concerns := a.Addressee == 0 || a.Addressee == row.Addressee
		switch a.Kind {
		case standing.RulingRecorded:
			final, due = a.At(standing.Final), a.At(standing.Due)
		case standing.RulingFinal:
			final = a.At(standing.Final)
		case standing.RulingVaried:
			due = a.At(standing.Due)
		case standing.RulingAnnulled:
			breach("1: confirmed after the ruling was annulled")
		case standing.PerformanceRecorded:
			if concerns && a.Facts.Has(standing.FullPerformance) && a.Occurred <= at {
				gone = a.Occurred
			}
		case standing.ClaimAnswered:
			if a.Code == "upheld" {
				upheld[a.Refs[0].Version] = true
			}
		case standing.SecurityGiven, standing.InabilityFound:
			gone = a.Occurred
		case standing.SettlementRecorded:
			settled = true
		case standing.SettlementFailed:
			settled = false
		}
	}
	for v := range upheld {
		if a := of[v-1].Act; a.Addressee == 0 || a.Addressee == row.Addressee {
			gone = a.Occurred
		}
	}
	if final == 0 || final > at {
		breach("1: the ruling was not final")
	}
	if !slices.Contains(list.Rulings, of[0].Act.Code) {
		breach("1: the list takes no %s", of[0].Act.Code)
	}
	inDefault := ground.Default && due != 0 && due <= at && gone == 0 && !settled
	if !inDefault && !(ground.Ordered && named.Act.Facts.Has(standing.RulingOrders)) {
		breach("1: neither a default nor an order: due %s, gone %s, settled %t", due, gone, settled)
	}
	a := x.authority(confirm.Act.Authority, confirm.Position)
	switch {
	case a == nil || !slices.Contains(a.Codes, string(row.List)) && !slices.Contains(a.Codes, row.List.Rulebook()):
		breach("1: %s is not entitled to the list", confirm.Act.Authority)
	case !slices.Contains(list.Authorities, a.Code):
		breach("1: a %s may not write to the list", a.Code)
	}
	return out
}

// heard: article 2.
func (x *witness) heard(row *store.EffectRow, own, of []*standing.Entry, named, confirm *standing.Entry) (out []string) {
	breach := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	before := own[:slices.Index(own, confirm)]
	for i, e := range before {
		if e.Act.Kind != standing.ObjectionMade {
			continue
		}
		decided := false
		for _, d := range before {
			if d.Act.Kind == standing.ObjectionDecided && d.Act.Refs[0].Version == uint64(i+1) {
				decided = true
				if d.Act.Code != "rejected" {
					breach("2: confirmed though objection %d was upheld", i+1)
				}
				if x.officer(d.Signer) == x.officer(own[0].Signer) {
					breach("2: the objection was decided by who proposed the listing")
				}
			}
		}
		if !decided {
			breach("2: confirmed while objection %d waits", i+1)
		}
	}
	if (own[0].Act.Facts | confirm.Act.Facts).Has(standing.NoticeWaived) && named.Act.Facts.Has(standing.NoticeWaived) {
		return out
	}
	notice := first(before, standing.NoticeServed)
	if notice == nil {
		return append(out, "2: nobody told the party")
	}
	at, end := notice.Act.At(standing.Served), notice.Resolution.Instants.Get(standing.WindowEnd)
	switch {
	case at < own[0].Act.Occurred || at < of[0].Act.At(standing.Decided) || at > notice.RecordedAt:
		breach("2: notice of %s, proposed at %s", at, own[0].Act.Occurred)
	case end <= at:
		breach("2: the window from %s to %s is empty", at, end)
	case row.Effects[0].From < end || confirm.Act.Occurred < end || confirm.RecordedAt < end:
		breach("2: the window ends at %s, the effect begins at %s", end, row.Effects[0].From)
	}
	return out
}

// twoYears is the charter's longest review, with room for rolling forward.
const twoYears = standing.Instant(2*366+14) * 86400

// ends: article 3.
func (x *witness) ends(row *store.EffectRow, own []*standing.Entry, confirm *standing.Entry, list *rulebook.List) (out []string) {
	breach := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	end := confirm.Resolution.Instants.Get(standing.TermEnd)
	review := confirm.Resolution.Instants.Get(standing.Review)
	if review != 0 && review > confirm.Resolution.Instants.Get(standing.From)+twoYears {
		breach("3: a review at %s", review)
	}
	for _, e := range own {
		if e.Act.Kind != standing.ListingRenewed {
			continue
		}
		next := e.Resolution.Instants.Get(standing.Review)
		if e.RecordedAt >= review || next > e.RecordedAt+twoYears {
			breach("3: renewed at %s from %s to %s", e.RecordedAt, review, next)
		}
		review = next
	}
	if end == 0 || review != 0 && review < end {
		end = review
	}
	last := row.Effects[len(row.Effects)-1].Until
	if end == 0 || last > end || last > confirm.RecordedAt+standing.Instant(12*366*86400) && review == 0 {
		breach("3: it lasts until %s; term or review say %s", last, end)
	}
	for _, e := range row.Effects {
		if e.WhileShown {
			breach("3: an entry of this register's own hangs on a snapshot")
		}
	}
	return out
}

// gone: what lifts, lifts at once (articles 1 and 3).
func (x *witness) gone(row *store.EffectRow, own, of []*standing.Entry) (out []string) {
	last := row.Effects[len(row.Effects)-1].Until
	until := func(at standing.Instant, why string) {
		if last > at {
			out = append(out, fmt.Sprintf("3: it lasts until %s, though %s at %s", last, why, at))
		}
	}
	for _, e := range of {
		if e.Act.Kind == standing.RulingAnnulled {
			until(e.Act.Occurred, "the ruling was annulled")
		}
		for _, end := range e.Resolution.Endings {
			if end.Listing == row.Listing {
				until(end.At, e.Act.Kind.String())
			}
		}
	}
	for _, e := range own {
		switch a := e.Act; {
		case a.Kind == standing.ListingEnded:
			until(e.Resolution.Instants.Get(standing.EndsAt), "it was ended ("+a.Code+")")
		case a.Kind == standing.ListingDropped:
			until(a.Occurred, "it was dropped")
		case a.Kind == standing.ListingCorrected && a.Code == "revoked", a.Kind == standing.ErrorAnswered && a.Code == "upheld":
			until(e.RecordedAt, "it was found wrong")
		}
	}
	return out
}

// rests: stays, unanswered claims and exemptions (article 2, and decisions).
func (x *witness) rests(row *store.EffectRow, book *rulebook.Compiled, own, of []*standing.Entry) (out []string) {
	breach := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	covered := func(from, until standing.Instant) bool {
		return slices.ContainsFunc(row.Effects, func(e standing.Effect) bool { return e.From < until && from < e.Until })
	}
	for i, e := range own {
		if e.Act.Kind != standing.ListingStayed {
			continue
		}
		from, until := max(e.Act.At(standing.From), e.RecordedAt), e.Act.At(standing.Until)
		if until == 0 {
			until = standing.Forever
		}
		for _, l := range own[i:] {
			if l.Act.Kind == standing.StayLifted {
				until = min(until, l.RecordedAt)
			}
		}
		if from < until && covered(from, until) {
			breach("a stay runs from %s to %s, yet it restricts", from, until)
		}
	}
	claims := func(acts []*standing.Entry, made, answered standing.Kind) {
		for i, e := range acts {
			a := e.Act
			by := e.Resolution.Instants.Get(standing.AnswerBy)
			if a.Kind != made || !a.Facts.Has(standing.ProofAttached) || a.Addressee != 0 && a.Addressee != row.Addressee || by == 0 {
				continue
			}
			until := standing.Forever
			for _, l := range acts {
				if l.Act.Kind == answered && l.Act.Refs[0].Version == uint64(i+1) {
					until = l.RecordedAt
				}
			}
			if by < until && covered(by, until) {
				breach("2: a proven claim waits from %s to %s, yet it restricts", by, until)
			}
		}
	}
	claims(of, standing.PerformanceClaimed, standing.ClaimAnswered)
	claims(own, standing.ErrorClaimed, standing.ErrorAnswered)
	for _, e := range row.Effects {
		for _, activity := range e.Exempted {
			if !slices.ContainsFunc(own, func(g *standing.Entry) bool {
				return g.Act.Kind == standing.Exempted && slices.Contains(g.Act.Codes, activity) && g.Act.At(standing.From) <= e.From && e.Until <= g.Act.At(standing.Until)
			}) {
				breach("12: %s is exempted from %s to %s, which nobody granted", activity, e.From, e.Until)
			}
		}
	}
	return out
}

// reported: an entry taken over from another body's publication.
func (x *witness) reported(row *store.EffectRow, own []*standing.Entry, list *rulebook.List) (out []string) {
	breach := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if list.Reported == nil || len(list.Reported.Attested) == 0 {
		breach("2: nobody attests notice and hearing")
	}
	var last *standing.Entry
	for _, e := range own {
		if e.Act.Kind == standing.ListingReported || e.Act.Kind == standing.ReportChanged {
			last = e
		}
		if k := e.Act.Kind; e.Act.Source == nil && (k == standing.ListingReported || k == standing.ReportChanged || k == standing.ReportWithdrawn) {
			breach("1: %s has no source", k)
		}
	}
	for _, e := range row.Effects {
		until := last.Act.At(standing.Until)
		switch {
		case last.Act.Facts.Has(standing.Permanent):
			breach("3: a permanent entry restricts")
		case until == 0 && !e.WhileShown:
			breach("3: an open end that does not hang on snapshots")
		case until != 0 && e.Until > until:
			breach("3: it lasts until %s, the source says %s", e.Until, until)
		}
	}
	return out
}
