package tile

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Entries stands for a level in [Path] and [ParsePath]: an entry bundle.
const Entries = -1

// Path returns the C2SP tlog-tiles path of a tile or, for level [Entries], of
// an entry bundle: tile/<L>/<N>, and .p/<W> if it is partial, with N in groups
// of three digits, such as tile/0/x001/x234/067.p/8. 1 <= width <= 256.
func Path(level int, index uint64, width int) string {
	name := "entries"
	if level != Entries {
		name = strconv.Itoa(level)
	}
	n := fmt.Sprintf("%03d", index%1000)
	for index >= 1000 {
		index /= 1000
		n = fmt.Sprintf("x%03d/%s", index%1000, n)
	}
	if width != Width {
		n += ".p/" + strconv.Itoa(width)
	}
	return "tile/" + name + "/" + n
}

var errPath = errors.New("not the path of a tile: want tile/<level>/<index> or tile/entries/<index>, and .p/<width> if partial")

// ParsePath is the inverse of [Path]. It takes only what Path writes, and only
// tiles that a tree of up to MaxSize can have; anything else is an error, to be
// answered with 404.
func ParsePath(path string) (level int, index uint64, width int, err error) {
	fail := func() (int, uint64, int, error) { return 0, 0, 0, fmt.Errorf("tile: %.80q is %w", path, errPath) }
	rest, ok := strings.CutPrefix(path, "tile/")
	name, rest, found := strings.Cut(rest, "/")
	if !ok || !found || len(path) > 64 {
		return fail()
	}
	level = Entries
	if name != "entries" {
		if level, err = strconv.Atoi(name); err != nil || level < 0 || level > MaxLevel {
			return fail()
		}
	}
	width = Width
	if n, w, partial := strings.Cut(rest, ".p/"); partial {
		if width, err = strconv.Atoi(w); err != nil || width < 1 || width >= Width {
			return fail()
		}
		rest = n
	}
	for _, digits := range strings.Split(rest, "/") {
		n, err := strconv.ParseUint(strings.TrimPrefix(digits, "x"), 10, 64)
		if err != nil || n >= 1000 || index > MaxSize {
			return fail()
		}
		index = index*1000 + n
	}
	if Path(level, index, width) != path || index > (MaxSize-1)>>(Height*(max(level, 0)+1)) {
		return fail()
	}
	return level, index, width, nil
}
