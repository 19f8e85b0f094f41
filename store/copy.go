package store

import "context"

// Sink takes in what a store holds, a row at a time: State first, leaves in
// order of position, looks in order of age, everything else in any order. What a
// call is given is the caller's again when it returns. An error ends the copy and
// comes back as it is.
type Sink interface {
	// State is the size and the signed checkpoint of the one state copied.
	State(size uint64, checkpoint []byte) error
	Leaf(position uint64, leaf []byte) error
	Head(*Head) error
	Vault(*VaultRow) error
	Effect(*EffectRow) error
	// Tile is not called by Export: tiles follow from the leaves, and whoever
	// restores computes them again.
	Tile(*Tile) error
	Document(*Document) error
	Look(*Look) error
	Told(*Told) error
}

// Exporter is a store that can be copied while it is written to. Look-ups and
// the lease are not in a copy: the former follow from the vault.
type Exporter interface {
	// Export gives a sink everything that one state of the store holds. Commits
	// go on meanwhile and are not seen.
	Export(ctx context.Context, to Sink) error
}

// Flusher is a store in whose files something of what was erased may remain until
// it is flushed. Commits wait meanwhile.
type Flusher interface {
	Flush(ctx context.Context) error
}

var (
	_ Exporter = (*observed)(nil)
	_ Flusher  = (*observed)(nil)
)
