package server

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

// Limits bound what connections may cost. Zero fields mean the default.
type Limits struct {
	Connections int           // open at a time; further ones wait in the kernel; 4,096
	Header      time.Duration // to send the header of a request; 5 s
	Read        time.Duration // to send a whole request; 2 min, time for a statement on a slow line
	Write       time.Duration // to take the whole answer; 2 min
	Idle        time.Duration // between two requests; 2 min
	Drain       time.Duration // for requests under way when the server ends; 15 s
}

// maxHeader bounds the header of a request in bytes. Go allows 4 KiB more.
const maxHeader = 16 << 10

func (l Limits) withDefaults() Limits {
	set := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	if l.Connections == 0 {
		l.Connections = 4096
	}
	set(&l.Header, 5*time.Second)
	set(&l.Read, 2*time.Minute)
	set(&l.Write, 2*time.Minute)
	set(&l.Idle, 2*time.Minute)
	set(&l.Drain, 15*time.Second)
	return l
}

// Serve answers connections within the default limits until the context ends,
// then lets requests under way finish. It closes the listener. Nil means that
// it ended because it was told to.
func Serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	return Limits{}.Serve(ctx, listener, handler)
}

// Serve is the function Serve within these limits.
func (l Limits) Serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	l = l.withDefaults()
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: l.Header, ReadTimeout: l.Read, WriteTimeout: l.Write, IdleTimeout: l.Idle, MaxHeaderBytes: maxHeader}
	ended := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.Drain)
		defer cancel()
		err := srv.Shutdown(drain)
		if err != nil {
			_ = srv.Close() // whoever is still there had the time
		}
		ended <- err
	})
	err := srv.Serve(&limited{Listener: listener, slots: make(chan struct{}, l.Connections), done: make(chan struct{})})
	if stop() {
		_ = srv.Close()
		return err // the listener failed before the context ended
	}
	if err := <-ended; err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return nil
}

// limited is a listener that holds so many connections open at most.
type limited struct {
	net.Listener
	slots chan struct{}
	done  chan struct{}
	once  sync.Once
}

func (l *limited) Accept() (net.Conn, error) {
	select {
	case l.slots <- struct{}{}:
	case <-l.done:
		return nil, net.ErrClosed
	}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.slots
		return nil, err
	}
	return &limitedConn{Conn: c, release: func() { <-l.slots }}, nil
}

func (l *limited) Close() error {
	l.once.Do(func() { close(l.done) })
	return l.Listener.Close()
}

type limitedConn struct {
	net.Conn
	once    sync.Once
	release func()
}

func (c *limitedConn) Close() error {
	err := c.Conn.Close()
	c.once.Do(c.release)
	return err
}

// CloseWrite lets net/http end a connection whose request it did not read to the
// end without the answer being lost.
func (c *limitedConn) CloseWrite() error {
	if w, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return w.CloseWrite()
	}
	return nil
}
