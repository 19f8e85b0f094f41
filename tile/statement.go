package tile

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// MaxStatement is the largest number of acts under one signature.
const MaxStatement = 4096

// Statement is the RFC 6962 tree over the digests of the acts under one
// signature. The signature must cover the number of acts beside the root:
// the root alone does not fix it. Build one where several paths are wanted.
type Statement struct {
	rows [][]tlog.Hash // rows[0] the leaves, the last row the root
}

// NewStatement builds the tree over 1 to 4,096 digests.
func NewStatement[D ~[32]byte](digests []D) (*Statement, error) {
	if len(digests) < 1 || len(digests) > MaxStatement {
		return nil, fmt.Errorf("tile: a statement of %d acts: 1 to %d are allowed", len(digests), MaxStatement)
	}
	row := make([]tlog.Hash, len(digests))
	for i, d := range digests {
		row[i] = LeafHash(d[:])
	}
	s := &Statement{rows: [][]tlog.Hash{row}}
	for len(row) > 1 {
		// Pairing row by row and passing an odd last one up is the same tree
		// as the RFC's split at the largest power of two.
		next := make([]tlog.Hash, 0, (len(row)+1)/2)
		for ; len(row) > 1; row = row[2:] {
			next = append(next, tlog.NodeHash(row[0], row[1]))
		}
		row = append(next, row...)
		s.rows = append(s.rows, row)
	}
	return s, nil
}

// Root returns the root that the signature covers.
func (s *Statement) Root() [32]byte { return s.rows[len(s.rows)-1][0] }

// Path returns the audit path of act i, at most 12 hashes, leaf to root.
func (s *Statement) Path(i int) (tlog.RecordProof, error) {
	if i < 0 || i >= len(s.rows[0]) {
		return nil, fmt.Errorf("tile: path of act %d in a statement of %d: there is no such act", i, len(s.rows[0]))
	}
	path := tlog.RecordProof{}
	for _, row := range s.rows[:len(s.rows)-1] {
		if sibling := i ^ 1; sibling < len(row) {
			path = append(path, row[sibling])
		}
		i /= 2
	}
	return path, nil
}

// StatementRoot returns the root over 1 to 4,096 digests.
func StatementRoot[D ~[32]byte](digests []D) ([32]byte, error) {
	s, err := NewStatement(digests)
	if err != nil {
		return [32]byte{}, err
	}
	return s.Root(), nil
}

// StatementPath returns the audit path of digest i among digests.
func StatementPath[D ~[32]byte](digests []D, i int) (tlog.RecordProof, error) {
	s, err := NewStatement(digests)
	if err != nil {
		return nil, err
	}
	return s.Path(i)
}

// CheckStatementPath checks that digest is act i of count under root. nil means
// proven, given that root and count are signed.
func CheckStatementPath(root, digest [32]byte, i, count int, path tlog.RecordProof) error {
	if count < 1 || count > MaxStatement || i < 0 || i >= count {
		return fmt.Errorf("tile: act %d of a statement of %d: 1 to %d acts are allowed", i, count, MaxStatement)
	}
	if err := tlog.CheckRecord(path, int64(count), root, int64(i), LeafHash(digest[:])); err != nil {
		return fmt.Errorf("tile: act %d is not proven to be one of the %d signed: %w", i, count, err)
	}
	return nil
}
