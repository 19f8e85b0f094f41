package gate_test

import (
	"context"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store/internal/gate"
)

func TestCloseWaits(t *testing.T) {
	var g gate.Gate
	if err := g.Enter(t.Context()); err != nil {
		t.Fatal(err)
	}
	closed := make(chan bool)
	go func() { closed <- g.Close() }()
	for { // until Close has begun
		if err := g.Enter(t.Context()); err != nil {
			if standing.KindOf(err) != standing.Unavailable {
				t.Errorf("Enter of a closed gate: %v", err)
			}
			break
		}
		g.Leave()
	}
	select {
	case <-closed:
		t.Error("Close did not wait for the call inside")
	default:
	}
	g.Leave()
	if !<-closed {
		t.Error("the first Close says that it was not")
	}
	if g.Close() {
		t.Error("the second Close says that it was the first")
	}
}

func TestEnterEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var g gate.Gate
	if err := g.Enter(ctx); standing.KindOf(err) != standing.Unavailable || err == nil {
		t.Errorf("Enter after the context ended: %v", err)
	}
	g.Close() // waits for ever if somebody were inside
}
