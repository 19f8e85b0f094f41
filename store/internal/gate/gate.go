// Package gate lets a store that is closed wait for the calls still in it.
//
//	if err := g.Enter(ctx); err != nil { return err }
//	defer g.Leave()
package gate

import (
	"context"
	"sync"

	"github.com/openstanding/standing"
)

// Gate counts calls in progress. The zero value is open.
type Gate struct {
	mu     sync.Mutex
	closed bool
	inside sync.WaitGroup
}

// Enter begins a call; every nil is followed by one Leave. A context that has
// ended, or a gate that is closed, is Unavailable.
func (g *Gate) Enter(ctx context.Context) error {
	if err := Ended(ctx); err != nil {
		return err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return standing.Errorf(standing.Unavailable, "the store is closed")
	}
	g.inside.Add(1)
	return nil
}

// Leave ends a call.
func (g *Gate) Leave() { g.inside.Done() }

// Close lets nobody in any more, waits until nobody is inside, and reports
// whether this call was the first.
func (g *Gate) Close() bool {
	g.mu.Lock()
	first := !g.closed
	g.closed = true
	g.mu.Unlock()
	g.inside.Wait()
	return first
}

// Ended is the error of a call whose context has ended, else nil.
func Ended(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return standing.Errorf(standing.Unavailable, "the store was not asked, or not to the end: %v", err)
	}
	return nil
}
