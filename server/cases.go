package server

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

func (s *server) party(w http.ResponseWriter, r *http.Request, q *query) error {
	a := asked{purpose: q.get("purpose"), q: api.Question{Region: q.get("region"), At: q.instant("at"), AsKnownOn: q.instant("asKnownOn"),
		BirthDate: q.get("birthDate"), Country: q.get("country")}}
	var err error
	if a.q.Party, err = tail(r, "party"); err != nil {
		return err
	}
	return s.partyOf(w, r, &a, q)
}

// partyBody finds a party named in the body, so that an identifier need not
// stand in an address.
func (s *server) partyBody(w http.ResponseWriter, r *http.Request) error {
	var a asked
	if err := s.askedInBody(w, r, &a); err != nil {
		return err
	}
	return s.partyOf(w, r, &a, &query{})
}

func (s *server) partyOf(w http.ResponseWriter, r *http.Request, a *asked, q *query) error {
	caller, err := s.caller(r, a.purpose)
	if err != nil {
		return err
	}
	v, err := s.reg.Party(r.Context(), caller, a.q)
	if err != nil {
		return without(caller, err)
	}
	return one(s, w, r, q, func(j *jsonWriter) { j.party(v) })
}

func (s *server) listing(w http.ResponseWriter, r *http.Request, q *query) error {
	caller, err := s.caller(r, q.get("purpose"))
	if err != nil {
		return err
	}
	id, err := tail(r, "id")
	if err != nil {
		return err
	}
	v, err := s.reg.Listing(r.Context(), caller, id)
	if err != nil {
		return without(caller, err)
	}
	return one(s, w, r, q, func(j *jsonWriter) { j.listing(v) })
}

func (s *server) version(w http.ResponseWriter, r *http.Request) error {
	if err := new(asked).query(r.URL.RawQuery, 0); err != nil {
		return err
	}
	id := r.PathValue("id")
	n, err := s.reg.Version(r.Context(), id)
	if err != nil {
		return err
	}
	w.Header()["Cache-Control"] = noStore
	buf := s.buffer()
	j := jsonWriter{b: *buf}
	j.version(&api.VersionView{Case: id, Version: n})
	*buf = j.b
	send(w, j.b)
	s.release(buf)
	return nil
}

// submit takes a signed statement. A long one waits for one of a few slots, so
// that bodies cannot fill the memory.
func (s *server) submit(w http.ResponseWriter, r *http.Request) error {
	if err := new(asked).query(r.URL.RawQuery, 0); err != nil {
		return err
	}
	if r.ContentLength < 0 || r.ContentLength > smallBody {
		select {
		case s.large <- struct{}{}:
			defer func() { <-s.large }()
		case <-r.Context().Done():
			return r.Context().Err()
		}
	}
	body, err := read(w, r, "application/json", api.MaxStatementBytes)
	if err != nil {
		return err
	}
	statement, err := submission(body)
	if err != nil {
		return err
	}
	receipts, err := s.reg.Submit(r.Context(), statement)
	if err != nil {
		return err
	}
	w.Header()["Cache-Control"] = noStore
	buf := s.buffer()
	j := jsonWriter{b: *buf}
	elements(&j, receipts, (*jsonWriter).receipt)
	*buf = j.b
	send(w, j.b)
	s.release(buf)
	return nil
}

// tail is what a path ends with, unescaped; ids and identifiers may hold
// slashes.
func tail(r *http.Request, name string) (string, error) {
	v := r.PathValue(name)
	if v == "" || !utf8.ValidString(v) {
		return "", malformed("the address does not name a %s in valid UTF-8", name)
	}
	return v, nil
}

// view answers with what is kept (see kept).
func (s *server) view(w http.ResponseWriter, r *http.Request, write func(*jsonWriter)) error {
	buf := s.buffer()
	defer s.release(buf)
	j := jsonWriter{b: *buf}
	write(&j)
	*buf = j.b
	return s.kept(w, r, asJSON.media, j.b)
}

// kept answers with what may be kept as long as it is asked again whether it
// still holds.
func (s *server) kept(w http.ResponseWriter, r *http.Request, media string, body []byte) error {
	h := w.Header()
	h.Set("Content-Type", media)
	if s.freshness(w, r) {
		digest := sha256.Sum256(body)
		tag := `"` + base64.RawURLEncoding.EncodeToString(digest[:12]) + `"`
		h.Set("ETag", tag)
		if matches(r.Header.Get("If-None-Match"), tag) {
			h.Del("Content-Disposition")
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	if len(body) > 2000 { // below, net/http counts by itself
		h["Content-Length"] = []string{strconv.Itoa(len(body))}
	}
	_, _ = w.Write(body) // a client that has gone needs no answer
	return nil
}

// freshness says whether an answer may be kept: the publication gate may close
// at any time, so that it must be asked for anew each time; to a key it may not
// be kept at all.
func (s *server) freshness(w http.ResponseWriter, r *http.Request) bool {
	h := w.Header()
	if r.Method == http.MethodPost || r.Header.Get("Authorization") != "" {
		h["Cache-Control"] = noStore
		return false
	}
	h.Set("Cache-Control", "no-cache")
	h.Add("Vary", "Authorization")
	return true
}

// matches compares weakly (RFC 9110, 13.1.2).
func matches(header, tag string) bool {
	for _, have := range strings.Split(header, ",") {
		have = strings.TrimPrefix(strings.TrimSpace(have), "W/")
		if have == tag || have == "*" {
			return true
		}
	}
	return false
}

func unavailable(err error) error {
	return &standing.Error{Kind: standing.Unavailable, What: "the register is not ready", Do: "try again", Err: err}
}
