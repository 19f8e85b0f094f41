package server

import (
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/openstanding/standing"
)

// param is a parameter of a query string: what the reader holds it to is what
// the description says of it.
type param struct {
	name     string
	about    string
	values   []string // that it may have; nil: any that fits the rest
	several  bool     // one or more of values, with commas between
	pattern  string   // of a text, in what Go and ECMAScript agree on
	max      int      // characters of a text, or the largest number
	number   bool     // a whole number from 1 to max
	instant  bool     // a date or an RFC 3339 instant
	required bool
	example  string
}

// query is a query string that was read.
type query struct {
	set    map[string]string
	fields []string // chosen; nil: all
	format format
	media  string // of the answer
	raw    string // without cursor
}

func (q *query) get(name string) string { return q.set[name] }

func (q *query) number(name string) int {
	n, _ := strconv.Atoi(q.set[name]) // it was read
	return n
}

func (q *query) instant(name string) standing.Instant {
	i, _ := when(q.set[name]) // it was read
	return i
}

// reader reads the query strings of one operation.
type reader struct {
	params   []param
	patterns map[string]*regexp.Regexp
}

func newReader(params []param) *reader {
	r := &reader{params: params, patterns: map[string]*regexp.Regexp{}}
	for _, p := range params {
		if p.pattern != "" {
			r.patterns[p.name] = regexp.MustCompile(p.pattern)
		}
	}
	return r
}

// read takes a query string apart. What it refuses, it names, with what would be
// allowed.
func (r *reader) read(raw string) (*query, error) {
	q := &query{set: map[string]string{}}
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name, err := decode(name)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(r.params, func(p param) bool { return p.name == name })
		if at < 0 {
			return nil, r.unknown(name)
		}
		if _, twice := q.set[name]; twice {
			return nil, malformed("the query says %s twice", name)
		}
		if value, err = decode(value); err != nil {
			return nil, err
		}
		if err := r.params[at].check(value, r.patterns[name]); err != nil {
			return nil, err
		}
		q.set[name] = value
	}
	for _, p := range r.params {
		if _, there := q.set[p.name]; p.required && !there {
			return nil, malformed("the query does not say %s", p.name)
		}
	}
	if chosen := q.set["fields"]; chosen != "" {
		q.fields = strings.Split(chosen, ",")
	}
	return q, nil
}

func (r *reader) unknown(name string) error {
	var known []string
	for _, p := range r.params {
		known = append(known, p.name)
	}
	return unknownParameter(name, known)
}

func unknownParameter(name string, known []string) error {
	err := standing.Errorf(standing.Invalid, "the query's %.40q means nothing here", name)
	if len(known) == 0 {
		return err.Advise("this address has no parameters")
	}
	return err.Advise("it may say %s", strings.Join(known, ", "))
}

// check holds a value to what the parameter allows.
func (p *param) check(value string, pattern *regexp.Regexp) error {
	switch {
	case value == "":
		return standing.Errorf(standing.Invalid, "the query's %s is empty", p.name).Advise("leave it out, or give it a value")
	case p.number:
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > p.max || strconv.Itoa(n) != value {
			return standing.Errorf(standing.Invalid, "the query's %s is no number from 1 to %d", p.name, p.max).Advise("correct it, or leave it out")
		}
	case p.instant:
		if _, err := when(value); err != nil {
			return standing.Errorf(standing.Invalid, "the query's %s is no date and no instant", p.name).Advise("write 2026-11-22 or 2026-11-22T15:04:05Z")
		}
	case p.values != nil:
		chosen := []string{value}
		if p.several {
			chosen = strings.Split(value, ",")
		}
		for _, v := range chosen {
			if !slices.Contains(p.values, v) {
				return standing.Errorf(standing.Invalid, "the query's %s cannot be %.40q", p.name, v).Advise("it may be %s", strings.Join(p.values, ", "))
			}
		}
	case utf8.RuneCountInString(value) > p.max:
		return standing.Errorf(standing.Invalid, "the query's %s is longer than %d characters", p.name, p.max).Advise("shorten it")
	case pattern != nil && !pattern.MatchString(value):
		return standing.Errorf(standing.Invalid, "the query's %s is not of the form %s", p.name, p.pattern).Advise("for example %s", p.example)
	}
	return nil
}

// answerer answers a request whose query string and format were read.
type answerer func(w http.ResponseWriter, r *http.Request, q *query) error

// reading reads the query string and settles the format before an operation
// answers.
func reading(rt *route) handler {
	read := newReader(rt.params)
	return func(w http.ResponseWriter, r *http.Request) error {
		q, err := read.read(r.URL.RawQuery)
		if err != nil {
			return err
		}
		if q.format, err = rt.format(r, q.set["format"]); err != nil {
			return err
		}
		return rt.read(w, r, q)
	}
}
