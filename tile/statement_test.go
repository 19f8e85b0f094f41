package tile_test

import (
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/tile"
)

func digests(n int) []standing.Digest {
	out := make([]standing.Digest, n)
	for i := range out {
		out[i] = standing.DigestOf(entry(i))
	}
	return out
}

func TestStatement(t *testing.T) {
	for _, size := range []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 63, 64, 65, 100, 1000, 4095, 4096} {
		d := digests(size)
		s, err := tile.NewStatement(d)
		if err != nil {
			t.Fatal(err)
		}
		root, err := tile.StatementRoot(d)
		if err != nil || root != s.Root() || root != [32]byte(standing.StatementRoot(d)) {
			t.Fatalf("%d acts: root %x differs from the one that is signed, %v", size, root, err)
		}
		var n naive
		for i := range d {
			hashes, err := tlog.StoredHashes(int64(i), d[i][:], n)
			if err != nil {
				t.Fatal(err)
			}
			n = append(n, hashes...)
		}
		for i := range d {
			path, err := s.Path(i)
			if err != nil {
				t.Fatal(err)
			}
			if want, _ := tlog.ProveRecord(int64(size), int64(i), n); !slices.Equal(path, want) {
				t.Fatalf("%d acts: path of %d differs from RFC 6962's", size, i)
			}
			if err := tile.CheckStatementPath(root, d[i], i, size, path); err != nil {
				t.Fatal(err)
			}
			if tile.CheckStatementPath(root, d[(i+1)%size], i, size, path) == nil && size > 1 {
				t.Fatalf("%d acts: another act is proven at %d", size, i)
			}
		}
	}
}

func TestStatementErrors(t *testing.T) {
	for _, size := range []int{0, 4097} {
		if _, err := tile.StatementRoot(digests(size)); err == nil {
			t.Errorf("a statement of %d acts", size)
		}
		if _, err := tile.StatementPath(digests(size), 0); err == nil {
			t.Errorf("a path in a statement of %d acts", size)
		}
	}
	d := digests(3)
	root, _ := tile.StatementRoot(d)
	for _, i := range []int{-1, 3} {
		if _, err := tile.StatementPath(d, i); err == nil {
			t.Errorf("a path of act %d of 3", i)
		}
		if tile.CheckStatementPath(root, d[0], i, 3, nil) == nil {
			t.Errorf("act %d of 3 is proven", i)
		}
	}
	if path, err := tile.StatementPath(d, 2); err != nil || tile.CheckStatementPath(root, d[2], 2, 3, path) != nil {
		t.Errorf("act 2 of 3: %v", err)
	}
	if tile.CheckStatementPath(root, d[0], 0, 0, nil) == nil || tile.CheckStatementPath(root, d[0], 0, 4097, nil) == nil {
		t.Error("an act of an impossible statement is proven")
	}
}

func BenchmarkStatement(b *testing.B) {
	d := digests(4096)
	for b.Loop() {
		s, _ := tile.NewStatement(d)
		for i := range d {
			s.Path(i)
		}
	}
}
