package server_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/openstanding/standing/server"
)

func serve(t *testing.T, l server.Limits, h http.Handler) (addr string, stop context.CancelFunc, ended chan error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	ended = make(chan error, 1)
	go func() { ended <- l.Serve(ctx, listener, h) }()
	return listener.Addr().String(), cancel, ended
}

func TestServeLetsRequestsFinish(t *testing.T) {
	inside, goOn := make(chan struct{}), make(chan struct{})
	addr, stop, ended := serve(t, server.Limits{}, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(inside)
		<-goOn
		_, _ = io.WriteString(w, "whole")
	}))
	got := make(chan string, 1)
	go func() {
		response, err := http.Get("http://" + addr)
		if err != nil {
			got <- err.Error()
			return
		}
		defer response.Body.Close()
		b, _ := io.ReadAll(response.Body)
		got <- string(b)
	}()
	<-inside
	stop()
	select {
	case err := <-ended:
		t.Fatalf("it ended while a request was under way: %v", err)
	case <-time.After(20 * time.Millisecond):
	}
	close(goOn)
	if s := <-got; s != "whole" {
		t.Errorf("the answer is %q", s)
	}
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
	if _, err := net.Dial("tcp", addr); err == nil {
		t.Error("it still listens")
	}
}

func TestServeEndsInTheEnd(t *testing.T) {
	inside := make(chan struct{})
	addr, stop, ended := serve(t, server.Limits{Drain: 10 * time.Millisecond}, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(inside)
		<-r.Context().Done()
	}))
	go func() {
		if response, err := http.Get("http://" + addr); err == nil {
			_ = response.Body.Close()
		}
	}()
	<-inside
	stop()
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
}

func TestServeReportsItsListener(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = listener.Close()
	if err := server.Serve(context.Background(), listener, http.NotFoundHandler()); err == nil {
		t.Error("a listener that cannot listen is no error")
	}
}

func TestSlowHeaderIsCutOff(t *testing.T) {
	addr, _, _ := serve(t, server.Limits{Header: 20 * time.Millisecond, Read: 20 * time.Millisecond}, http.NotFoundHandler())
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n"); err != nil {
		t.Fatal(err)
	}
	_ = conn.SetReadDeadline(time.Now().Add(30 * time.Second))
	if b, err := io.ReadAll(conn); err != nil {
		t.Errorf("the connection stays open: %q %v", b, err)
	}
}

// TestConnectionsAreBounded holds two connections open and sees a third one wait
// until one of them ends.
func TestConnectionsAreBounded(t *testing.T) {
	addr, _, _ := serve(t, server.Limits{Connections: 2}, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }))
	ask := func(wait time.Duration) (net.Conn, error) {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		_ = conn.SetReadDeadline(time.Now().Add(wait))
		_, err = http.ReadResponse(bufio.NewReader(conn), nil)
		return conn, err
	}
	first, err := ask(30 * time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ask(30 * time.Second); err != nil {
		t.Fatal(err)
	}
	third, err := ask(50 * time.Millisecond)
	if err == nil {
		t.Fatal("a third connection is answered")
	}
	_ = first.Close()
	_ = third.SetReadDeadline(time.Now().Add(30 * time.Second))
	if _, err := http.ReadResponse(bufio.NewReader(third), nil); err != nil {
		t.Errorf("the third connection is not answered after one ended: %v", err)
	}
}
