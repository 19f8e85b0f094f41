package sqlite

import "errors"

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
