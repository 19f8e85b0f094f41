package synth

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/region"
)

// office is the kind of work that an authority does; the rules say which office
// applies them.
type office uint8

const (
	registry office = iota
	court
	marketOffice
	taxOffice
	labourOffice
	treasury
	safetyOffice
	researchOffice
	city
	offices
)

// desk is whose key signs within an authority. Files of one month are sent in
// the order of the desks: what a party says is recorded after what the officer
// did, and decided by the reviewer after that.
type desk uint8

const (
	officer desk = iota
	partyCounter
	creditorCounter
	reviewer
	desks
)

// key is which of an authority's keys a desk uses: the counters share one.
func (d desk) key() int { return [...]int{0, 1, 1, 2}[d] }

func (d desk) algorithm() standing.Algorithm {
	if d == partyCounter || d == creditorCounter {
		return standing.Intake
	}
	return standing.Ed25519
}

func (d desk) onBehalfOf() string { return [...]string{"", "party", "creditor", ""}[d] }

// authority is a registry, court, agency or city with three keys: officer (at a
// registry: registrar), intake, reviewer.
type authority struct {
	id       standing.AuthorityID
	office   office
	kind     string
	region   region.ID // where it sits and acts; its entries on a national list hold everywhere
	seat     *place
	from     int // first place of its district
	names    []string
	entitled []string
	keys     [3]ed25519.PrivateKey
}

// officeTable names the offices, with what the register calls their kind, and
// says how many there are (assumptions): one for so many parties up to one for
// each province, beyond that one for so many that a monthly file fills.
var officeTable = [offices]struct {
	kind, code, en, zh string
	few, many, most    int
}{
	registry:       {"registry", "registry", "Registry", "市场主体登记机关", 2_000, 40_000, 31},
	court:          {"court", "court", "People's Court", "人民法院", 300, 30_000, 100},
	marketOffice:   {"agency", "market", "Market Regulation Office", "市场监督管理局", 10_000, 100_000, 31},
	taxOffice:      {"agency", "tax", "Tax Inspection Office", "税务稽查局", 20_000, 100_000, 31},
	labourOffice:   {"agency", "labour", "Labour Office", "人力资源和社会保障局", 40_000, 100_000, 31},
	treasury:       {"agency", "treasury", "Finance Office", "财政局", 100_000, 200_000, 31},
	safetyOffice:   {"agency", "safety", "Emergency Management Office", "应急管理局", 50_000, 100_000, 31},
	researchOffice: {"agency", "research", "Science Office", "科学技术局", 200_000, 400_000, 31},
	city:           {"municipality", "city", "City Credit Office", "社会信用中心", 1 << 40, 1 << 40, 1},
}

// number is how many offices of a kind a country of so many parties has.
func (o office) number(parties int) int {
	row := &officeTable[o]
	return min(max(min(parties/row.few, provinces), parties/row.many, 1), row.most)
}

const provinces = 31

// makeAuthorities founds offices as the number of parties needs them, each with
// a district of neighbouring places. An office without a rule has no authority.
func (w *World) makeAuthorities() {
	for o := range offices {
		lists := w.listsOf(o)
		if o != registry && len(lists) == 0 {
			continue
		}
		n := o.number(w.options.Parties)
		w.officeFrom[o] = len(w.authorities)
		for i := range n {
			from := i * len(w.places) / n
			w.authorities = append(w.authorities, w.makeAuthority(o, from, lists))
		}
		w.officeUntil[o] = len(w.authorities)
	}
}

func (w *World) makeAuthority(o office, from int, lists []string) authority {
	row, seat := &officeTable[o], &w.places[from]
	if o == city {
		from, seat = w.city, &w.places[w.city]
	}
	a := authority{office: o, kind: row.kind, region: seat.id, entitled: lists}
	a.id = standing.AuthorityID("cn-" + row.code + "-" + seat.code)
	a.seat, a.from = seat, from
	a.names = []string{seat.seatEN + " " + row.en + " (simulated)", seat.seatZH + row.zh + "（模拟）"}
	for i := range a.keys {
		a.keys[i] = w.key(string(a.id), i)
	}
	return a
}

// authorityFor is the authority of an office in whose district a place lies;
// false where the office does not exist here.
func (w *World) authorityFor(o office, p *place) (int, bool) {
	from, until := w.officeFrom[o], w.officeUntil[o]
	if from == until {
		return 0, false
	}
	n, _ := slices.BinarySearchFunc(w.authorities[from:until], p.index+1, func(a authority, at int) int { return a.from - at })
	return from + max(n, 1) - 1, true
}

// key derives a signing key from the seed: anyone who knows the seed can sign,
// which is what makes a made-up register and no other.
func (w *World) key(holder string, n int) ed25519.PrivateKey {
	b := binary.BigEndian.AppendUint64([]byte("standing/synth/key\x00"), w.seed)
	b = append(binary.BigEndian.AppendUint64(b, uint64(n)), holder...)
	seed := sha256.Sum256(b)
	return ed25519.NewKeyFromSeed(seed[:])
}

// officerOf is the person behind a key: of the same holder and number, so that
// a person's next key is still theirs.
func (w *World) officerOf(holder string, n int) standing.OfficerID {
	d := sha256.Sum256(binary.BigEndian.AppendUint64([]byte("standing/synth/officer\x00"+holder), uint64(n)))
	return standing.OfficerID(d[:16])
}
