package synth

// Every rate of the made-up country. "Courts 2024" are the figures of China's
// courts for 2024 as reported in November 2025 (inews.nmgnews.com.cn,
// 2025-11-05): 2.457 million new listings of judgment defaulters, 23.4 % fewer
// than the year before and the first fall in ten years; 2.821 million people
// restored, 35.4 % more; "cannot pay" kept apart from "will not pay". Every other
// rate is an assumption, made so that each way into and out of a list occurs in
// a small register too.

// How many. Courts 2024, in a country of 1.4 billion people and 180 million
// firms: 0.16 % are newly listed in a year. Here it is about 2 %, some fifteen
// times as many, so that a register of a few thousand parties is worth looking
// at and one of a million holds over three million acts.
const (
	rulingsPer100 = 40 // rulings in all the years to 100 parties (assumption)

	// Rulings concentrate: some debtors have many (assumption).
	debtorEvery = 25   // every 25th party is one of them
	ofDebtors   = 8000 // so many of 10,000 rulings are against them

	inDemoCity = 200 // of 10,000 parties live in the city that has a list of its own (assumption)
	// Of the rulings in that city, so many of 10,000 are of its own list: below
	// 0.5 % of its people a year, the most that local lists are reported to affect.
	ofCity = 600
)

// Of 100 parties, by class: company, cooperative, sole trader, public body,
// person. Registries record firms; persons stand in it where a case asks for
// them (assumption).
var classWeights = [...]int{54, 2, 10, 3, 31}

const (
	regEvery     = 9  // every 9th company bears a registration number of before 2015
	leiEvery     = 40 // every 40th company bears an LEI
	renamedEvery = 33 // every 33rd party changes its name once
	erasedEvery  = 9  // of the persons renamed, every 9th is erased later
	atStart      = 70 // per cent of parties exist when the register opens; the others come over the years
	rotateEvery  = 10 // every 10th authority's officer gets a new key each January
)

// untilListed is about how long it takes from the ruling to the listing.
const untilListed = 120 * day

// yearWeight is how many listings a year has, in thousands. Courts 2024 for the
// fall from 2023 to 2024; the other years are a plain rise before and a slower
// fall after it.
func yearWeight(year int) int {
	switch {
	case year < 2018:
		return 2300
	case year < 2023:
		return 2300 + 181*(year-2018)
	case year == 2023:
		return 3208
	case year == 2024:
		return 2457
	}
	return max(2457-150*(year-2024), 1500)
}

// What becomes of a ruling, of 10,000.
var fates = [...]int{
	annulledBeforeFinal: 150,
	performedInTime:     2000,
	keptQuiet:           500, // nobody asks for an entry
	settledInTime:       600,
	securityInTime:      150,
	unableInTime:        500, // courts 2024
	proposedListing:     6100,
}

const (
	annulledBeforeFinal = iota
	performedInTime
	keptQuiet
	settledInTime
	securityInTime
	unableInTime
	proposedListing
)

// On the way, of 10,000.
const (
	notFinalYet        = 1200 // recorded before it is final
	toDo               = 800  // the obligation is to do something, not to pay
	deadlineMoved      = 300
	sumStatedAnew      = 900
	settlementFails    = 1500 // of the settlements
	withLegalRep       = 3500 // of rulings against companies: the legal representative is addressed too
	withConsumption    = 6500 // of defaulters: the consumption restriction that goes with it is recorded
	creditorAsks       = 1500
	amended            = 400
	performedMeanwhile = 900  // performed between proposal and confirmation
	objected           = 700  // of notices
	objectionUpheld    = 2200 // of objections
	immediateEffect    = 150  // the ruling itself orders it
	longerTerm         = 1000 // of fixed terms that may be longer
	stayed             = 300
	stayLifted         = 6000 // of stays; the others run out
	exempted           = 400
	exemptionRevoked   = 1000
	errorClaimed       = 250
	errorUpheld        = 4500
	misprint           = 120
	leavesOffice       = 1500 // of legal representatives
	annulledLater      = 250
	creditorConsents   = 400
	renewed            = 6000 // of those that reach their review
	repairedEarly      = 3500 // of fixed terms whose list allows it
)

// How a listing that lasts until performance ends, of 10,000. The others stand
// until their review. Courts 2024: more were restored than newly listed.
const (
	exitPerformed = 5200
	exitClaimed   = 1400 // the party says so first
	exitSettled   = 700
	exitSecurity  = 150
	exitUnable    = 450

	claimUpheld     = 7000 // of claims
	claimUnanswered = 1200 // answered months late: the effect rests meanwhile
)

// monthsToExit are the chances that an exit comes so many months after the
// confirmation: half within half a year (assumption).
var monthsToExit = [...]struct{ weight, from, until int }{
	{15, 0, 1}, {20, 1, 3}, {18, 3, 6}, {20, 6, 12}, {27, 12, 23},
}

// restorationYear is a year in which old entries are worked off: of the exits
// that would come after it, so many of 10,000 come in it instead (courts 2024).
const (
	restorationYear = 2024
	restored        = 3500
)
