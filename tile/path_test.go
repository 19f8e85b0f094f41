package tile_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing/tile"
)

var paths = []struct {
	path  string
	level int
	index uint64
	width int
}{
	{"tile/0/000", 0, 0, 256},
	{"tile/0/x001/x234/067", 0, 1234067, 256}, // the example of C2SP tlog-tiles
	{"tile/0/273.p/112", 0, 273, 112},
	{"tile/2/000.p/1", 2, 0, 1},
	{"tile/entries/x001/000.p/255", tile.Entries, 1000, 255},
	{"tile/entries/999", tile.Entries, 999, 256},
	{"tile/6/000.p/255", 6, 0, 255},
	{"tile/0/x281/x474/x976/x710/655", 0, 1<<48 - 1, 256},
}

var badPaths = []string{
	"", "tile", "tile/", "tile/0", "tile/0/", "/tile/0/000", "tile/0/000/", "tile//000", "tile/0//000",
	"tile/00/000", "tile/+0/000", "tile/-1/000", "tile/7/000", "tile/2305843009213693952/000", "tile/data/000", "tile/8/0/000",
	"tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/x000/001", "tile/0/001/002", "tile/0/x001", "tile/0/x001/x002", "tile/0/1000",
	"tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/", "tile/0/000.p", "tile/0/000.p/1.p/1", "tile/0/000.p/-1", "tile/0/000.p/1/",
	"tile/0/x281/x474/x976/x710/656", "tile/6/001", "tile/5/256", "tile/0/x999/x999/x999/x999/x999/x999/999",
	"tile/0/00a", "tile/0/ 00", "tile/0/000?", "tile/entries/x001/x234/067/.p/1", "tile/0/../000",
	"tile/0/" + strings.Repeat("x000/", 1000) + "000",
}

func TestPath(t *testing.T) {
	for _, p := range paths {
		if got := tile.Path(p.level, p.index, p.width); got != p.path {
			t.Errorf("Path(%d, %d, %d) = %s, want %s", p.level, p.index, p.width, got, p.path)
		}
		level, index, width, err := tile.ParsePath(p.path)
		if err != nil || level != p.level || index != p.index || width != p.width {
			t.Errorf("ParsePath(%s) = %d, %d, %d, %v", p.path, level, index, width, err)
		}
	}
	for _, p := range badPaths {
		if level, index, width, err := tile.ParsePath(p); err == nil {
			t.Errorf("ParsePath(%.80q) = %d, %d, %d", p, level, index, width)
		}
	}
}

func TestPathRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		level := rapid.IntRange(tile.Entries, tile.MaxLevel).Draw(t, "level")
		index := rapid.Uint64Range(0, (tile.MaxSize-1)>>(tile.Height*(max(level, 0)+1))).Draw(t, "index")
		width := rapid.IntRange(1, 256).Draw(t, "width")
		l, i, w, err := tile.ParsePath(tile.Path(level, index, width))
		if err != nil || l != level || i != index || w != width {
			t.Fatalf("%s: %d, %d, %d, %v", tile.Path(level, index, width), l, i, w, err)
		}
	})
}

func FuzzParsePath(f *testing.F) {
	for _, p := range paths {
		f.Add(p.path)
	}
	for _, p := range badPaths {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, path string) {
		level, index, width, err := tile.ParsePath(path)
		if err == nil && tile.Path(level, index, width) != path {
			t.Errorf("%q is accepted as %q", path, tile.Path(level, index, width))
		}
	})
}
