package sqlite

import (
	"context"
	"database/sql/driver"
	"encoding/binary"

	"github.com/openstanding/standing"
)

// Flush makes sure that what was erased before is nowhere in the files any
// more, and moves the log file into the database file. Erased content is
// overwritten in the transaction that erases it; but a copy may stand in the
// log, and in unused space of pages from which SQLite had moved a row earlier,
// which secure_delete does not reach. Commits wait meanwhile, some seconds for
// each GiB of vault, look-ups and effects; call it daily, and after an erasure
// that must be complete at once.
func (s *Store) Flush(ctx context.Context) error {
	if err := s.enterToWrite(ctx, "flush erased content"); err != nil {
		return err
	}
	defer s.leave()
	if err := s.transact("overwrite unused space", scrub); err != nil {
		return err
	}
	busy, err := s.writer.number("PRAGMA wal_checkpoint(TRUNCATE)")
	if err == nil && busy != 0 {
		return standing.Errorf(standing.Unavailable, "the log of %s is still being read: try again", s.path)
	}
	return failure("empty the log of "+s.path, err)
}

// scrub overwrites the unused space in all pages of the tables from which
// something can be erased.
func scrub(c *conn) error {
	var roots []uint32
	err := c.each(func(row []driver.Value) error {
		roots = append(roots, uint32(integer(row[0])))
		return nil
	}, "SELECT rootpage FROM sqlite_schema WHERE tbl_name IN ('vault', 'lookups', 'effects') AND rootpage > 0")
	for i := 0; err == nil && i < len(roots); i++ {
		err = scrubTree(c, roots[i])
	}
	return err
}

// The kinds of B-tree page that have children (sqlite.org/fileformat2.html, 1.6).
const (
	interiorIndex = 2
	interiorTable = 5
)

// scrubTree overwrites the space between the cell pointers and the cells of a
// page and of those below it. Free blocks among the cells are overwritten by
// SQLite when they come to be.
func scrubTree(c *conn, number uint32) error {
	row, err := c.first("SELECT data FROM sqlite_dbpage WHERE pgno = ?1", int64(number))
	if err != nil {
		return err
	}
	if row == nil || len(blob(row[0])) < 512 || number == 1 {
		return standing.Errorf(standing.Internal, "page %d cannot be read: restore the last backup, then run standing verify", number)
	}
	page := blob(row[0])
	var children []uint32
	header, cells := 8, int(binary.BigEndian.Uint16(page[3:]))
	if page[0] == interiorIndex || page[0] == interiorTable {
		header = 12
		children = append(children, binary.BigEndian.Uint32(page[8:]))
		for i := range cells {
			cell := binary.BigEndian.Uint16(page[header+2*i:])
			children = append(children, binary.BigEndian.Uint32(page[cell:]))
		}
	}
	from, to := header+2*cells, int(binary.BigEndian.Uint16(page[5:]))
	if to == 0 {
		to = 1 << 16
	}
	if from > to || to > len(page) {
		return standing.Errorf(standing.Internal, "page %d is damaged: restore the last backup, then run standing verify", number)
	}
	if gap := page[from:to]; !zero(gap) {
		clear(gap)
		if _, err := c.exec("UPDATE sqlite_dbpage SET data = ?2 WHERE pgno = ?1", int64(number), page); err != nil {
			return err
		}
	}
	for _, child := range children {
		if err := scrubTree(c, child); err != nil {
			return err
		}
	}
	return nil
}

func zero(b []byte) bool {
	for _, v := range b {
		if v != 0 {
			return false
		}
	}
	return true
}
