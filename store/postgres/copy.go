package postgres

import (
	"bytes"
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/internal/columns"
)

// Export gives a sink everything that one state of the register holds, in one
// REPEATABLE READ transaction on a connection of its own.
func (s *Store) Export(ctx context.Context, to store.Sink) error {
	return s.walk(ctx, "copy the register", func(tx pgx.Tx) error {
		var size int64
		var checkpoint []byte
		if err := tx.QueryRow(ctx, "SELECT size, checkpoint FROM standing.register").Scan(&size, &checkpoint); err != nil {
			return err
		}
		if err := to.State(uint64(size), checkpoint); err != nil {
			return err
		}
		for _, part := range []func(context.Context, pgx.Tx, store.Sink) error{
			exportLeaves, exportHeads, exportVault, exportEffects, exportDocuments, exportLooks, exportTold,
		} {
			if err := part(ctx, tx, to); err != nil {
				return err
			}
		}
		return nil
	})
}

func exportLeaves(ctx context.Context, tx pgx.Tx, to store.Sink) error {
	var position int64
	var leaf []byte
	return each(ctx, tx, []any{&position, &leaf}, func() error { return to.Leaf(uint64(position), leaf) },
		"SELECT position, leaf FROM standing.entries ORDER BY position")
}

func exportHeads(ctx context.Context, tx pgx.Tx, to store.Sink) error {
	var r headRow
	return each(ctx, tx, r.into(), func() error {
		h, err := r.head()
		if err != nil {
			return err
		}
		return to.Head(&h)
	}, selectHeads+"ORDER BY id")
}

func exportVault(ctx context.Context, tx pgx.Tx, to store.Sink) error {
	var position, slot int64
	var keys, sealed []byte
	return each(ctx, tx, []any{&position, &slot, &keys, &sealed}, func() error {
		return to.Vault(&store.VaultRow{Position: uint64(position), Slot: uint64(slot), Keys: columns.Keys(keys), Sealed: sealed})
	}, "SELECT position, slot, keys, sealed FROM standing.vault ORDER BY position")
}

func exportEffects(ctx context.Context, tx pgx.Tx, to store.Sink) error {
	var decoder store.EffectDecoder
	var b []byte
	return each(ctx, tx, []any{&b}, func() error {
		var e store.EffectRow
		if err := decoder.Decode(b, &e); err != nil {
			return err
		}
		return to.Effect(&e)
	}, "SELECT effect FROM standing.effects ORDER BY listing")
}

func exportDocuments(ctx context.Context, tx pgx.Tx, to store.Sink) error {
	var digest, content []byte
	return each(ctx, tx, []any{&digest, &content}, func() error {
		return to.Document(&store.Document{Digest: standing.Digest(digest), Bytes: content})
	}, "SELECT digest, content FROM standing.documents ORDER BY digest")
}

func exportLooks(ctx context.Context, tx pgx.Tx, to store.Sink) error {
	var l store.Look
	var key, found []byte
	return each(ctx, tx, []any{&l.At, &l.Relying, &l.Purpose, &key, &found, &l.Verdict}, func() error {
		l.Key, l.Case = store.Key(key), standing.CaseID(found)
		return to.Look(&l)
	}, "SELECT at, relying, purpose, key, found, verdict FROM standing.looks ORDER BY number")
}

func exportTold(ctx context.Context, tx pgx.Tx, to store.Sink) error {
	var t store.Told
	var listing []byte
	return each(ctx, tx, []any{&listing, &t.Relying, &t.At}, func() error {
		t.Listing = standing.CaseID(listing)
		return to.Told(&t)
	}, "SELECT listing, relying, at FROM standing.told ORDER BY listing, relying")
}

// Import makes a register, in a database that has none, out of what fill puts
// into the sink, in one transaction: whatever happens, the whole register is
// there or none.
func Import(ctx context.Context, url string, fill func(store.Sink) error) error {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return standing.Errorf(standing.Invalid, "the database address is malformed: write postgres://user:password@host:port/database")
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return failure("reach the database", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	err = durable(ctx, conn)
	if err == nil {
		err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
			if err := migrateIn(ctx, tx, true); err != nil {
				return err
			}
			in := &intake{ctx: ctx, tx: tx, tables: map[string]*table{}}
			if err := fill(in); err != nil {
				return err
			}
			return in.flush()
		})
	}
	if err != nil {
		return unsure(failure("restore", err))
	}
	s, err := Open(ctx, url) // which sorts the look-up keys
	if err != nil {
		return err
	}
	return s.Close()
}

// intakeStep is how many bytes of rows are sent at a time.
const intakeStep = 4 << 20

// table is what waits to be copied into one table.
type table struct {
	columns []string
	rows    [][]any
	bytes   int
}

// intake is a sink that copies into tables. Tiles wait until the end, since
// wider ones replace narrower ones.
type intake struct {
	ctx    context.Context
	tx     pgx.Tx
	tables map[string]*table
	tiles  map[int64][]byte
}

func (in *intake) put(name string, columns []string, bytes int, row ...any) error {
	t := in.tables[name]
	if t == nil {
		t = &table{columns: columns}
		in.tables[name] = t
	}
	t.rows, t.bytes = append(t.rows, row), t.bytes+bytes+64
	if t.bytes < intakeStep {
		return nil
	}
	return in.send(name, t)
}

func (in *intake) send(name string, t *table) error {
	_, err := in.tx.CopyFrom(in.ctx, pgx.Identifier{"standing", name}, t.columns, pgx.CopyFromRows(t.rows))
	clear(t.rows)
	t.rows, t.bytes = t.rows[:0], 0
	return err
}

func (in *intake) flush() error {
	for place, hashes := range in.tiles {
		if err := in.put("tiles", []string{"place", "hashes"}, len(hashes), place, hashes); err != nil {
			return err
		}
	}
	var errs []error
	for name, t := range in.tables {
		errs = append(errs, in.send(name, t))
	}
	return errors.Join(errs...)
}

// State sets size and checkpoint.
func (in *intake) State(size uint64, checkpoint []byte) error {
	_, err := in.tx.Exec(in.ctx, "UPDATE standing.register SET size = $1, checkpoint = $2, indexed = 0", columns.Bound(size), checkpoint)
	return err
}

// Leaf adds an entry.
func (in *intake) Leaf(position uint64, leaf []byte) error {
	return in.put("entries", []string{"position", "leaf"}, len(leaf), columns.Bound(position), bytes.Clone(leaf))
}

// Head adds a case.
func (in *intake) Head(h *store.Head) error {
	return in.put("cases", []string{"id", "kind", "version", "positions", "listings"}, 16*len(h.Listings)+8*len(h.Positions), bytes.Clone(h.Case[:]),
		int16(h.Kind), int64(h.Version), columns.AppendPositions([]byte{}, h.Positions), columns.AppendCases([]byte{}, h.Listings))
}

// Vault adds a sealed opening.
func (in *intake) Vault(v *store.VaultRow) error {
	return in.put("vault", []string{"position", "slot", "keys", "sealed"}, len(v.Sealed), columns.Bound(v.Position), int64(v.Slot),
		columns.AppendKeys([]byte{}, v.Keys), bytes.Clone(v.Sealed))
}

// Effect adds the effects of a listing.
func (in *intake) Effect(e *store.EffectRow) error {
	row := store.AppendEffect(nil, e)
	return in.put("effects", []string{"listing", "effect"}, len(row), bytes.Clone(e.Listing[:]), row)
}

// Tile adds a tile, or replaces a narrower one.
func (in *intake) Tile(t *store.Tile) error {
	place := columns.Place(t.Level, t.Index)
	if len(t.Bytes) == 32*256 { // full: nothing will replace it
		delete(in.tiles, place)
		return in.put("tiles", []string{"place", "hashes"}, len(t.Bytes), place, bytes.Clone(t.Bytes))
	}
	if in.tiles == nil {
		in.tiles = map[int64][]byte{}
	}
	in.tiles[place] = bytes.Clone(t.Bytes)
	return nil
}

// Document adds a text.
func (in *intake) Document(d *store.Document) error {
	return in.put("documents", []string{"digest", "content"}, len(d.Bytes), bytes.Clone(d.Digest[:]), bytes.Clone(d.Bytes))
}

// Look adds a look; the table numbers looks in the order in which they come.
func (in *intake) Look(l *store.Look) error {
	return in.put("looks", []string{"at", "relying", "purpose", "key", "found", "verdict"}, 128, int64(l.At), l.Relying, l.Purpose,
		bytes.Clone(l.Key[:]), bytes.Clone(l.Case[:]), l.Verdict)
}

// Told adds who was told.
func (in *intake) Told(t *store.Told) error {
	return in.put("told", []string{"listing", "relying", "at"}, 64, bytes.Clone(t.Listing[:]), t.Relying, int64(t.At))
}

// Vacant is nil when a database holds no register, else a Conflict.
func Vacant(ctx context.Context, url string) error {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return standing.Errorf(standing.Invalid, "the database address is malformed: write postgres://user:password@host:port/database")
	}
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return failure("reach the database", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	var there bool
	err = conn.QueryRow(ctx, "SELECT to_regnamespace('standing') IS NOT NULL").Scan(&there)
	if err == nil && there {
		return standing.Errorf(standing.Conflict, "the database holds a register already: name another database")
	}
	return failure("look into the database", err)
}

// Discard removes the register from a database that holds exactly this signed
// checkpoint: what a restore that was cut short left. A database without a
// register is let be; one with another is a Conflict.
func Discard(ctx context.Context, url string, checkpoint []byte) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return failure("reach the database", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return failure("clear the database", pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		done, err := reached(ctx, tx)
		if err != nil || done == 0 {
			return err
		}
		var have []byte
		if err := tx.QueryRow(ctx, "SELECT checkpoint FROM standing.register FOR UPDATE").Scan(&have); err != nil {
			return err
		}
		if !bytes.Equal(have, checkpoint) {
			return standing.Errorf(standing.Conflict, "the database holds another register, or one that has gone on: restore into a new database")
		}
		_, err = tx.Exec(ctx, "DROP SCHEMA standing CASCADE")
		return err
	}))
}
