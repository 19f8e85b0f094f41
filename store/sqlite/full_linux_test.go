package sqlite_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/store/sqlite"
	"github.com/openstanding/standing/store/storetest"
)

// TestDiskFull fills a small file system for real, which only root may make.
func TestDiskFull(t *testing.T) {
	ctx, dir := t.Context(), t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		t.Skipf("no small file system can be mounted (%v): run as root to test a disk that is really full; TestFull covers the rest", err)
	}
	defer func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	}()
	filler := filepath.Join(dir, "filler")
	if err := os.WriteFile(filler, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "register.db")
	s, err := sqlite.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	twin, m := memory.New(memory.Faults{}), storetest.NewMaker(33)
	b := m.Batch(50)
	for err = s.Commit(ctx, b); err == nil; err = s.Commit(ctx, b) {
		if err := twin.Commit(ctx, b); err != nil {
			t.Fatal(err)
		}
		b = m.Batch(50)
	}
	refusedAsFull(t, err)
	refusedAsFull(t, s.Commit(ctx, b))
	if size, err := s.Size(ctx); err != nil || size != b.PreviousSize || size == 0 {
		t.Fatalf("Size = %d, %v after a batch that found no room on %d", size, err, b.PreviousSize)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	for _, one := range []store.Store{twin, s} {
		if err := one.Commit(ctx, b); err != nil {
			t.Fatal(err)
		}
	}
	twins(t, twin, s, m)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = sqlite.Open(path); err != nil {
		t.Fatal(err)
	}
	twins(t, twin, s, m)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
