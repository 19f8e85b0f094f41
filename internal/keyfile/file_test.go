package keyfile_test

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/openstanding/standing/internal/keyfile"
	"github.com/openstanding/standing/privacy"
)

const (
	headerSize = 4096
	slotSize   = 64
	block      = 4096
)

var options = keyfile.Options{Origin: "register.example/log", Master: [32]byte{1, 2, 3}}

func create(t testing.TB) (*keyfile.File, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys")
	f, err := keyfile.Create(path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, path
}

func open(t testing.TB, path string) *keyfile.File {
	t.Helper()
	f, err := keyfile.Open(path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func allocate(t testing.TB, k privacy.Keys, n int) privacy.Slot {
	t.Helper()
	s, err := k.Allocate(n)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// crash returns the path of a copy of the file as it is now, cut to size bytes
// if size is not negative: what another process would find after kill -9.
func crash(t testing.TB, path string, size int) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if size >= 0 {
		b = b[:size]
	}
	to := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(to, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return to
}

func TestReopen(t *testing.T) {
	f, path := create(t)
	first := allocate(t, f, 3)
	if first != 1 {
		t.Errorf("the first slot is %d", first)
	}
	keys := map[privacy.Slot][32]byte{}
	for s := first; s < first+3; s++ {
		k, err := f.Get(s)
		if err != nil {
			t.Fatal(err)
		}
		for other, o := range keys {
			if o == k {
				t.Errorf("slots %d and %d hold one key", s, other)
			}
		}
		keys[s] = k
	}
	if _, err := f.Get(4); !errors.Is(err, privacy.ErrNoSlot) {
		t.Errorf("a slot that was written ahead but not handed out: %v", err)
	}
	if err := f.Erase(2); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(path); info.Size() != headerSize+3*slotSize {
		t.Errorf("after a clean close the file has %d bytes", info.Size())
	}
	g := open(t, path)
	for s, k := range keys {
		got, err := g.Get(s)
		if s == 2 && (!errors.Is(err, privacy.ErrErased) || got != [32]byte{}) {
			t.Errorf("erased slot after reopening: %x, %v", got, err)
		}
		if s != 2 && (err != nil || got != k) {
			t.Errorf("slot %d after reopening: %x, %v; was %x", s, got, err, k)
		}
	}
	if next := allocate(t, g, 1); next != 4 {
		t.Errorf("after a clean close the next slot is %d, want 4", next)
	}
}

// The format is frozen: a file written by an old version must open for ever.
func TestGolden(t *testing.T) {
	o := options
	o.Rand = new(counting)
	path := filepath.Join(t.TempDir(), "keys")
	f, err := keyfile.Create(path, o)
	if err != nil {
		t.Fatal(err)
	}
	allocate(t, f, 2)
	f.Close()
	raw, _ := os.ReadFile(path)
	if got, want := fmt.Sprintf("%x", sha256.Sum256(raw)), "ce2b5f328610ee0ef81736ac89867b83711f9f1e9ba04475f7ffb49efd97605c"; got != want {
		t.Errorf("the bytes of a key file changed: SHA-256 %s, want %s", got, want)
	}
}

// counting yields 0, 1, 2, ...
type counting byte

func (c *counting) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(*c)
		*c++
	}
	return len(p), nil
}

func TestErase(t *testing.T) {
	f, path := create(t)
	first := allocate(t, f, 10)
	key, err := f.Get(first + 4)
	if err != nil {
		t.Fatal(err)
	}
	raw, _ := os.ReadFile(path)
	record := raw[headerSize+4*slotSize:][:slotSize]
	if bytes.Contains(raw, key[:]) {
		t.Error("the key stands in clear in the file")
	}
	for range 2 {
		if err := f.Erase(first+4, first+4, first+7); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Erase(); err != nil {
		t.Error(err)
	}
	now, _ := os.ReadFile(path)
	if bytes.Contains(now, record) {
		t.Error("the record is still in the file")
	}
	for _, s := range []privacy.Slot{0, first + 10, 1 << 50} {
		if err := f.Erase(first, s); !errors.Is(err, privacy.ErrNoSlot) {
			t.Errorf("Erase(%d): %v", s, err)
		}
	}
	for s := first; s < first+10; s++ {
		_, err := f.Get(s)
		if gone := s == first+4 || s == first+7; gone != errors.Is(err, privacy.ErrErased) || !gone && err != nil {
			t.Errorf("slot %d: %v", s, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	f, path := create(t)
	allocate(t, f, 1)
	if _, err := keyfile.Open(path, options); !errors.Is(err, keyfile.ErrInUse) {
		t.Errorf("a second opener: %v", err)
	}
	if _, err := keyfile.Create(path, options); !errors.Is(err, fs.ErrExist) {
		t.Errorf("creating over an existing file: %v", err)
	}
	for _, n := range []int{0, -1, privacy.MaxAllocate + 1} {
		if _, err := f.Allocate(n); err == nil {
			t.Errorf("Allocate(%d) succeeded", n)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("second Close: %v", err)
	}
	if _, err := f.Get(1); !errors.Is(err, os.ErrClosed) {
		t.Errorf("Get after Close: %v", err)
	}
	if _, err := f.Allocate(1); !errors.Is(err, os.ErrClosed) {
		t.Errorf("Allocate after Close: %v", err)
	}
	if err := f.Erase(1); !errors.Is(err, os.ErrClosed) {
		t.Errorf("Erase after Close: %v", err)
	}

	wrong := options
	wrong.Master[31] ^= 1
	if _, err := keyfile.Open(path, wrong); !errors.Is(err, keyfile.ErrMaster) {
		t.Errorf("wrong master: %v", err)
	}
	if _, err := keyfile.Open(path, keyfile.Options{Origin: options.Origin}); !errors.Is(err, keyfile.ErrMaster) {
		t.Errorf("no master: %v", err)
	}
	wrong = options
	wrong.Origin = "elsewhere.example/log"
	if _, err := keyfile.Open(path, wrong); err == nil || !strings.Contains(err.Error(), `belongs to register "register.example/log"`) {
		t.Errorf("another register's file: %v", err)
	}
	if _, err := keyfile.Open(path+"x", options); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	for _, origin := range []string{"", "a\nb", strings.Repeat("x", 256)} {
		if _, err := keyfile.Create(path+"y", keyfile.Options{Origin: origin, Master: options.Master}); err == nil {
			t.Errorf("origin %.10q accepted", origin)
		}
	}
	open(t, path) // the refused openers left no lock behind
}

// Every byte of the header that matters is guarded, and so is every record.
func TestDamage(t *testing.T) {
	f, path := create(t)
	allocate(t, f, 3)
	f.Close()
	good, _ := os.ReadFile(path)
	for at := 0; at < 512; at++ {
		bad := bytes.Clone(good)
		bad[at] ^= 1
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if g, err := keyfile.Open(path, options); err == nil {
			g.Close()
			t.Errorf("header byte %d damaged, and it opens", at)
		}
	}
	for at := headerSize + slotSize; at < headerSize+2*slotSize; at++ {
		bad := bytes.Clone(good)
		bad[at] ^= 1
		os.WriteFile(path, bad, 0o600)
		g := open(t, path)
		if _, err := g.Get(2); !errors.Is(err, privacy.ErrTampered) {
			t.Errorf("byte %d of slot 2 damaged: %v", at, err)
		}
		if _, err := g.Get(3); err != nil {
			t.Errorf("slot 2 damaged, slot 3: %v", err)
		}
		g.Close()
	}
	swapped := bytes.Clone(good)
	copy(swapped[headerSize:], good[headerSize+slotSize:][:slotSize])
	os.WriteFile(path, swapped, 0o600)
	if _, err := open(t, path).Get(1); !errors.Is(err, privacy.ErrTampered) {
		t.Errorf("slot 2 copied over slot 1: %v", err)
	}
}

func TestBadRandomness(t *testing.T) {
	for name, source := range map[string]io.Reader{
		"ends":  io.LimitReader(rand.Reader, 16+10*44),
		"zeros": io.MultiReader(io.LimitReader(rand.Reader, 16), zeros{}),
	} {
		o := options
		o.Rand = source
		path := filepath.Join(t.TempDir(), "keys")
		f, err := keyfile.Create(path, o)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second because the file is in doubt
			if s, err := f.Allocate(1); err == nil {
				t.Errorf("%s: handed out %d", name, s)
			}
		}
		f.Close()
		if s := allocate(t, open(t, path), 1); s != 1 {
			t.Errorf("%s: after reopening slot %d", name, s)
		}
	}
	if _, err := keyfile.Create(filepath.Join(t.TempDir(), "keys"), keyfile.Options{Origin: "x", Master: [32]byte{1}, Rand: strings.NewReader("")}); err == nil {
		t.Error("created a file without an id")
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestConcurrent(t *testing.T) {
	f, _ := create(t)
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		seen = map[privacy.Slot]bool{}
	)
	for range 4 {
		wg.Go(func() {
			for i := range 300 {
				s, err := f.Allocate(1 + i%40)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				for j := range privacy.Slot(1 + i%40) {
					if seen[s+j] {
						t.Errorf("slot %d handed out twice", s+j)
					}
					seen[s+j] = true
				}
				mu.Unlock()
				if _, err := f.Get(s); err != nil {
					t.Error(err)
				}
				if i%50 == 0 {
					if err := f.Erase(s); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkGet(b *testing.B) {
	f, _ := create(b)
	allocate(b, f, 100_000)
	b.ReportAllocs()
	s := privacy.Slot(0)
	for b.Loop() {
		s = (s + 7919) % 100_000
		if _, err := f.Get(s + 1); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAllocate(b *testing.B) {
	f, _ := create(b)
	for b.Loop() {
		allocate(b, f, 1)
	}
}
