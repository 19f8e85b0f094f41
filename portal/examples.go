package portal

// example is something that the charter refuses, and how it passes. Its title and
// what to do stand in the words under "charter.example." and its id.
type example struct {
	id           string
	article      int
	kind         string
	wrong, right string
}

// examples has at least one for every article, in their order; a test holds that
// each is refused under its article and passes when put right.
func examples() []example {
	return []example{
		{"opinion", 1, tryRulebook, `lists:
  - id: defaulters
    rulings: [opinion]
`, `lists:
  - id: defaulters
    rulings: [judgment]
`},
		{"no-ruling", 1, tryAct, `act: listing.confirmed
ruling: {none: true}
`, `act: listing.confirmed
ruling: {kind: judgment, final: 2026-02-01, due: 2026-03-01}
`},
		{"paid", 1, tryAct, `act: listing.confirmed
ruling: {due: 2026-03-01, performed: 2026-05-20}
`, `act: listing.confirmed
ruling: {due: 2026-03-01}
`},
		{"window", 2, tryAct, `act: listing.confirmed
on: 2026-04-20
review: 2028-04-01
listing: {notice-served: 2026-04-10, objections-until: 2026-05-01}
`, `act: listing.confirmed
on: 2026-05-02
review: 2028-04-01
listing: {notice-served: 2026-04-10, objections-until: 2026-05-01}
`},
		{"own-objection", 2, tryAct, `act: objection.decided
outcome: rejected
by: first officer
listing: {proposed-by: first officer}
`, `act: objection.decided
outcome: rejected
by: second officer
listing: {proposed-by: first officer}
`},
		{"for-life", 3, tryRulebook, `lists:
  - id: defaulters
    review: 50 years
`, `lists:
  - id: defaulters
    review: 2 years
`},
		{"no-exit", 3, tryRulebook, `lists:
  - id: defaulters
    exits:
      - event: performed
        effect: marks
`, `lists:
  - id: defaulters
    exits:
      - event: performed
        effect: lifts
`},
		{"other-field", 4, tryRulebook, `measures:
  - id: no-public-contracts
    field: tax
`, `measures:
  - id: no-public-contracts
    field: enforcement
`},
		{"whole-nation", 4, tryRulebook, `measures:
  - id: no-first-class
    region: CN
`, `measures:
  - id: no-first-class
    region: CN/37
`},
		{"citizen-score", 5, tryProgramme, `programme: model-citizens
scores:
  - id: citizen-points
    persons: true
    on-request: false
    adverse: true
    authorities-see-it: true
    condition-of-services: true
`, `programme: model-citizens
scores:
  - id: own-grade
    persons: true
    on-request: true
    adverse: false
    authorities-see-it: false
    condition-of-services: false
`},
		{"score-condition", 5, tryRulebook, `lists:
  - id: defaulters
    grounds:
      - id: refuses
        when: "score.person < 600"
`, `lists:
  - id: defaulters
    grounds:
      - id: refuses
        when: "ruling.final == true"
`},
		{"religion", 6, tryRulebook, `lists:
  - id: defaulters
    grounds:
      - id: refuses
        when: "religious.member == true"
`, `lists:
  - id: defaulters
    grounds:
      - id: refuses
        when: "amount.cny >= 10000"
`},
		{"diagnosis", 6, tryAct, `act: exempted
from: 2026-06-01
until: 2026-06-20
reasons: operation on the heart
`, `act: exempted
from: 2026-06-01
until: 2026-06-20
reasons: personal emergency
`},
		{"water", 7, tryRulebook, `measures:
  - id: no-first-class
    activities: [air-travel.first, water, health-care]
`, `measures:
  - id: no-first-class
    activities: [air-travel.first]
`},
		{"pupils", 7, tryRulebook, `lists:
  - id: defaulters
    capacities: [debtor, legal-representative, pupil]
`, `lists:
  - id: defaulters
    capacities: [debtor, legal-representative]
`},
		{"minor", 8, tryAct, `act: listing.proposed
addressee: {kind: person, capacity: debtor, born: "2010-05-04"}
`, `act: listing.proposed
addressee: {kind: person, capacity: debtor, born: "1980-05-04"}
`},
		{"age-unstated", 8, tryAct, `act: listing.proposed
addressee: {kind: person, stated-adult: false}
`, `act: listing.proposed
addressee: {kind: person, stated-adult: true}
`},
		{"relatives", 9, tryRulebook, `lists:
  - id: defaulters
    capacities: [debtor, spouse]
`, `lists:
  - id: defaulters
    capacities: [debtor, guarantor]
`},
		{"not-named", 9, tryAct, `act: listing.proposed
addressee: {not-named-in-the-ruling: true}
`, `act: listing.proposed
addressee: {not-named-in-the-ruling: false}
`},
		{"unsourced", 10, tryRulebook, `measures:
  - id: no-first-class
    source: []
`, `measures:
  - id: no-first-class
    source: ["law#3"]
`},
		{"without-reasons", 10, tryAct, `act: objection.decided
outcome: rejected
reasons: none
`, `act: objection.decided
outcome: rejected
reasons: the bank statements show that the debt is not paid
`},
		{"names-published", 11, tryRulebook, `lists:
  - id: defaulters
    publication: persons
`, `lists:
  - id: defaulters
    publication: organisations
`},
		{"spared", 12, tryRulebook, `lists:
  - id: defaulters
    subjects: [organisation, person]
`, `lists:
  - id: defaulters
    subjects: [organisation, public-body, person]
`},
		{"favour", 12, tryAct, `act: exempted
from: 2026-06-01
until: 2027-06-01
`, `act: exempted
from: 2026-06-01
until: 2026-06-20
`},
		{"postdated", 13, tryAct, `act: listing.confirmed
on: 2026-06-01
dated: 2026-07-15
`, `act: listing.confirmed
on: 2026-06-01
dated: 2026-06-01
`},
		{"silent-correction", 13, tryAct, `act: listing.corrected
corrects: none
`, `act: listing.corrected
corrects: the name
`},
	}
}
