package region

import (
	"crypto/sha256"
	_ "embed"
	"strings"
	"time"
)

// Version names the edition of the table. A new edition has a new version and,
// in the tests, a new digest.
const Version = "2026.1"

// table is data/regions.txt: after a head of lines that begin with "#", one
// region per line, sorted by the bytes of its ID, with five fields between
// tabs: ID, first day, first day on which it no longer existed, English name,
// Chinese name. An empty day is open.
//
//go:embed data/regions.txt
var table string

// Digest is the SHA-256 of the table's text.
func Digest() [32]byte { return sha256.Sum256([]byte(table)) }

// row is one line of the table.
type row struct {
	id          ID
	from, until string // "2010-07-01", or empty when open
	en, zh      string
}

// Known reports whether id is World or stands in the table, whether or not it
// still exists.
func Known(id ID) bool {
	if id == World {
		return true
	}
	_, ok := find(id)
	return ok
}

// ValidAt reports whether id existed on the civil day of at, read in at's own
// location. The table gives a first or last day only where it is on record; an
// open side counts as existing. World always exists, an unknown region never.
func ValidAt(id ID, at time.Time) bool {
	if id == World {
		return true
	}
	r, ok := find(id)
	day := at.Format(time.DateOnly)
	return ok && (r.from == "" || r.from <= day) && (r.until == "" || day < r.until)
}

// Name is the name of the region itself in the language "zh", and in English
// for any other. A region that the table lacks is named by its ID.
func Name(id ID, lang string) string {
	if id == World {
		if lang == "zh" {
			return "全球"
		}
		return "Everywhere"
	}
	r, ok := find(id)
	switch {
	case !ok:
		return string(id)
	case lang == "zh":
		return r.zh
	}
	return r.en
}

// FullName is the name of the region with those above it, up to but without the
// country: "山东省威海市荣成市", "Rongcheng, Weihai, Shandong". A country is
// named alone.
func FullName(id ID, lang string) string {
	name := Name(id, lang)
	for up, ok := id.Parent(); ok && up.Depth() > 1; up, ok = up.Parent() {
		if r, known := find(up); known && isFiller(r.zh) {
			continue
		}
		if lang == "zh" {
			name = Name(up, lang) + name
		} else {
			name += ", " + Name(up, lang)
		}
	}
	return name
}

// isFiller reports whether a prefecture is only a heading of the code table
// that no one says aloud.
func isFiller(zh string) bool {
	return zh == "市辖区" || zh == "县" || strings.HasSuffix(zh, "直辖县级行政区划")
}

// Children are the regions of the table directly below id, in order of their
// IDs; those of World are the countries.
func Children(id ID) []ID {
	prefix := string(id) + "/"
	if id == World {
		prefix = ""
	}
	var children []ID
	for at := search(prefix); at < len(table); at = nextLine(at) {
		key := keyAt(at)
		if !strings.HasPrefix(key, prefix) {
			break
		}
		if !strings.Contains(key[len(prefix):], "/") {
			children = append(children, ID(key))
		}
	}
	return children
}

// find reads the row of id.
func find(id ID) (row, bool) {
	at := search(string(id))
	if at == len(table) || keyAt(at) != string(id) {
		return row{}, false
	}
	fields := strings.Split(table[at:nextLine(at)-1], "\t")
	return row{id: ID(fields[0]), from: fields[1], until: fields[2], en: fields[3], zh: fields[4]}, true
}

// search returns the offset of the first line of the table whose ID is not
// below key, or the length of the table. It halves a range of bytes and moves
// each middle back to the start of its line. The head sorts first, because "#"
// is below every letter.
func search(key string) int {
	low, high := 0, len(table)
	for low < high {
		middle := strings.LastIndexByte(table[:(low+high)/2], '\n') + 1
		if middle < low {
			middle = low
		}
		if line := keyAt(middle); line < key || strings.HasPrefix(line, "#") {
			low = nextLine(middle)
		} else {
			high = middle
		}
	}
	return low
}

// keyAt is the ID of the line that begins at offset at.
func keyAt(at int) string {
	key, _, _ := strings.Cut(table[at:nextLine(at)-1], "\t")
	return key
}

// nextLine is the offset after the line that begins at offset at. Every line of
// the table ends in a newline.
func nextLine(at int) int { return at + strings.IndexByte(table[at:], '\n') + 1 }
