package sqlite

import (
	"bytes"
	"context"
	"database/sql/driver"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/internal/columns"
)

// Export gives a sink everything that one state of the store holds, on a
// connection of its own. Until it ends the log file keeps growing.
func (s *Store) Export(ctx context.Context, to store.Sink) error {
	return s.walk(ctx, "copy the register", func(c *conn) error {
		row, err := c.first("SELECT size, checkpoint FROM register")
		if err != nil {
			return err
		}
		if err := to.State(uint64(integer(row[0])), blob(row[1])); err != nil {
			return err
		}
		var decoder store.EffectDecoder
		for _, part := range []struct {
			query string
			fn    func(row []driver.Value) error
		}{
			{"SELECT position, leaf FROM entries ORDER BY position", func(row []driver.Value) error {
				return to.Leaf(uint64(integer(row[0])), blob(row[1]))
			}},
			{headColumns + "ORDER BY id", func(row []driver.Value) error {
				h, err := headOf(row)
				return errors.Join(err, to.Head(&h))
			}},
			{"SELECT position, slot, keys, sealed FROM vault ORDER BY position", func(row []driver.Value) error {
				return to.Vault(&store.VaultRow{Position: uint64(integer(row[0])), Slot: uint64(integer(row[1])), Keys: columns.Keys(blob(row[2])), Sealed: blob(row[3])})
			}},
			{"SELECT row FROM effects ORDER BY listing", func(row []driver.Value) error {
				var e store.EffectRow
				if err := decoder.Decode(blob(row[0]), &e); err != nil {
					return err
				}
				return to.Effect(&e)
			}},
			{"SELECT digest, bytes FROM documents ORDER BY digest", func(row []driver.Value) error {
				return to.Document(&store.Document{Digest: standing.Digest(blob(row[0])), Bytes: blob(row[1])})
			}},
			{lookColumns + "ORDER BY number", func(row []driver.Value) error {
				l := lookOf(row)
				return to.Look(&l)
			}},
			{"SELECT listing, relying, at FROM told ORDER BY listing, relying", func(row []driver.Value) error {
				return to.Told(&store.Told{Listing: standing.CaseID(blob(row[0])), Relying: text(row[1]), At: standing.Instant(integer(row[2]))})
			}},
		} {
			if err := each(ctx, c, part.fn, part.query); err != nil {
				return err
			}
		}
		return nil
	})
}

// Import makes a register file at path, which must not exist, out of what fill
// puts into the sink. It stands under another name until it is whole and synced:
// whatever happens, there is a whole register at path or none.
func Import(path string, fill func(store.Sink) error) error {
	if err := Vacant(path); err != nil {
		return err
	}
	partial := path + ".partial"
	for _, left := range []string{partial, partial + "-wal", partial + "-shm", partial + "-journal"} {
		if err := os.Remove(left); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	s, err := Create(partial)
	if err != nil {
		return err
	}
	err = s.fill(fill)
	if err == nil {
		err = s.endBulk()
	}
	err = errors.Join(err, s.Close())
	if err == nil {
		err = syncFile(partial)
	}
	if err != nil {
		return errors.Join(err, os.Remove(partial))
	}
	if err := errors.Join(os.Rename(partial, path), syncFolder(filepath.Dir(path))); err != nil {
		return standing.Errorf(standing.Unavailable, "the restored register cannot be put at %s: %v", path, err)
	}
	return nil
}

// Vacant is nil when there is no file at path, else a Conflict.
func Vacant(path string) error {
	_, err := os.Stat(path)
	if err == nil {
		return standing.Errorf(standing.Conflict, "%s exists already: name another folder", path)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return standing.Errorf(standing.Unavailable, "%s cannot be read: %v", path, err)
	}
	return nil
}

// Discard removes the register file at path if it holds exactly this signed
// checkpoint: what a restore that was cut short left. None is let be; one with
// another checkpoint is a Conflict.
func Discard(ctx context.Context, path string, checkpoint []byte) error {
	if Vacant(path) == nil {
		return nil
	}
	s, err := OpenReadOnly(path)
	if err != nil {
		return err
	}
	have, err := s.Checkpoint(ctx)
	if err = errors.Join(err, s.Close()); err != nil {
		return err
	}
	if !bytes.Equal(have, checkpoint) {
		return standing.Errorf(standing.Conflict, "%s holds another register, or one that has gone on: restore into another folder", path)
	}
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// importStep is how many rows are written in one transaction.
const importStep = 1 << 16

// fill writes rows without waiting for the disk: a file that is cut short is
// thrown away.
func (s *Store) fill(fill func(store.Sink) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.writer.script("PRAGMA synchronous=OFF; UPDATE register SET indexed = 0"); err != nil {
		return failure("restore", err)
	}
	in := &intake{c: s.writer}
	err := in.c.script("BEGIN IMMEDIATE")
	if err == nil {
		err = fill(in)
	}
	if err == nil {
		err = in.c.script("COMMIT; PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE)")
	}
	return failure("restore", err)
}

// intake is a sink that writes into a file.
type intake struct {
	c    *conn
	rows int
	buf  []byte
	list []byte
}

func (in *intake) put(query string, args ...driver.Value) error {
	if in.rows++; in.rows%importStep == 0 {
		if err := in.c.script("COMMIT; BEGIN IMMEDIATE"); err != nil {
			return err
		}
	}
	_, err := in.c.exec(query, args...)
	return err
}

// State sets size and checkpoint.
func (in *intake) State(size uint64, checkpoint []byte) error {
	return in.put("UPDATE register SET size = ?1, checkpoint = ?2", columns.Bound(size), orNil(checkpoint))
}

// Leaf adds an entry.
func (in *intake) Leaf(position uint64, leaf []byte) error {
	return in.put("INSERT INTO entries (position, leaf) VALUES (?1, ?2)", columns.Bound(position), leaf)
}

// Head adds a case.
func (in *intake) Head(h *store.Head) error {
	in.buf = columns.AppendPositions(in.buf[:0], h.Positions)
	in.list = columns.AppendCases(in.list[:0], h.Listings)
	return in.put("INSERT INTO cases (id, kind, version, positions, listings) VALUES (?1, ?2, ?3, ?4, ?5)",
		h.Case[:], int64(h.Kind), int64(h.Version), in.buf, orNil(in.list))
}

// Vault adds a sealed opening.
func (in *intake) Vault(v *store.VaultRow) error {
	in.buf = columns.AppendKeys(in.buf[:0], v.Keys)
	return in.put("INSERT INTO vault (position, slot, keys, sealed) VALUES (?1, ?2, ?3, ?4)", columns.Bound(v.Position), int64(v.Slot), orNil(in.buf), orNil(v.Sealed))
}

// Effect adds the effects of a listing.
func (in *intake) Effect(e *store.EffectRow) error {
	in.buf = store.AppendEffect(in.buf[:0], e)
	return in.put("INSERT INTO effects (listing, row) VALUES (?1, ?2)", e.Listing[:], in.buf)
}

// Tile adds a tile, or replaces a narrower one.
func (in *intake) Tile(t *store.Tile) error {
	return in.put("INSERT OR REPLACE INTO tiles (place, bytes) VALUES (?1, ?2)", columns.Place(t.Level, t.Index), t.Bytes)
}

// Document adds a text.
func (in *intake) Document(d *store.Document) error {
	return in.put("INSERT INTO documents (digest, bytes) VALUES (?1, ?2)", d.Digest[:], d.Bytes)
}

// Look adds a look.
func (in *intake) Look(l *store.Look) error {
	return in.put(insertLook, int64(l.At), l.Relying, l.Purpose, l.Key[:], l.Case[:], l.Verdict)
}

// Told adds who was told.
func (in *intake) Told(t *store.Told) error {
	return in.put("INSERT INTO told (listing, relying, at) VALUES (?1, ?2, ?3)", t.Listing[:], t.Relying, int64(t.At))
}
