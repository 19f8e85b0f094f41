package standing

// Kind numbers what an act says. Numbers are for ever, in blocks per noun; a
// reader that meets a kind it does not know must stop, because it cannot know
// what follows from it.
type Kind uint16

// The kinds of act. The comment says: what is stated; who states it; fields.
const (
	// Constitution, 1 to 99.
	RegisterFounded   Kind = 1 // two keys of two persons found the register; payload = both public keys
	KeyGranted        Kind = 2 // payload = public key, codes = roles, holder = authority
	KeyRevoked        Kind = 3 // payload = key id; instants.from
	AuthorityRecorded Kind = 4 // holder, code = kind, region, codes = entitled lists or rulebooks
	AuthorityChanged  Kind = 5 // the same fields, replacing
	RulebookAdopted   Kind = 6 // list = rulebook name, digest = its digest, instants.from
	RulebookRepealed  Kind = 7 // list = rulebook name, instants.from
	ListRepealed      Kind = 8 // list, instants.from: every effect that rests on the list ends

	// Sources and looks, 80 to 99, cases of their own.
	SnapshotImported Kind = 80 // list, digest of the snapshot, instants.snapshot
	LooksSealed      Kind = 90 // digest = head of one day's segment of looks

	// Party records, 100 to 199.
	PartyRecorded Kind = 100 // a registry states who exists; opening = names, identifiers
	PartyChanged  Kind = 101 // the same, replacing
	PartyErased   Kind = 102 // the opening's key is destroyed; what is left proves that it was

	// Rulings, 200 to 299.
	RulingRecorded      Kind = 200 // code = kind of ruling; instants.decided, final, due; first addressee
	AddresseeNamed      Kind = 201 // a further addressee of the same ruling
	RulingFinal         Kind = 202 // instants.final
	RulingAnnulled      Kind = 203 // lifts everything that rests on it
	RulingVaried        Kind = 204 // instants.due, a new deadline
	SumStated           Kind = 205 // opening = amount last stated, reference
	PerformanceRecorded Kind = 206 // the authority states that the obligation is performed
	PerformanceClaimed  Kind = 207 // the party says so, with proof
	ClaimAnswered       Kind = 208 // code = upheld, rejected
	SettlementRecorded  Kind = 209 // the parties settled: no default while it is kept; ends what the list says it ends
	SettlementFailed    Kind = 210
	SecurityGiven       Kind = 211 // enough effective security
	InabilityFound      Kind = 212 // the debtor cannot pay: not a defaulter

	// Listings, 300 to 399.
	ListingProposed   Kind = 300 // list, code = ground, addressee, ref ruling
	ListingAmended    Kind = 301 // before notice
	NoticeServed      Kind = 302 // code = method, instants.served; opening = proof
	ObjectionMade     Kind = 303 // the party's
	ObjectionDecided  Kind = 304 // code = upheld, rejected; by another officer
	ListingConfirmed  Kind = 305 // after the window
	ListingDropped    Kind = 306 // the proposal is withdrawn
	ListingStayed     Kind = 307 // instants.from, until
	StayLifted        Kind = 308
	Exempted          Kind = 309 // codes = activities, instants.from, until
	ExemptionRevoked  Kind = 310
	ListingEnded      Kind = 311 // code = exit event of the list
	ListingCorrected  Kind = 312 // after notice; told are told again
	ErrorClaimed      Kind = 313 // the party says that the entry is wrong, with proof
	ErrorAnswered     Kind = 314 // code = upheld, rejected
	ListingRenewed    Kind = 315 // at review; instants.review
	CreditorRequested Kind = 316 // creditor asks for the entry, or for its deletion (code)
	MakeGoodServed    Kind = 317 // everyone who was told has been told of the correction
	ListingMarked     Kind = 318 // an exit that only marks ("satisfied")

	// Reported listings (imports), 320 to 329.
	ListingReported  Kind = 320 // code = ground, instants.from, until; source
	ReportChanged    Kind = 321 // a newer snapshot says otherwise
	ReportWithdrawn  Kind = 322 // a newer snapshot no longer shows it
	reservedLastKind Kind = 399
)

// CaseKind is the noun that a case is about.
type CaseKind uint8

// The kinds of case.
const (
	NoCase CaseKind = iota
	ConstitutionCase
	PartyCase
	RulingCase
	ListingCase
	SourceCase
	LooksCase
)

// String names the kind of case as ids print it.
func (k CaseKind) String() string {
	switch k {
	case ConstitutionCase:
		return "constitution"
	case PartyCase:
		return "party"
	case RulingCase:
		return "ruling"
	case ListingCase:
		return "listing"
	case SourceCase:
		return "source"
	case LooksCase:
		return "looks"
	}
	return "none"
}

// kindInfo is what every reader needs to know of a kind before its fields.
type kindInfo struct {
	name  string
	noun  CaseKind
	opens bool // stands first in its case
}

func (k Kind) info() (kindInfo, bool) {
	switch k {
	case RegisterFounded:
		return kindInfo{"register.founded", ConstitutionCase, true}, true
	case KeyGranted:
		return kindInfo{"key.granted", ConstitutionCase, false}, true
	case KeyRevoked:
		return kindInfo{"key.revoked", ConstitutionCase, false}, true
	case AuthorityRecorded:
		return kindInfo{"authority.recorded", ConstitutionCase, false}, true
	case AuthorityChanged:
		return kindInfo{"authority.changed", ConstitutionCase, false}, true
	case RulebookAdopted:
		return kindInfo{"rulebook.adopted", ConstitutionCase, false}, true
	case RulebookRepealed:
		return kindInfo{"rulebook.repealed", ConstitutionCase, false}, true
	case ListRepealed:
		return kindInfo{"list.repealed", ConstitutionCase, false}, true
	case SnapshotImported:
		return kindInfo{"snapshot.imported", SourceCase, true}, true
	case LooksSealed:
		return kindInfo{"looks.sealed", LooksCase, true}, true
	case PartyRecorded:
		return kindInfo{"party.recorded", PartyCase, true}, true
	case PartyChanged:
		return kindInfo{"party.changed", PartyCase, false}, true
	case PartyErased:
		return kindInfo{"party.erased", PartyCase, false}, true
	}
	if k >= 200 && k < 300 {
		return k.rulingInfo()
	}
	return k.listingInfo()
}

func (k Kind) rulingInfo() (kindInfo, bool) {
	names := [...]string{"ruling.recorded", "addressee.named", "ruling.final", "ruling.annulled", "ruling.varied", "sum.stated",
		"performance.recorded", "performance.claimed", "claim.answered", "settlement.recorded", "settlement.failed",
		"security.given", "inability.found"}
	i := int(k) - int(RulingRecorded)
	if i < 0 || i >= len(names) {
		return kindInfo{}, false
	}
	return kindInfo{names[i], RulingCase, k == RulingRecorded}, true
}

func (k Kind) listingInfo() (kindInfo, bool) {
	names := [...]string{"listing.proposed", "listing.amended", "notice.served", "objection.made", "objection.decided",
		"listing.confirmed", "listing.dropped", "listing.stayed", "stay.lifted", "exempted", "exemption.revoked", "listing.ended",
		"listing.corrected", "error.claimed", "error.answered", "listing.renewed", "creditor.requested", "make-good.served",
		"listing.marked", "", "listing.reported", "report.changed", "report.withdrawn"}
	i := int(k) - int(ListingProposed)
	if i < 0 || i >= len(names) || names[i] == "" {
		return kindInfo{}, false
	}
	return kindInfo{names[i], ListingCase, k == ListingProposed || k == ListingReported}, true
}

// String names the kind, "listing.confirmed".
func (k Kind) String() string {
	if i, ok := k.info(); ok {
		return i.name
	}
	return "unknown"
}

// Noun is the kind of case that an act of this kind belongs to.
func (k Kind) Noun() CaseKind {
	i, _ := k.info()
	return i.noun
}

// Opens reports whether an act of this kind stands first in its case.
func (k Kind) Opens() bool {
	i, _ := k.info()
	return i.opens
}

// Known reports whether this software understands the kind.
func (k Kind) Known() bool {
	_, ok := k.info()
	return ok
}

// Kinds lists every known kind in order of number.
func Kinds() []Kind {
	var out []Kind
	for k := range reservedLastKind {
		if k.Known() {
			out = append(out, k)
		}
	}
	return out
}

// KindNamed finds a kind by its name.
func KindNamed(name string) (Kind, bool) {
	for _, k := range Kinds() {
		if k.String() == name {
			return k, true
		}
	}
	return 0, false
}

// PartyKind says who is addressed. Unknown is protected like a person.
type PartyKind uint8

// The kinds of party.
const (
	UnknownParty PartyKind = 0
	Organisation PartyKind = 1
	PublicBody   PartyKind = 2
	Person       PartyKind = 3
)

// Protected reports whether a party gets a natural person's protection.
func (k PartyKind) Protected() bool { return k != Organisation && k != PublicBody }

// String names the kind as the API does.
func (k PartyKind) String() string {
	switch k {
	case Organisation:
		return "organisation"
	case PublicBody:
		return "public-body"
	case Person:
		return "person"
	}
	return "unknown"
}

// MarshalText names the kind.
func (k PartyKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the kind.
func (k *PartyKind) UnmarshalText(b []byte) error {
	for v := range PartyKind(4) {
		if v.String() == string(b) {
			*k = v
			return nil
		}
	}
	return Errorf(Invalid, "%.40q is not a kind of party: organisation, public-body, person or unknown", string(b))
}

// Facts are statements that an authority makes with an act, one bit each,
// numbered for ever.
type Facts uint32

// The facts.
const (
	AddresseeAdult   Facts = 1 << 0 // the authority states that the addressee is an adult
	RulingOrders     Facts = 1 << 1 // the ruling itself orders the entry
	ProofAttached    Facts = 1 << 2 // the claim comes with proof, its digest in the opening
	NoticeWaived     Facts = 1 << 3 // the ruling itself orders immediate effect (charter 2)
	FullPerformance  Facts = 1 << 4 // not a part
	CreditorConsents Facts = 1 << 5
	ConditionsMet    Facts = 1 << 6 // conditional release: the office judged the conditions met
	Indefinite       Facts = 1 << 7 // the source states no end
	Recognised       Facts = 1 << 8 // listing rests on another list's decision (cross-debarment)
	Permanent        Facts = 1 << 9 // the source says "permanent": a screening entry, no effect is for life
)

const allFacts = Permanent<<1 - 1

// Has reports whether all bits of f are set.
func (s Facts) Has(f Facts) bool { return s&f == f }
