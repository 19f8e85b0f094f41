package keyfile

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"

	"github.com/openstanding/standing/privacy"
)

// The header, frozen. First sector: magic and version, id, check of the master
// key, length and text of the origin, SHA-256 of what precedes. Second sector:
// the mark. The rest is zero.
const (
	magic      = "standing-keys\x00\x00\x01"
	headerSize = 4096
	idAt       = len(magic)
	checkAt    = idAt + 16
	originAt   = checkAt + 32
	sumAt      = 512 - sha256.Size
	maxOrigin  = 255

	markAt   = 512
	markSize = 12
)

var (
	// ErrMaster: the master key is not the one that the file was made with.
	ErrMaster = errors.New("wrong master key")
	// ErrInUse: another process, or another opener in this one, holds the file.
	ErrInUse = errors.New("in use by another process")
)

// identity is what the header says besides the mark.
type identity struct {
	id     [16]byte
	origin string
}

// derive returns a key for one purpose from the master key.
func (h identity) derive(master [32]byte, purpose string) ([32]byte, error) {
	key, err := hkdf.Key(sha256.New, master[:], h.id[:], "standing/keyfile/v1/"+purpose+"\x00"+h.origin, 32)
	if err != nil {
		return [32]byte{}, fmt.Errorf("keyfile: derive a key: %w", err)
	}
	return [32]byte(key), nil
}

// box returns the box that slots are sealed in.
func (h identity) box(master [32]byte) (privacy.Box, error) {
	key, err := h.derive(master, "slots")
	if err != nil {
		return privacy.Box{}, err
	}
	return privacy.NewBox(key)
}

func (h identity) encode(master [32]byte) ([]byte, error) {
	if h.origin == "" || len(h.origin) > maxOrigin || strings.ContainsAny(h.origin, "\x00\n") {
		return nil, fmt.Errorf("keyfile: the register's origin %q must have 1 to %d bytes and no line break", h.origin, maxOrigin)
	}
	check, err := h.derive(master, "check")
	if err != nil {
		return nil, err
	}
	b := make([]byte, headerSize)
	copy(b, magic)
	copy(b[idAt:], h.id[:])
	copy(b[checkAt:], check[:])
	b[originAt] = byte(len(h.origin))
	copy(b[originAt+1:], h.origin)
	sum := sha256.Sum256(b[:sumAt])
	copy(b[sumAt:], sum[:])
	copy(b[markAt:], encodeMark(0))
	return b, nil
}

// decodeHeader reads a header and proves the master key against it.
func decodeHeader(b []byte, master [32]byte, origin string) (identity, error) {
	if len(b) < headerSize || !bytes.HasPrefix(b, []byte(magic)) {
		return identity{}, errors.New("not a key file of this version (or its creation was cut off; if no key was ever handed out, remove it and create it again)")
	}
	if sum := sha256.Sum256(b[:sumAt]); !bytes.Equal(sum[:], b[sumAt:sumAt+len(sum)]) {
		return identity{}, errors.New("the header is damaged; restore the file from its back-up")
	}
	h := identity{id: [16]byte(b[idAt:checkAt])}
	h.origin = string(b[originAt+1 : originAt+1+int(b[originAt])])
	if h.origin != origin {
		return identity{}, fmt.Errorf("it belongs to register %q, not to %q; name the right file", h.origin, origin)
	}
	check, err := h.derive(master, "check")
	if err != nil {
		return identity{}, err
	}
	if subtle.ConstantTimeCompare(check[:], b[checkAt:checkAt+len(check)]) != 1 {
		return identity{}, fmt.Errorf("%w: use the secrets file that this key file was created with", ErrMaster)
	}
	return h, nil
}

// The mark says how many slots may have been handed out. It decides only when
// the file has lost its end; one that does not check counts as 0.

func encodeMark(slots uint64) []byte {
	b := binary.BigEndian.AppendUint64(nil, slots)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

func decodeMark(b []byte) uint64 {
	n := binary.BigEndian.Uint64(b)
	if !bytes.Equal(b[:markSize], encodeMark(n)) {
		return 0
	}
	return n
}
