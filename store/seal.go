package store

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"

	"github.com/openstanding/standing"
)

// LooksSegment is one day's looks, as an act seals them: a digest over the looks
// in their order, each as time (big-endian int64), key, case, and relying party,
// purpose and verdict, each after its length (big-endian uint32).
type LooksSegment struct{ h hash.Hash }

// NewLooksSegment begins a day's segment.
func NewLooksSegment() *LooksSegment { return &LooksSegment{sha256.New()} }

// Add takes the next look.
func (s *LooksSegment) Add(l *Look) {
	b := binary.BigEndian.AppendUint64(nil, uint64(l.At))
	b = append(append(b, l.Key[:]...), l.Case[:]...)
	for _, text := range []string{l.Relying, l.Purpose, l.Verdict} {
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(text))), text...)
	}
	s.h.Write(b)
}

// Head chains the segment to the sealed one before it (zero for the first), so
// that no look of any sealed day can be added, left out or changed unnoticed:
// SHA-256 over the line "standing/looks/v1", the head before and the segment's
// digest.
func (s *LooksSegment) Head(before standing.Digest) standing.Digest {
	b := append([]byte("standing/looks/v1\n"), before[:]...)
	return sha256.Sum256(s.h.Sum(b))
}
