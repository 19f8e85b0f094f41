package postgres

import (
	"context"
	"embed"
	"io/fs"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/store"
)

// migrations are the steps from nothing to the tables of today, each a file
// whose name begins with its number. What is released is never changed: a new
// step is added. Software a step behind must still work after it, so a step adds
// columns and tables; what it makes needless goes with a later release.
//
//go:embed migrations/*.sql
var migrations embed.FS

// lockNumber keeps two processes from migrating at once: "Standing".
const lockNumber = 0x5374616e64696e67

type migration struct {
	number int
	name   string
	text   string
}

func steps() ([]migration, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var out []migration
	for _, path := range names { // sorted by name
		name := strings.TrimSuffix(strings.TrimPrefix(path, "migrations/"), ".sql")
		number, err := strconv.Atoi(strings.SplitN(name, "_", 2)[0])
		if err != nil || number != len(out)+1 {
			return nil, standing.Errorf(standing.Internal, "migration %s does not follow number %d", path, len(out))
		}
		text, err := migrations.ReadFile(path)
		if err != nil {
			return nil, err
		}
		out = append(out, migration{number, name, string(text)})
	}
	return out, nil
}

// migrate brings the tables up to date, all steps in one transaction. Without
// create, a database without a register is an error; with it, one that has a
// register is.
func migrate(ctx context.Context, conn *pgx.Conn, create bool) error {
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error { return migrateIn(ctx, tx, create) })
}

func migrateIn(ctx context.Context, tx pgx.Tx, create bool) error {
	all, err := steps()
	if err != nil {
		return err
	}
	done, err := reached(ctx, tx)
	if err != nil {
		return err
	}
	switch {
	case create && done > 0:
		return standing.Errorf(standing.Conflict, "the database holds a register already: open it, or name another database for a new register")
	case !create && done == 0:
		return standing.Errorf(standing.NotFound, "the database holds no register: give the right address, or create a register there")
	case done > len(all):
		return standing.Errorf(standing.Unsupported, "the tables are at step %d, this software knows %d: use a newer version", done, len(all))
	case done == len(all):
		return formatOf(ctx, tx)
	}
	if create {
		if _, err := tx.Exec(ctx, "CREATE SCHEMA standing; CREATE TABLE standing.migrations (number integer PRIMARY KEY, name text NOT NULL)"); err != nil {
			return err
		}
	}
	for _, m := range all[done:] {
		if _, err := tx.Exec(ctx, m.text); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "INSERT INTO standing.migrations (number, name) VALUES ($1, $2)", m.number, m.name); err != nil {
			return err
		}
	}
	return formatOf(ctx, tx)
}

// reached is the number of the last step done, 0 where there is no register. It
// takes the lock if a step may have to be done.
func reached(ctx context.Context, tx pgx.Tx) (done int, err error) {
	if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", int64(lockNumber)); err != nil {
		return 0, err
	}
	var there bool
	err = tx.QueryRow(ctx, "SELECT to_regclass('standing.migrations') IS NOT NULL").Scan(&there)
	if err != nil || !there {
		return 0, err
	}
	err = tx.QueryRow(ctx, "SELECT coalesce(max(number), 0) FROM standing.migrations").Scan(&done)
	return done, err
}

func formatOf(ctx context.Context, tx pgx.Tx) error {
	var format int
	if err := tx.QueryRow(ctx, "SELECT format FROM standing.register").Scan(&format); err != nil {
		return err
	}
	if format > store.FormatVersion {
		return standing.Errorf(standing.Unsupported, "the register is of format %d, this software reads format %d: use a newer version", format, store.FormatVersion)
	}
	return nil
}
