package standing

import "math/bits"

// fieldSet is a set of an act's fields, a bit per number.
type fieldSet uint32

const (
	always     fieldSet = 1<<1 | 1<<2 | 1<<3 | 1<<4
	hVersion   fieldSet = 1 << 5
	hAuthority fieldSet = 1 << 6
	hOccurred  fieldSet = 1 << 7
	hList      fieldSet = 1 << 8
	hRegion    fieldSet = 1 << 9
	hRefs      fieldSet = 1 << 10
	hCode      fieldSet = 1 << 11
	hSeverity  fieldSet = 1 << 12
	hInstants  fieldSet = 1 << 13
	hAddressee fieldSet = 1 << 14
	hParty     fieldSet = 1 << 15
	hFacts     fieldSet = 1 << 16
	hCommits   fieldSet = 1 << 17
	hCodes     fieldSet = 1 << 18
	hDigest    fieldSet = 1 << 19
	hPayload   fieldSet = 1 << 20
	hKey       fieldSet = 1 << 21
	hSource    fieldSet = 1 << 22
	hOfficer   fieldSet = 1 << 23
	hHolder    fieldSet = 1 << 24

	common = always | hVersion | hAuthority | hOccurred | hRefs | hCommits | hKey
)

func fieldName(n int) string {
	return [...]string{"format", "kind", "register", "case", "version", "authority", "occurred", "list", "region", "refs", "code", "severity", "instants",
		"addressee", "party", "facts", "commitment", "codes", "digest", "payload", "key", "source", "officer", "holder"}[n-1]
}

// fields is the set of fields that the act carries.
func (a *Act) fields() fieldSet {
	set := always
	for _, f := range [...]struct {
		bit fieldSet
		has bool
	}{
		{hVersion, a.Version != 0}, {hAuthority, a.Authority != ""}, {hOccurred, a.Occurred != 0}, {hList, a.List != ""}, {hRegion, a.Region != ""},
		{hRefs, len(a.Refs) > 0}, {hCode, a.Code != ""}, {hSeverity, a.Severity != 0}, {hInstants, len(a.Instants) > 0}, {hAddressee, a.Addressee != 0},
		{hParty, a.Party != 0}, {hFacts, a.Facts != 0}, {hCommits, !a.Commitment.IsZero()}, {hCodes, len(a.Codes) > 0}, {hDigest, !a.Digest.IsZero()},
		{hPayload, len(a.Payload) > 0}, {hKey, len(a.Key) > 0}, {hSource, a.Source != nil}, {hOfficer, a.Officer != OfficerID{}}, {hHolder, a.Holder != ""},
	} {
		if f.has {
			set |= f.bit
		}
	}
	return set
}

// carries is the set of fields that acts of a kind may carry. Any other would be
// a place, in bytes that everyone may read, where nothing reads what is written
// and anything can be: a name, a number, a docket.
func (k Kind) carries() fieldSet {
	switch k.Noun() {
	case ConstitutionCase:
		return k.constitutionCarries()
	case SourceCase:
		return common | hList | hInstants | hDigest | hSource
	case LooksCase:
		return common | hInstants | hDigest
	case PartyCase:
		return common | hRegion | hParty | hSource
	case RulingCase:
		return k.rulingCarries()
	}
	return k.listingCarries()
}

func (k Kind) constitutionCarries() fieldSet {
	switch k {
	case RegisterFounded:
		return common | hPayload
	case KeyGranted:
		return common | hInstants | hCodes | hPayload | hOfficer | hHolder
	case KeyRevoked:
		return common | hInstants | hPayload
	case AuthorityRecorded, AuthorityChanged:
		return common | hRegion | hCode | hCodes | hHolder
	case RulebookAdopted:
		return common | hList | hInstants | hDigest
	}
	return common | hList | hInstants
}

func (k Kind) rulingCarries() fieldSet {
	switch k {
	case RulingRecorded:
		return common | hRegion | hCode | hInstants | hParty | hFacts | hCodes | hSource
	case AddresseeNamed:
		return common | hRegion | hParty | hFacts | hCodes | hSource
	case RulingFinal, RulingVaried:
		return common | hInstants | hSource
	case ClaimAnswered:
		return common | hCode
	}
	return common | hAddressee | hFacts | hSource
}

func (k Kind) listingCarries() fieldSet {
	on := common | hList // the list may be named again
	switch k {
	case ListingProposed:
		return on | hRegion | hCode | hSeverity | hAddressee | hParty | hFacts
	case ListingReported:
		return on | hRegion | hCode | hSeverity | hInstants | hAddressee | hParty | hFacts | hSource
	case ReportChanged:
		return on | hCode | hInstants | hFacts | hSource
	case ReportWithdrawn:
		return on | hSource
	case Exempted:
		return on | hCode | hInstants | hCodes | hDigest
	case NoticeServed:
		return on | hCode | hInstants
	case ListingConfirmed, ListingStayed, ListingRenewed:
		return on | hInstants | hFacts
	case ObjectionMade, ErrorClaimed, ListingDropped, StayLifted, ExemptionRevoked, MakeGoodServed:
		return on | hFacts
	}
	return on | hCode | hFacts
}

// stray is the name of a field that acts of its kind do not carry, "" for none.
func (a *Act) stray() string {
	if extra := a.fields() &^ a.Kind.carries(); extra != 0 {
		return fieldName(bits.TrailingZeros32(uint32(extra)))
	}
	return ""
}
