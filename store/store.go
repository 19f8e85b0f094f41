// Package store is the contract between the clerk, the only writer, and a
// database. A store keeps and finds; it decides nothing. The promises below are
// checked on every implementation by package storetest.
package store

import (
	"context"

	"github.com/openstanding/standing"
)

// FormatVersion is the version of what stores write. A store of a newer one
// refuses to open with [standing.Unsupported].
const FormatVersion = 1

// Key is a look-up key: a truncated HMAC of an identifier or name under the
// register's pepper, which lives outside the store.
type Key [16]byte

// Head is the end of a case: how many acts it has, and where they stand.
type Head struct {
	Case      standing.CaseID
	Kind      standing.CaseKind
	Version   uint64
	Positions []uint64          // of its acts, ascending
	Listings  []standing.CaseID // of a ruling: the listings that rest on it, in order of proposal
}

// HeadChange is what a batch appends to a head. When Version equals
// len(Positions) the case is new: one that exists already is a Conflict.
// Otherwise the case must be at Version - len(Positions), else Conflict. A case
// has one change in a batch at most.
type HeadChange struct {
	Case      standing.CaseID
	Kind      standing.CaseKind
	Version   uint64            // after the batch
	Positions []uint64          // appended
	Listings  []standing.CaseID // appended
}

// VaultRow is the sealed opening of the act at a position, the slot of the key
// that opens it, and the look-up keys of whom it names.
type VaultRow struct {
	Position uint64
	Slot     uint64
	Sealed   []byte
	Keys     []Key
}

// EffectRow is everything a check needs of one listing. A row with no effects
// says that the listing restricts nothing; it stays, so that its ruling's
// later acts find it.
type EffectRow struct {
	Listing   standing.CaseID
	Ruling    standing.CaseID
	Addressee uint8
	Party     standing.PartyKind
	List      standing.ListID
	Region    string
	Ground    string
	Severity  uint8
	Rulebook  standing.Digest
	Source    string // code of the source of a reported listing
	Effects   []standing.Effect
	Keys      []Key // of the addressee; empty once erased
}

// Tile is a tlog-tiles hash tile of height 8: Bytes holds 32 bytes per hash,
// 1 to 256 of them. A store keeps the widest per (Level, Index).
type Tile struct {
	Level uint8
	Index uint64
	Bytes []byte
}

// Document is a public text kept by digest: a rulebook.
type Document struct {
	Digest standing.Digest
	Bytes  []byte
}

// Batch is what one commit makes durable, all or nothing. It names a case, a
// vault position, a listing's effects or a tile once at most. What it erases and
// forgets may be its own.
type Batch struct {
	PreviousSize uint64 // acts in the store before: a compare-and-swap
	Leaves       [][]byte
	Heads        []HeadChange
	Vault        []VaultRow
	Effects      []EffectRow // each replaces the row of its listing
	Tiles        []Tile
	Documents    []Document
	Erased       []uint64          // positions whose vault rows go, with their look-ups
	Forgotten    []standing.CaseID // listings whose effect rows lose their keys
	Checkpoint   []byte            // signed note over the size after the batch
}

// Look is one look at a person's record: by whom, why, when. Keys are the
// look-up keys asked for; nothing in it names the person.
type Look struct {
	At      standing.Instant
	Relying string // code of the relying party
	Purpose string
	Key     Key
	Case    standing.CaseID // what was found, zero for nothing
	Verdict string
}

// Told records that a relying party learnt of a listing, so that a correction
// reaches everyone who was told.
type Told struct {
	Listing standing.CaseID
	Relying string
	At      standing.Instant // first time
}

// Store keeps the register.
//
// Durability: when Commit returns nil, the batch survives kill -9 and loss of
// power (the database's log file was synced). When it returns an error, the
// batch is absent or, if the error says [standing.Unavailable], its fate is
// unknown and the caller reads Size again before anything else.
//
// Consistency: a reader sees a batch whole or not at all; EachHead, EachEffect,
// Leaves and Looks go through the one state they began with, and their function
// may call the store. A Commit whose PreviousSize is not the store's size
// returns [standing.Conflict] and changes nothing. Methods are safe for
// concurrent use.
//
// A method whose context has ended, or whose store is closed, before it is
// called does nothing and returns [standing.Unavailable]; one that reads does so
// too when its context ends on the way. An error that a caller's function
// returns comes back as it is. A store may keep what a batch holds and hand out
// what it keeps: nobody changes either.
type Store interface {
	// Commit makes a batch durable.
	Commit(ctx context.Context, b *Batch) error
	// Size is the number of acts.
	Size(ctx context.Context) (uint64, error)
	// Head returns the head of a case; Version 0 when there is none.
	Head(ctx context.Context, id standing.CaseID) (Head, error)
	// Case returns a case's entries in order; none when there is no such case.
	Case(ctx context.Context, id standing.CaseID) ([]*standing.Entry, error)
	// Leaves calls fn with the entry bytes of positions from (inclusive) to to
	// (exclusive), or to the end if that comes first, in order, until fn returns
	// an error. The bytes are valid during the call only.
	Leaves(ctx context.Context, from, to uint64, fn func(position uint64, leaf []byte) error) error
	// EachHead calls fn with every head in ascending order of case id.
	EachHead(ctx context.Context, fn func(Head) error) error
	// LastCase returns the greatest case id; zero when there is none.
	LastCase(ctx context.Context) (standing.CaseID, error)
	// Vault returns the vault row of a position; Sealed is nil when it is absent or erased.
	Vault(ctx context.Context, position uint64) (VaultRow, error)
	// Lookup returns the positions whose vault rows hold the key, ascending.
	Lookup(ctx context.Context, key Key) ([]uint64, error)
	// Effect returns the row of a listing; NotFound when it has none.
	Effect(ctx context.Context, listing standing.CaseID) (EffectRow, error)
	// EachEffect calls fn with every effect row, in no order, and returns the
	// size of the state it saw. The row is fn's to keep.
	EachEffect(ctx context.Context, fn func(*EffectRow) error) (size uint64, err error)
	// Tile returns the bytes of a hash tile as wide as they are; NotFound.
	Tile(ctx context.Context, level uint8, index uint64) ([]byte, error)
	// Checkpoint returns the last signed checkpoint; nil before the first.
	Checkpoint(ctx context.Context) ([]byte, error)
	// Document returns a public text by digest; NotFound.
	Document(ctx context.Context, digest standing.Digest) ([]byte, error)
	// AppendLooks makes looks durable before it returns.
	AppendLooks(ctx context.Context, looks []Look) error
	// Looks calls fn with the looks at a key, oldest first; the zero key means all.
	Looks(ctx context.Context, key Key, fn func(Look) error) error
	// AppendTold records who was told of listings; the first time stays.
	AppendTold(ctx context.Context, told []Told) error
	// ToldOf returns who was told of a listing, by relying party.
	ToldOf(ctx context.Context, listing standing.CaseID) ([]Told, error)
	// Lease makes node the sequencer until now+ttl (seconds) unless another
	// node holds an unexpired lease, whose name it then returns.
	Lease(ctx context.Context, node string, now standing.Instant, ttl int64) (holder string, err error)
	// Bulk tells the store that a long load begins (true) or is over (false):
	// it may put off building look-up indexes in between, without losing any
	// of the promises above but the speed of Lookup.
	Bulk(ctx context.Context, on bool) error
	// Close releases the store.
	Close() error
}
