package sqlite

import (
	"context"
	"errors"
	"sync"

	"github.com/openstanding/standing"
)

// gate counts calls in progress, so that Close can wait for them.
type gate struct {
	mu     sync.Mutex
	closed bool
	inside sync.WaitGroup
}

func (g *gate) enter() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return false
	}
	g.inside.Add(1)
	return true
}

func (g *gate) leave() { g.inside.Done() }

// close reports whether this call is the one that closed the gate, and waits
// until nobody is inside.
func (g *gate) close() bool {
	g.mu.Lock()
	first := !g.closed
	g.closed = true
	g.mu.Unlock()
	g.inside.Wait()
	return first
}

// enter begins a call; every nil is followed by gate.leave.
func (s *Store) enter(ctx context.Context) error {
	if ctx != nil && ctx.Err() != nil {
		return standing.Errorf(standing.Unavailable, "the store was not asked: %v", ctx.Err())
	}
	if !s.gate.enter() {
		return standing.Errorf(standing.Unavailable, "the store is closed")
	}
	return nil
}

// pool keeps connections for reading. Short reads wait for one of a few; a
// long read, whose caller may read again in between, gets one of its own.
type pool struct {
	dial func() (*conn, error)
	free chan *conn // nil stands for one not opened yet
}

func (p *pool) start(n int, dial func() (*conn, error)) {
	p.dial = dial
	p.free = make(chan *conn, n)
	for range n {
		p.free <- nil
	}
}

// use calls fn with a connection.
func (p *pool) use(fn func(*conn) error) error {
	c := <-p.free
	if c == nil {
		var err error
		if c, err = p.dial(); err != nil {
			p.free <- nil
			return err
		}
	}
	defer func() { p.free <- c }()
	return fn(c)
}

// own calls fn with a connection opened for it.
func (p *pool) own(fn func(*conn) error) error {
	c, err := p.dial()
	if err != nil {
		return err
	}
	return errors.Join(fn(c), c.close())
}

func (p *pool) close() error {
	var err error
	for range cap(p.free) {
		if c := <-p.free; c != nil {
			err = errors.Join(err, c.close())
		}
	}
	return err
}
