// Package region is the tree of places in which a list or a measure holds.
//
// An [ID] is written as a path from the country down: "CN", "CN/37",
// "CN/37/10", "CN/37/10/82", "BR/MG"; "*" is everywhere. What holds in a region
// holds in every region below it, and [Contains] says which those are:
//
//	id, err := region.Parse("CN/37/10")
//	region.Contains(id, "CN/37/10/82") // true: Weihai contains Rongcheng
//	region.Name("CN/37/10/82", "zh")   // 荣成市
//
// Containment is read from the path alone, so it also answers for a code that
// is missing from the table or was closed long ago: an identifier keeps the
// region code under which it was issued. Whether a region is known, and when it
// existed, is the table's business ([Known], [ValidAt]).
//
// The table holds the countries of ISO 3166-1, the divisions of China to county
// level (GB/T 2260), the states of Brazil and the United States, the German
// Länder and the four parts of the United Kingdom. HK, MO and TW stand in it as
// ISO codes and CN/81, CN/82 and CN/71 as GB/T 2260 codes; neither contains the
// other. Unions of states are not regions: a measure of the European Union or of
// a development bank has the region "*" and is bounded by its activities.
//
// The table is data/regions.txt, sorted, one region per line, and is searched
// where it lies: nothing is parsed or allocated when a program starts.
package region

import (
	"fmt"
	"strings"
)

// ID names a region. The zero value names none; [World] names all.
type ID string

// World is the region that contains every other.
const World ID = "*"

// maxDepth is the number of segments of the deepest region: country, province,
// prefecture, county.
const maxDepth = 4

// Parse reads an ID. It is strict: "*", or one to four segments of two or three
// characters from A-Z and 0-9 between slashes, the first of them two letters.
// It does not ask whether the region is in the table; see [Known].
func Parse(s string) (ID, error) {
	if s == string(World) {
		return World, nil
	}
	segments := strings.Split(s, "/")
	if len(segments) > maxDepth {
		return "", fmt.Errorf("region %q: %d segments, at most %d: country/province/prefecture/county", s, len(segments), maxDepth)
	}
	for i, segment := range segments {
		if !isSegment(segment) {
			return "", fmt.Errorf("region %q: segment %q: write two or three characters of A-Z and 0-9, as in CN/37/10", s, segment)
		}
		if i == 0 && !isCountry(segment) {
			return "", fmt.Errorf("region %q: %q is no country code: begin with two letters of ISO 3166-1, or write *", s, segment)
		}
	}
	return ID(s), nil
}

func isSegment(s string) bool {
	if len(s) < 2 || len(s) > 3 {
		return false
	}
	for i := range len(s) {
		if !isUpper(s[i]) && !isDigit(s[i]) {
			return false
		}
	}
	return true
}

func isCountry(s string) bool { return len(s) == 2 && isUpper(s[0]) && isUpper(s[1]) }
func isUpper(c byte) bool     { return 'A' <= c && c <= 'Z' }
func isDigit(c byte) bool     { return '0' <= c && c <= '9' }

// UnmarshalText reads what [Parse] reads.
func (id *ID) UnmarshalText(text []byte) error {
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*id = parsed
	return nil
}

// Contains reports whether inner is outer or lies below it. An empty ID contains
// nothing and lies in nothing.
func Contains(outer, inner ID) bool {
	switch {
	case outer == "" || inner == "":
		return false
	case outer == World || outer == inner:
		return true
	}
	return strings.HasPrefix(string(inner), string(outer)+"/")
}

// Parent returns the region directly above id: World for a country, and false
// for World and the empty ID.
func (id ID) Parent() (ID, bool) {
	if id == "" || id == World {
		return "", false
	}
	if i := strings.LastIndexByte(string(id), '/'); i >= 0 {
		return id[:i], true
	}
	return World, true
}

// Depth is 0 for World, 1 for a country, 4 for a Chinese county; -1 for the
// empty ID.
func (id ID) Depth() int {
	switch id {
	case "":
		return -1
	case World:
		return 0
	}
	return 1 + strings.Count(string(id), "/")
}

// FromGB2260 turns a six-digit Chinese division code, such as the one inside a
// social credit code or a citizen number, into its region: "371082" is
// CN/37/10/82, "370000" is CN/37, and "100000", which central registrars use,
// is CN. A county that the table lacks is no error, because codes outlive
// counties; a province that it lacks is.
func FromGB2260(code string) (ID, error) {
	if len(code) != 6 {
		return "", fmt.Errorf("division code %q: %d characters, GB/T 2260 has 6 digits", code, len(code))
	}
	for i := range len(code) {
		if !isDigit(code[i]) {
			return "", fmt.Errorf("division code %q: %q is no digit", code, code[i])
		}
	}
	if code == "100000" {
		return "CN", nil
	}
	province, prefecture, county := code[:2], code[2:4], code[4:]
	id := ID("CN/" + province)
	if !Known(id) {
		return "", fmt.Errorf("division code %q: no province has the code %s", code, province)
	}
	if prefecture == "00" {
		if county != "00" {
			return "", fmt.Errorf("division code %q: county %s without a prefecture", code, county)
		}
		return id, nil
	}
	id += ID("/" + prefecture)
	if county != "00" {
		id += ID("/" + county)
	}
	return id, nil
}

// GB2260 is the six-digit division code of a Chinese region, and false for any
// other region.
func (id ID) GB2260() (string, bool) {
	if id == "CN" {
		return "100000", true
	}
	rest, chinese := strings.CutPrefix(string(id), "CN/")
	digits := strings.ReplaceAll(rest, "/", "")
	if !chinese || len(digits) != 2*strings.Count(string(id), "/") || strings.Trim(digits, "0123456789") != "" {
		return "", false
	}
	return (digits + "0000")[:6], true
}
