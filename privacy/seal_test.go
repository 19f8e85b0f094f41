package privacy_test

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing/privacy"
)

var key = [32]byte([]byte("an example key of thirty-two b.."))

// counting yields 0, 1, 2, ... so that golden bytes can be pinned.
type counting byte

func (c *counting) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(*c)
		*c++
	}
	return len(p), nil
}

func TestSealGolden(t *testing.T) {
	sealed, err := privacy.Seal(key, []byte("digest"), []byte("opening"), new(counting))
	if err != nil {
		t.Fatal(err)
	}
	const want = "01" + // version
		"000102030405060708090a0b" + // nonce
		"d180c7ef676ede" + // ciphertext
		"1cce33e08351f3705893c1464486b8d4" // tag
	if got := hex.EncodeToString(sealed); got != want {
		t.Errorf("sealed bytes changed: rows already stored would not open\n got %s\nwant %s", got, want)
	}
}

func TestSealOpen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := [32]byte(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "key"))
		k[0] |= 1
		aad := rapid.SliceOf(rapid.Byte()).Draw(t, "aad")
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		sealed, err := privacy.Seal(k, aad, plain, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if len(sealed) != len(plain)+privacy.Overhead {
			t.Fatalf("%d bytes became %d", len(plain), len(sealed))
		}
		got, err := privacy.Open(k, aad, sealed)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("Open = %x, %v; want %x", got, err, plain)
		}
		other := k
		other[rapid.IntRange(0, 31).Draw(t, "key byte")] ^= 0x40
		if _, err := privacy.Open(other, aad, sealed); !errors.Is(err, privacy.ErrTampered) {
			t.Fatalf("another key: %v", err)
		}
		if _, err := privacy.Open(k, append(aad, 0), sealed); !errors.Is(err, privacy.ErrTampered) {
			t.Fatalf("another act: %v", err)
		}
		cut := rapid.IntRange(0, len(sealed)-1).Draw(t, "cut")
		if _, err := privacy.Open(k, aad, sealed[:cut]); !errors.Is(err, privacy.ErrTampered) {
			t.Fatalf("cut to %d: %v", cut, err)
		}
	})
}

func TestOpenEveryByteCounts(t *testing.T) {
	sealed, err := privacy.Seal(key, nil, []byte("a name"), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for i := range sealed {
		bad := bytes.Clone(sealed)
		bad[i] ^= 1
		if _, err := privacy.Open(key, nil, bad); !errors.Is(err, privacy.ErrTampered) {
			t.Errorf("byte %d flipped: %v", i, err)
		}
	}
}

func TestErasedKey(t *testing.T) {
	var none [32]byte
	if _, err := privacy.Seal(none, nil, nil, rand.Reader); !errors.Is(err, privacy.ErrErased) {
		t.Errorf("Seal: %v", err)
	}
	if _, err := privacy.Open(none, nil, make([]byte, 64)); !errors.Is(err, privacy.ErrErased) {
		t.Errorf("Open: %v", err)
	}
	if _, err := privacy.NewBox(none); !errors.Is(err, privacy.ErrErased) {
		t.Errorf("NewBox: %v", err)
	}
	var b privacy.Box
	if _, err := b.Open(nil, nil); !errors.Is(err, privacy.ErrErased) {
		t.Errorf("zero Box opens: %v", err)
	}
	if _, err := b.Seal(nil, nil, rand.Reader); !errors.Is(err, privacy.ErrErased) {
		t.Errorf("zero Box seals: %v", err)
	}
}

func TestSealNeedsRandomness(t *testing.T) {
	if _, err := privacy.Seal(key, nil, nil, strings.NewReader("too short")); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("Seal without randomness: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("aad"), []byte{1})
	f.Fuzz(func(t *testing.T, aad, sealed []byte) {
		if plain, err := privacy.Open(key, aad, sealed); err == nil {
			t.Fatalf("opened a forgery: %x", plain)
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	opening, aad := make([]byte, 300), make([]byte, 32)
	b.Run("key", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			privacy.Seal(key, aad, opening, rand.Reader)
		}
	})
	b.Run("box", func(b *testing.B) {
		box, _ := privacy.NewBox(key)
		b.ReportAllocs()
		for b.Loop() {
			box.Seal(aad, opening, rand.Reader)
		}
	})
	b.Run("open", func(b *testing.B) {
		sealed, _ := privacy.Seal(key, aad, opening, rand.Reader)
		b.ReportAllocs()
		for b.Loop() {
			privacy.Open(key, aad, sealed)
		}
	})
}
