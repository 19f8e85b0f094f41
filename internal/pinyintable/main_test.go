package main

import (
	"bytes"
	"os"
	"testing"
)

// TestCommitted holds the committed table to what is made.
func TestCommitted(t *testing.T) {
	committed, err := os.ReadFile("../../match/pinyin/readings.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(committed, source()) {
		t.Error("match/pinyin/readings.go is not what go-pinyin says: run go generate ./match/pinyin")
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{"lǚ": "lu", "zhāng": "zhang", "ê": "e", "ǹ": "n", "x1": ""} {
		if got := plain(in); got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}
