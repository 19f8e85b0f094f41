package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net/url"

	"modernc.org/sqlite"
)

// conn is a connection with the statements prepared on it. One goroutine uses
// it at a time.
type conn struct {
	raw   driver.Conn
	ready map[string]statement
	args  []driver.NamedValue
	row   []driver.Value
}

// statement is what the driver's prepared statements can do.
type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// dial opens a connection to a file that exists; mode is "rw" or "ro".
func dial(path, mode, pragmas string) (*conn, error) {
	u := url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: "mode=" + mode}
	if len(path) > 0 && path[0] != '/' {
		u = url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: "mode=" + mode}
	}
	raw, err := new(sqlite.Driver).Open(u.String())
	if err != nil {
		return nil, err
	}
	c := &conn{raw: raw, ready: map[string]statement{}}
	if err := c.script(pragmas); err != nil {
		return nil, errors.Join(err, c.close())
	}
	return c, nil
}

// script runs statements without arguments that are needed once.
func (c *conn) script(text string) error {
	_, err := c.raw.(driver.ExecerContext).ExecContext(context.Background(), text, nil)
	return err
}

func (c *conn) prepare(text string) (statement, error) {
	if st := c.ready[text]; st != nil {
		return st, nil
	}
	st, err := c.raw.Prepare(text)
	if err != nil {
		return nil, err
	}
	c.ready[text] = st.(statement)
	return st.(statement), nil
}

// bind lists arguments as the driver wants them: int64, string, []byte or nil.
func (c *conn) bind(args []driver.Value) []driver.NamedValue {
	c.args = c.args[:0]
	for i, a := range args {
		c.args = append(c.args, driver.NamedValue{Ordinal: i + 1, Value: a})
	}
	return c.args
}

// exec runs a statement and returns how many rows it changed.
func (c *conn) exec(text string, args ...driver.Value) (int64, error) {
	st, err := c.prepare(text)
	if err != nil {
		return 0, err
	}
	// A context that can end would cost a goroutine per statement.
	r, err := st.ExecContext(context.Background(), c.bind(args))
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// errStop ends an iteration early and is no error.
var errStop = errors.New("stop")

// each calls fn with every row. The row is fn's until it returns, the byte
// slices in it for ever. Within fn the connection must not be used.
func (c *conn) each(fn func(row []driver.Value) error, text string, args ...driver.Value) error {
	st, err := c.prepare(text)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(context.Background(), c.bind(args))
	if err != nil {
		return err
	}
	row := make([]driver.Value, len(rows.Columns()))
	for err == nil {
		if err = rows.Next(row); err == nil {
			err = fn(row)
		}
	}
	if err == io.EOF || err == errStop {
		err = nil
	}
	if closed := rows.Close(); err == nil {
		err = closed
	}
	return err
}

// first returns the first row; nil when there is none.
func (c *conn) first(text string, args ...driver.Value) (row []driver.Value, err error) {
	err = c.each(func(r []driver.Value) error {
		row = r
		return errStop
	}, text, args...)
	return row, err
}

// number returns the first column of the first row as a number.
func (c *conn) number(text string, args ...driver.Value) (int64, error) {
	row, err := c.first(text, args...)
	if err != nil || row == nil {
		return 0, err
	}
	n, _ := row[0].(int64)
	return n, nil
}

// transaction runs fn between begin and COMMIT, or rolls back what it did.
func (c *conn) transaction(begin string, fn func() error) error {
	if _, err := c.exec(begin); err != nil {
		return err
	}
	err := fn()
	if err == nil {
		_, err = c.exec("COMMIT")
	}
	if err != nil {
		// SQLite has rolled back by itself after some errors; then this says
		// so, which is no news.
		c.exec("ROLLBACK")
	}
	return err
}

func (c *conn) close() error {
	var err error
	for _, st := range c.ready {
		err = errors.Join(err, st.Close())
	}
	return errors.Join(err, c.raw.Close())
}

func blob(v driver.Value) []byte {
	b, _ := v.([]byte)
	return b
}

func text(v driver.Value) string {
	s, _ := v.(string)
	return s
}

func integer(v driver.Value) int64 {
	n, _ := v.(int64)
	return n
}
