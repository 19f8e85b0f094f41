package clerk

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/openstanding/standing"
)

// readOpening decodes an opening strictly: what a reader could skip, replace or
// take in another way is refused, since nobody would know what was committed to.
func readOpening(b []byte) (*standing.Opening, error) {
	if !utf8.Valid(b) {
		return nil, standing.Errorf(standing.Invalid, "opening: not UTF-8: write JSON in UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	var o standing.Opening
	if err := d.Decode(&o); err != nil {
		return nil, standing.Errorf(standing.Invalid, "opening: %v", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, standing.Errorf(standing.Invalid, "opening: more follows the JSON object: send one object alone")
	}
	if err := oneMeaning(b); err != nil {
		return nil, err
	}
	if o.Salt.IsZero() {
		return nil, standing.Errorf(standing.Invalid, "opening: a salt of 32 random bytes is needed")
	}
	return &o, nil
}

// maxMembers bounds the members of one object of an opening.
const maxMembers = 64

// oneMeaning refuses an object with a field twice, of which readers take the
// first or the last, and names in other letters than the field's, which some
// readers take and others skip. It walks JSON that is known to be well formed.
func oneMeaning(b []byte) error {
	type level struct{ first, free int } // first of its names; free = 1: any names
	const array = -1
	levels := make([]level, 0, 8)
	names := make([][]byte, 0, 32)
	name := false // a name comes next
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '{':
			free := 0
			if len(levels) == 1 && len(names) > 0 && string(names[len(names)-1]) == "values" {
				free = 1
			}
			levels, name = append(levels, level{len(names), free}), true
		case '[':
			levels, name = append(levels, level{array, 0}), false
		case '}', ']':
			if first := levels[len(levels)-1].first; first != array {
				names = names[:first]
			}
			levels, name = levels[:len(levels)-1], false
		case ',':
			name = levels[len(levels)-1].first != array
		case '"':
			from := i + 1
			for i = from; b[i] != '"'; i++ {
				if b[i] == '\\' {
					i++
				}
			}
			if !name {
				continue
			}
			name = false
			top := levels[len(levels)-1]
			if err := oneName(b[from:i], names[top.first:], top.free == 1); err != nil {
				return err
			}
			names = append(names, b[from:i])
		}
	}
	return nil
}

func oneName(name []byte, before [][]byte, free bool) error {
	switch {
	case len(before) >= maxMembers:
		return standing.Errorf(standing.TooLarge, "opening: an object has more than %d fields", maxMembers)
	case slices.ContainsFunc(before, func(n []byte) bool { return bytes.Equal(n, name) }):
		return standing.Errorf(standing.Invalid, "opening: field %.40q stands there twice", name)
	case bytes.IndexByte(name, '\\') >= 0, !free && !openingField(string(name)):
		return standing.Errorf(standing.Invalid, "opening: unknown field %.40q: write the names of fields exactly", name)
	}
	return nil
}

// openingField reports whether an object of an opening has a field of the name.
func openingField(name string) bool {
	switch name {
	case "salt", "party", "title", "docket", "issuer", "obligation", "text", "by", "contact", "names", "values", "documents", "row", "who",
		"identifiers", "country", "birthDate", "address", "record", "kind", "amount", "currency", "reference", "creditor", "statedOn", "sha256":
		return true
	}
	return false
}
