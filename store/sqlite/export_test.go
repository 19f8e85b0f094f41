package sqlite

import (
	"errors"
	"fmt"
)

// Limit makes the database full at so many pages; 0 takes the limit away.
func (s *Store) Limit(pages int) error {
	if pages == 0 {
		pages = 1<<32 - 2
	}
	return s.writer.script(fmt.Sprintf("PRAGMA max_page_count=%d", pages))
}

// Pages is how many pages the database has.
func (s *Store) Pages() (int, error) {
	n, err := s.writer.number("PRAGMA page_count")
	return int(n), err
}

// SetFormat pretends that another version wrote the file.
func (s *Store) SetFormat(n int) error {
	return s.writer.script(fmt.Sprintf("PRAGMA user_version=%d", n))
}

// Integrity lets SQLite check the whole file.
func (s *Store) Integrity() error {
	row, err := s.writer.first("PRAGMA integrity_check")
	if err == nil && text(row[0]) != "ok" {
		err = errors.New(text(row[0]))
	}
	return err
}
