package tile

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// MaxEntry is the largest log entry, in bytes.
const MaxEntry = 1<<16 - 1

// AppendEntry appends an entry to an entry bundle: its length as a big-endian
// uint16, then its bytes. A full bundle holds 256 entries, those under one tile
// of level 0. An entry longer than MaxEntry is an error.
func AppendEntry(bundle, entry []byte) ([]byte, error) {
	if len(entry) > MaxEntry {
		return bundle, fmt.Errorf("tile: an entry of %d bytes: at most %d; keep long content elsewhere and log its digest", len(entry), MaxEntry)
	}
	bundle = binary.BigEndian.AppendUint16(bundle, uint16(len(entry)))
	return append(bundle, entry...), nil
}

// ParseBundle cuts a bundle of 1 to 256 entries into its entries, which share
// its memory.
func ParseBundle(bundle []byte) ([][]byte, error) {
	var entries [][]byte
	for rest := bundle; len(rest) > 0; {
		if len(entries) == Width {
			return nil, fmt.Errorf("tile: an entry bundle holds more than %d entries", Width)
		}
		if len(rest) < 2 || len(rest)-2 < int(binary.BigEndian.Uint16(rest)) {
			return nil, fmt.Errorf("tile: an entry bundle is cut off in entry %d, at byte %d", len(entries), len(bundle)-len(rest))
		}
		end := 2 + int(binary.BigEndian.Uint16(rest))
		entries = append(entries, rest[2:end:end])
		rest = rest[end:]
	}
	if len(entries) == 0 {
		return nil, errors.New("tile: an entry bundle holds no entry")
	}
	return entries, nil
}
