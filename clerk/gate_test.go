package clerk_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

// gate is a store whose commits wait at a gate while it is shut, and whose reads
// fail when they are told to.
type gate struct {
	store.Store
	mu     sync.Mutex
	shut   chan struct{} // nil: open; each value lets one commit through
	atGate chan struct{} // told of every commit that waits
	failed atomic.Bool   // reads of the vault fail
}

func newGate(s store.Store) *gate { return &gate{Store: s, atGate: make(chan struct{}, 64)} }

// Commit waits for the gate.
func (g *gate) Commit(ctx context.Context, b *store.Batch) error {
	g.mu.Lock()
	shut := g.shut
	g.mu.Unlock()
	if shut != nil {
		g.atGate <- struct{}{}
		<-shut
	}
	return g.Store.Commit(ctx, b)
}

// close shuts the gate; open lets everybody through.
func (g *gate) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut = make(chan struct{})
}

func (g *gate) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.shut != nil {
		close(g.shut)
	}
	g.shut = nil
}

// pass lets one commit through.
func (g *gate) pass() { g.shut <- struct{}{} }

// Vault fails when it is told to.
func (g *gate) Vault(ctx context.Context, position uint64) (store.VaultRow, error) {
	if g.failed.Load() {
		return store.VaultRow{}, &standing.Error{Kind: standing.Unavailable, What: "the vault cannot be read", Err: errors.New("injected")}
	}
	return g.Store.Vault(ctx, position)
}
