package synth

import (
	"maps"
	"slices"

	"github.com/openstanding/standing"
)

// rule is a ground of a list of the shipped rulebooks as far as acts must know
// it. What the rulebook says is not computed here: spans are generous, and a
// test holds the table against the clerk with the rulebooks themselves.
type rule struct {
	list     standing.ListID
	ground   string
	office   office
	weight   int    // among rulings, before the sector of the debtor is looked at
	ruling   string // kind; "" = any a court gives
	capacity string
	window   int // days from notice after which the objection window is surely over
	review   int // months to the review of an open end
	fixed    bool
	longer   int  // days of a term longer than the default; 0 = always the default
	ordered  bool // the ruling itself orders the entry
	repair   int  // months after which a fixed term may end early; 0 = never
	severity uint8
	sector   sector           // general = any
	since    standing.Instant // the list's law is in force; rulings before it are no ground here
	subjects subjects
	values   map[string]string // facts that the ground's condition reads
	lighter  int               // row of the list that goes with it, 0 = none
	named    int               // row for the legal representative, 0 = none
}

// subjects are the parties that a row is drawn for.
type subjects uint8

const (
	anyone subjects = iota
	bodies          // organisations and public bodies
	firms           // organisations
	people
)

func (s subjects) hold(p *party) bool {
	switch s {
	case bodies:
		return p.kind != standing.Person
	case firms:
		return p.kind == standing.Organisation
	case people:
		return p.kind == standing.Person
	}
	return true
}

const (
	defaulters  standing.ListID = "cn-courts/judgment-defaulters"
	consumption standing.ListID = "cn-courts/consumption-restriction"
	abnormal    standing.ListID = "cn-sectors/abnormal-operations"
	serious     standing.ListID = "cn-sectors/serious-violations"
	taxList     standing.ListID = "cn-sectors/tax-major-violators"
	wages       standing.ListID = "cn-sectors/migrant-wages"
	procurement standing.ListID = "cn-sectors/procurement-bar"
	tendering   standing.ListID = "cn-sectors/tendering-bar"
	safety      standing.ListID = "cn-sectors/work-safety"
	research    standing.ListID = "cn-sectors/research-misconduct"
	cityList    standing.ListID = "cn-sectors/rongcheng-supplementary"
)

// Rows that the stories name.
const (
	ruleRefuses = iota
	ruleUnpaid
	ruleListedDefaulter
	ruleNamedForEntity
	ruleRefusesSettlement
	ruleCity
)

// ruleTable is every ground that is made up. The shares of the sectors are an
// assumption: courts most, the reminder list of abnormal operations next.
func ruleTable() []rule {
	const week, month = 20, 34 // days that hold 5 working days, or 30 days, and a long holiday
	fixedCourt := rule{list: defaulters, office: court, capacity: "debtor", window: week, fixed: true, longer: 1000, repair: 1, severity: 3, lighter: ruleListedDefaulter, named: ruleNamedForEntity}
	lightCourt := rule{list: consumption, office: court, capacity: "debtor", window: week, review: 24, severity: 2}
	out := []rule{
		ruleRefuses:           {list: defaulters, ground: "refuses-though-able", office: court, weight: 620, capacity: "debtor", window: week, review: 24, severity: 3, lighter: ruleListedDefaulter, named: ruleNamedForEntity},
		ruleUnpaid:            with(lightCourt, "unpaid-after-notice", 120),
		ruleListedDefaulter:   with(lightCourt, "listed-defaulter", 0),
		ruleNamedForEntity:    with(lightCourt, "named-for-entity", 0),
		ruleRefusesSettlement: with(fixedCourt, "refuses-settlement", 0),
		ruleCity:              {list: cityList, since: civil(2021, 6, 18), ground: "unmet-decision", office: city, ruling: "decision", capacity: "debtor", window: month, review: 12, severity: 1},
		with(fixedCourt, "obstructs", 6), with(fixedCourt, "evades", 22), with(fixedCourt, "breaks-asset-report", 95), with(fixedCourt, "breaks-consumption-order", 12),
	}
	out[ruleUnpaid].named = ruleNamedForEntity
	abnormalRow := rule{list: abnormal, office: marketOffice, ruling: "decision", capacity: "debtor", window: month, review: 24, severity: 1, subjects: bodies}
	out = append(out,
		with(abnormalRow, "no-annual-report", 45, "annual-report.missing", "true"),
		with(abnormalRow, "no-disclosure", 8, "disclosure.ordered-days", "25"),
		with(abnormalRow, "false-information", 6, "disclosure.false", "true"),
		with(abnormalRow, "unreachable", 40, "address.unreachable", "true"))
	grave := rule{list: serious, since: civil(2021, 9, 1), office: marketOffice, ruling: "penalty", capacity: "debtor", window: week, fixed: true, ordered: true, repair: 12, severity: 3, subjects: bodies}
	harm := func(ground string, weight int, s sector, conduct string) rule {
		r := with(grave, ground, weight, "finding.conduct", conduct, "penalty.heavier-band", "true", "finding.malicious", "true", "finding.harm", "large")
		r.sector = s
		return r
	}
	refuses := with(grave, "refuses-penalty", 5, "finding.conduct", "refuses-penalty", "penalty.complied", "false")
	out = append(out, harm("food", 60, food, "food-safety"), harm("drugs-and-devices", 40, health, "drug-safety"),
		harm("product-quality", 45, works, "equipment-safety"), harm("consumer-harm", 3, general, "false-advertising"),
		harm("market-order", 4, general, "counterfeits"), refuses)
	out = append(append(out, taxRules()...), otherRules()...)
	for i := range out {
		if out[i].list == wages {
			out[i].named = i // employer and representative stand on the same list
		}
	}
	return out
}

func taxRules() []rule {
	row := rule{list: taxList, since: civil(2022, 2, 1), office: taxOffice, ruling: "decision", capacity: "taxpayer", window: 20, fixed: true, ordered: true, repair: 6, severity: 3, subjects: firms}
	found := func(ground string, weight int, conduct string, more ...string) rule {
		return with(row, ground, weight, append(more, "finding.conduct", conduct, "ruling.remedy-over", "true")...)
	}
	return []rule{
		found("evasion", 5, "tax-evasion", "finding.tax-cny", "1850000", "finding.share-of-tax", "0.34"),
		found("recovery-evasion", 3, "tax-recovery-evasion", "finding.tax-cny", "1200000"),
		found("export-refund-fraud", 2, "export-refund-fraud"),
		found("false-special-invoices", 12, "false-special-invoices"),
		found("false-ordinary-invoices", 3, "false-ordinary-invoices", "finding.invoices", "140", "amount.cny", "900000"),
		found("flight", 8, "tax-flight"),
		found("helping", 1, "tax-helping", "finding.tax-cny", "1100000"),
	}
}

func otherRules() []rule {
	const week = 20
	wage := rule{list: wages, since: civil(2022, 1, 1), office: labourOffice, ruling: "order", capacity: "employer", window: week, fixed: true, repair: 2, severity: 3, sector: building, subjects: bodies}
	bar := rule{list: tendering, office: treasury, ruling: "penalty", capacity: "bidder", window: week, fixed: true, longer: 600, ordered: true, severity: 3, subjects: firms}
	accident := rule{list: safety, since: civil(2023, 10, 1), office: safetyOffice, ruling: "penalty", capacity: "employer", window: week, fixed: true, ordered: true, repair: 12, severity: 3, sector: works, subjects: bodies}
	misconduct := rule{list: research, office: researchOffice, ruling: "decision", capacity: "responsible-person", window: week, fixed: true, longer: 600, ordered: true, severity: 2, subjects: people}
	buying := bar
	buying.list = procurement
	return []rule{
		with(wage, "criminal-threshold", 130, "arrears.wage-criminal-threshold", "true"),
		with(wage, "incident", 20, "arrears.wage-incident", "true"),
		with(buying, "procurement-fraud", 3),
		with(bar, "collusion-or-bribery", 3, "finding.conduct", "bribery"),
		with(bar, "false-bid", 2, "finding.conduct", "forged-papers"),
		with(accident, "accident", 50, "finding.conduct", "production-safety", "finding.harm", "large"),
		with(accident, "concealed", 15, "finding.conduct", "production-safety", "finding.malicious", "true"),
		with(accident, "no-permit", 30, "finding.conduct", "production-safety", "penalty.heavier-band", "true"),
		with(misconduct, "serious-misconduct", 2, "finding.conduct", "research-misconduct", "research.grade", "serious"),
	}
}

// with is a row with its ground, weight and the facts that it reads, in pairs.
func with(r rule, ground string, weight int, facts ...string) rule {
	r.ground, r.weight = ground, weight
	if len(facts) > 0 {
		r.values = map[string]string{}
		for i := 0; i < len(facts); i += 2 {
			r.values[facts[i]] = facts[i+1]
		}
	}
	return r
}

// listsOf are the lists that an office keeps here, sorted.
func (w *World) listsOf(o office) []string {
	lists := map[string]bool{}
	for i := range w.rules {
		if r := &w.rules[i]; r.office == o && w.adopted(r) {
			lists[string(r.list)] = true
		}
	}
	return slices.Sorted(maps.Keys(lists))
}

// adopted reports whether the rulebook of a row is among those given.
func (w *World) adopted(r *rule) bool {
	_, ok := w.options.Rulebooks[r.list.Rulebook()]
	return ok
}

// drawRule draws a row for a ruling against a party; what does not fit the
// party, its sector or the time becomes an ordinary case of a court.
func (w *World) drawRule(d *draw, p *party, at standing.Instant) int {
	i := d.pick(w.weights)
	if p.place.id == demoCity && w.officeUntil[city] > w.officeFrom[city] && d.chance(ofCity) {
		i = ruleCity
	}
	r := &w.rules[i]
	if at < r.since || !r.subjects.hold(p) || r.sector != general && (p.class != company || r.sector != p.trade.sector) {
		return ruleRefuses
	}
	return i
}
