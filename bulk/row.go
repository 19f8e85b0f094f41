package bulk

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"strconv"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// The nouns that are published, as deltas name them.
const (
	PartyNoun   = "party"
	ListingNoun = "listing"
)

// Party is a row of parties.jsonl: the API's row and an id that stays as long as
// the party is public and says nothing of it. The rows are in the order of
// Party, by bytes.
type Party struct {
	ID string `json:"id"`
	api.PartyRow
}

// Listing is a row of listings.jsonl, in the order of ID, by bytes.
type Listing struct{ api.ListingRow }

// namer gives the ids that are made here: "std-" and 40 hex digits of
// HMAC-SHA-256 under the register's publishing key over origin, noun and id.
// The key keeps whoever holds a list of identifiers from finding out which of
// them an id that has gone belonged to.
type namer struct {
	mac    hash.Hash
	origin string
	sum    [sha256.Size]byte
}

func newNamer(key []byte, origin string) *namer {
	return &namer{mac: hmac.New(sha256.New, key), origin: origin}
}

const idPrefix = "std-"

func (n *namer) id(noun, id string) string {
	n.mac.Reset()
	n.mac.Write([]byte(n.origin + "\x00" + noun + "\x00" + id))
	var text [len(idPrefix) + 40]byte
	copy(text[:], idPrefix)
	hex.Encode(text[len(idPrefix):], n.mac.Sum(n.sum[:0])[:20])
	return string(text[:])
}

// batch is a run of rows, of one noun, on its way to the files. Nobody changes
// it any more.
type batch struct {
	noun     string
	parties  []api.PartyRow
	listings []api.ListingRow
	ids      []string // made by namer, one per row
	lines    []byte   // canonical, each with its line feed
	ends     []int    // of each line in lines
}

const batchRows = 1024

func newBatch(noun string) *batch {
	b := &batch{noun: noun, ids: make([]string, 0, batchRows), ends: make([]int, 0, batchRows), lines: make([]byte, 0, batchRows*320)}
	if noun == PartyNoun {
		b.parties = make([]api.PartyRow, 0, batchRows)
	} else {
		b.listings = make([]api.ListingRow, 0, batchRows)
	}
	return b
}

func (b *batch) rows() int { return len(b.ends) }

// line returns a row's canonical form without its line feed.
func (b *batch) line(i int) []byte {
	from := 0
	if i > 0 {
		from = b.ends[i-1]
	}
	return b.lines[from : b.ends[i]-1]
}

// key is by what the rows are ordered.
func (b *batch) key(i int) string {
	if b.noun == PartyNoun {
		return b.parties[i].Party
	}
	return b.listings[i].ID
}

// id is by what deltas name a row.
func (b *batch) id(i int) string {
	if b.noun == PartyNoun {
		return b.ids[i]
	}
	return b.listings[i].ID
}

func (b *batch) addParty(n *namer, r *api.PartyRow) {
	row := api.PartyRow{Party: keep(r.Party), Kind: r.Kind, Names: keepAll(r.Names), Identifiers: keepAll(r.Identifiers),
		Country: keep(r.Country), Region: keep(r.Region), Address: keep(r.Address), Registry: standing.AuthorityID(keep(string(r.Registry))),
		Entries: r.Entries, Lists: keepLists(r.Lists), Newest: bounded(r.Newest)}
	id := n.id(PartyNoun, row.Party)
	b.parties, b.ids = append(b.parties, row), append(b.ids, id)
	l := line{b: b.lines}
	l.open()
	l.text("address", row.Address)
	l.text("country", row.Country)
	l.name("entries")
	l.b = strconv.AppendInt(l.b, int64(row.Entries), 10)
	l.text("id", id)
	l.texts("identifiers", row.Identifiers)
	l.text("kind", row.Kind.String())
	l.texts("lists", listTexts(row.Lists))
	l.list("names", row.Names)
	l.when("newest", row.Newest)
	l.text("party", row.Party)
	l.text("region", row.Region)
	l.text("registry", string(row.Registry))
	l.shut()
	b.lines = append(l.b, '\n')
	b.ends = append(b.ends, len(b.lines))
}

func (b *batch) addListing(n *namer, r *api.ListingRow) {
	row := api.ListingRow{ID: keep(r.ID), List: standing.ListID(keep(string(r.List))), Field: keep(r.Field), Ground: keep(r.Ground), Party: keep(r.Party), Name: keep(r.Name),
		PartyKind: r.PartyKind, Region: keep(r.Region), Authority: standing.AuthorityID(keep(string(r.Authority))), Ruling: keep(r.Ruling), RulingKind: keep(r.RulingKind),
		Docket: keep(r.Docket), Decided: bounded(r.Decided), From: bounded(r.From), Until: bounded(r.Until), Review: bounded(r.Review), Stayed: r.Stayed,
		Source: keep(r.Source), Snapshot: bounded(r.Snapshot)}
	b.listings, b.ids = append(b.listings, row), append(b.ids, n.id(ListingNoun, row.ID))
	l := line{b: b.lines}
	l.open()
	l.text("authority", string(row.Authority))
	l.when("decided", row.Decided)
	l.text("docket", row.Docket)
	l.text("field", row.Field)
	l.when("from", row.From)
	l.text("ground", row.Ground)
	l.text("id", row.ID)
	l.text("list", string(row.List))
	l.text("name", row.Name)
	l.text("party", row.Party)
	l.text("partyKind", row.PartyKind.String())
	l.text("region", row.Region)
	l.when("review", row.Review)
	l.text("ruling", row.Ruling)
	l.text("rulingKind", row.RulingKind)
	l.when("snapshot", row.Snapshot)
	l.text("source", row.Source)
	if row.Stayed {
		l.name("stayed")
		l.b = append(l.b, "true"...)
	}
	l.when("until", row.Until)
	l.shut()
	b.lines = append(l.b, '\n')
	b.ends = append(b.ends, len(b.lines))
}

// keep copies a text, since a row is valid only while it is handed out, and
// mends what is not UTF-8, which no format here can hold.
func keep(s string) string { return strings.Clone(strings.ToValidUTF8(s, "\uFFFD")) }

func keepAll(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = keep(s)
	}
	return out
}

func keepLists(list []standing.ListID) []standing.ListID {
	if len(list) == 0 {
		return nil
	}
	out := make([]standing.ListID, len(list))
	for i, s := range list {
		out[i] = standing.ListID(keep(string(s)))
	}
	return out
}

func listTexts(list []standing.ListID) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

// bounded leaves out instants that are no dates: an end that is open is none.
func bounded(at standing.Instant) standing.Instant {
	if !at.Valid() {
		return 0
	}
	return at
}
