package server

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

func (s *server) party(w http.ResponseWriter, r *http.Request) error {
	var a asked
	if err := a.query(r.URL.RawQuery, allNames&^nameParty&^nameActivity); err != nil {
		return err
	}
	var err error
	if a.q.Party, err = tail(r, "party"); err != nil {
		return err
	}
	return s.partyOf(w, r, &a)
}

// partyBody finds a party named in the body, so that an identifier need not
// stand in an address.
func (s *server) partyBody(w http.ResponseWriter, r *http.Request) error {
	var a asked
	if err := s.askedInBody(w, r, &a); err != nil {
		return err
	}
	return s.partyOf(w, r, &a)
}

func (s *server) partyOf(w http.ResponseWriter, r *http.Request, a *asked) error {
	caller, err := s.caller(r, a.purpose)
	if err != nil {
		return err
	}
	v, err := s.reg.Party(r.Context(), caller, a.q)
	if err != nil {
		return without(caller, err)
	}
	return s.view(w, r, func(j *jsonWriter) { j.party(v) })
}

func (s *server) listing(w http.ResponseWriter, r *http.Request) error {
	var a asked
	if err := a.query(r.URL.RawQuery, namePurpose); err != nil {
		return err
	}
	caller, err := s.caller(r, a.purpose)
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
	return s.view(w, r, func(j *jsonWriter) { j.listing(v) })
}

func (s *server) rulebooks(w http.ResponseWriter, r *http.Request) error {
	if err := new(asked).query(r.URL.RawQuery, 0); err != nil {
		return err
	}
	list, err := s.reg.Rulebooks(r.Context())
	if err != nil {
		return err
	}
	return s.view(w, r, func(j *jsonWriter) { elements(j, list, (*jsonWriter).rulebook) })
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

// view answers with what may be kept as long as it is asked again whether it
// still holds: the publication gate may close at any time. To a key it may not
// be kept at all.
func (s *server) view(w http.ResponseWriter, r *http.Request, write func(*jsonWriter)) error {
	buf := s.buffer()
	defer s.release(buf)
	j := jsonWriter{b: *buf}
	write(&j)
	*buf = j.b
	h := w.Header()
	if r.Method == http.MethodPost || r.Header.Get("Authorization") != "" {
		h["Cache-Control"] = noStore
		send(w, j.b)
		return nil
	}
	digest := sha256.Sum256(j.b)
	tag := `"` + base64.RawURLEncoding.EncodeToString(digest[:12]) + `"`
	h.Set("Cache-Control", "no-cache")
	h.Set("Vary", "Authorization")
	h.Set("ETag", tag)
	if matches(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	send(w, j.b)
	return nil
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
