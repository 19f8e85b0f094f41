package server

import (
	"cmp"
	"net/http"
	"reflect"
	"slices"
	"strconv"

	"github.com/openstanding/standing/api"
)

// page is a stretch of a collection.
type page[T any] struct {
	items    []T
	count    api.Count
	next     string // inner cursor
	position uint64
	behind   uint64
}

// collection answers with the rows of one kind: a page of them as an object, all
// or a page of them as an array, or a table.
type collection[T any] struct {
	s         *server
	operation string
	array     bool // rows stand in an array: there are few
	write     func(*jsonWriter, *T)
	read      func(r *http.Request, q *query, cursor string, limit int) (page[T], error)
}

// answer is the operation of the collection.
func (c *collection[T]) answer(w http.ResponseWriter, r *http.Request, q *query) error {
	cursor, err := unseal(c.operation, q, q.get("cursor"))
	if err != nil {
		return err
	}
	w.Header().Add("Vary", "Accept")
	if q.format != asJSON {
		return c.export(w, r, q, cursor)
	}
	limit := q.number("limit")
	if limit == 0 && !c.array {
		limit = api.DefaultLimit
	}
	p, err := c.read(r, q, cursor, limit)
	if err != nil {
		return err
	}
	next := seal(c.operation, q, p.next)
	link(w, r, q, next)
	w.Header().Set("Standing-Count", counted(p.count))
	return c.s.view(w, r, func(j *jsonWriter) {
		if c.array {
			c.rows(j, q, p.items)
			return
		}
		j.open('{')
		j.key("items")
		c.rows(j, q, p.items)
		j.total(p.count)
		j.optText("next", next)
		j.number("position", p.position)
		j.optNumber("behind", p.behind)
		j.close('}')
	})
}

func (c *collection[T]) rows(j *jsonWriter, q *query, items []T) {
	j.open('[')
	var whole jsonWriter
	for i := range items {
		if q.fields == nil {
			c.write(j, &items[i])
			continue
		}
		whole.b, whole.comma = whole.b[:0], false
		c.write(&whole, &items[i])
		j.sep()
		j.b = choose(j.b, whole.b, q.fields)
	}
	j.close(']')
}

// counted is a count as the header Standing-Count says it.
func counted(c api.Count) string {
	if c.More {
		return strconv.Itoa(c.N) + "+"
	}
	return strconv.Itoa(c.N)
}

// export answers with a table of what a page would show and all that follows, up
// to a bound. What fits into one page is kept like a page; more is sent while it
// is read. An export that fails on the way breaks off, so that nobody takes it
// for whole.
func (c *collection[T]) export(w http.ResponseWriter, r *http.Request, q *query, cursor string) error {
	rows := q.number("limit")
	if rows == 0 {
		rows = api.MaxCount
	}
	columns := q.fields
	if columns == nil {
		columns = columnsOf[T]()
	}
	buf := c.s.buffer()
	defer c.s.release(buf)
	out := table{b: *buf, format: q.format, columns: columns}
	out.head()
	for sent := false; ; {
		p, err := c.read(r, q, cursor, min(rows, api.MaxLimit))
		if err != nil && sent {
			panic(http.ErrAbortHandler)
		}
		if err != nil {
			return err
		}
		for i := range p.items {
			c.row(&out, &p.items[i])
		}
		rows, cursor = rows-len(p.items), p.next
		last := rows <= 0 || cursor == ""
		*buf = out.b
		if !sent {
			h := w.Header()
			h.Set("Content-Disposition", `attachment; filename="`+c.operation+q.format.ending+`"`)
			h.Set("Standing-Count", counted(p.count))
			if last {
				link(w, r, q, seal(c.operation, q, cursor))
				return c.s.kept(w, r, q.format.mediaType(), out.b)
			}
			h.Set("Content-Type", q.format.mediaType())
			c.s.freshness(w, r)
		}
		sent = true
		if _, err := w.Write(out.b); err != nil || last || r.Method == http.MethodHead {
			return nil // all is sent, or nobody takes it
		}
		out.b = out.b[:0]
	}
}

func (c *collection[T]) row(t *table, item *T) {
	t.whole.b, t.whole.comma = t.whole.b[:0], false
	c.write(&t.whole, item)
	if t.format == asCSV {
		t.b = row(t.b, t.whole.b, t.columns)
		return
	}
	t.b = append(choose(t.b, t.whole.b, t.columns), '\n')
}

// columnsOf are the members of a row that a table shows: where a search text was
// met is of use on a page alone.
func columnsOf[T any]() []string {
	return slices.DeleteFunc(names(reflect.TypeFor[T]()), func(n string) bool { return n == "matched" })
}

// table is an export in the making.
type table struct {
	b       []byte
	format  format
	columns []string
	whole   jsonWriter
}

func (t *table) head() {
	if t.format != asCSV {
		return
	}
	for i, name := range t.columns {
		if i > 0 {
			t.b = append(t.b, ',')
		}
		t.b = append(t.b, name...)
	}
	t.b = append(t.b, '\r', '\n')
}

func (f format) mediaType() string {
	switch f {
	case asCSV:
		return f.media + "; charset=utf-8; header=present"
	case asMarkdown:
		return f.media + "; charset=utf-8"
	}
	return f.media
}

// few is a page of a collection that is small enough to be had whole: those that
// pass, in order, after the cursor, which is the key of the last one seen.
func few[T any](all []T, key func(*T) string, pass func(*T) bool, cursor string, limit int) page[T] {
	p := page[T]{items: []T{}}
	for i := range all {
		if pass == nil || pass(&all[i]) {
			p.items = append(p.items, all[i])
		}
	}
	p.count.N = len(p.items)
	slices.SortStableFunc(p.items, func(a, b T) int { return cmp.Compare(key(&a), key(&b)) })
	if cursor != "" {
		p.items = slices.DeleteFunc(p.items, func(item T) bool { return key(&item) <= cursor })
	}
	if limit > 0 && len(p.items) > limit {
		p.items = p.items[:limit]
		p.next = key(&p.items[limit-1])
	}
	return p
}

// one answers with a single thing, or with the chosen members of it.
func one(s *server, w http.ResponseWriter, r *http.Request, q *query, write func(*jsonWriter)) error {
	return s.view(w, r, func(j *jsonWriter) {
		if q.fields == nil {
			write(j)
			return
		}
		var whole jsonWriter
		write(&whole)
		j.b = choose(j.b, whole.b, q.fields)
	})
}

// given makes a filter that passes everything when it is not given.
func given[T ~string](want string, have T) bool { return want == "" || want == string(have) }

func holds[T ~string](want string, have []T) bool {
	return want == "" || slices.Contains(have, T(want))
}
