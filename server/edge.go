package server

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/lang"
)

// recorder remembers what was answered, for the log.
type recorder struct {
	http.ResponseWriter
	id     string
	status int
	bytes  int64
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 || w.status < 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// ServeHTTP answers one request, logs it, and survives its panics.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	rec := &recorder{ResponseWriter: w, id: requestID()}
	h := w.Header()
	h["X-Content-Type-Options"] = noSniff
	h["X-Request-Id"] = []string{rec.id}
	defer func() {
		if p := recover(); p != nil {
			s.panicked(rec, r, p)
		}
		s.logRequest(rec, r, start)
	}()
	if r.Method == http.MethodTrace || r.Method == http.MethodConnect {
		s.refuseMethod(rec, r)
		return
	}
	s.mux.ServeHTTP(rec, r)
}

// refuseMethod refuses what no address here allows, and says what this one does.
func (s *server) refuseMethod(w http.ResponseWriter, r *http.Request) {
	if h, pattern := s.mux.Handler(r); s.own[pattern] {
		h.ServeHTTP(w, r)
		return
	}
	allow := "GET, HEAD, POST, OPTIONS"
	w.Header().Set("Allow", allow)
	s.write(w, r, notAllowed(allow))
}

// requestID draws the id under which an answer is found in the log. A sender
// cannot choose it: it could name somebody.
func requestID() string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], rand.Uint64())
	return hex.EncodeToString(b[:])
}

// panicked answers 500 where nothing was answered yet. What the panic says is
// not logged, since it may quote the request; where it happened is.
func (s *server) panicked(w *recorder, r *http.Request, p any) {
	if p == http.ErrAbortHandler {
		panic(p)
	}
	if s.log != nil {
		s.log.LogAttrs(r.Context(), slog.LevelError, "panic", slog.String("request", w.id), slog.String("type", fmt.Sprintf("%T", p)), slog.String("stack", string(debug.Stack())))
	}
	if w.status == 0 {
		s.problem(w, r, standing.Errorf(standing.Internal, "panic"))
	}
}

// logRequest writes the line of a request: never its path or query, which may
// name a party.
func (s *server) logRequest(w *recorder, r *http.Request, start time.Time) {
	if s.log == nil {
		return
	}
	route := r.Pattern
	if route == "" {
		route = "none"
	}
	s.log.LogAttrs(context.WithoutCancel(r.Context()), slog.LevelInfo, "request", slog.String("route", route), slog.String("method", method(r.Method)),
		slog.Int("status", w.status), slog.Duration("took", time.Since(start)), slog.Int64("bytes", w.bytes), slog.String("request", w.id))
}

// method is the request's method if it is one of the usual; a sender chooses
// the word freely.
func method(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions, http.MethodTrace, http.MethodConnect:
		return m
	}
	return "other"
}

func notFound(what, do string) error {
	return &standing.Error{Kind: standing.NotFound, What: what, Do: do}
}

func notAllowed(allow string) api.Problem {
	return httpProblem(http.StatusMethodNotAllowed, "this address allows "+allow, "").Problem
}

// problem answers an error with its problem document and logs the cause of an
// internal one.
func (s *server) problem(w http.ResponseWriter, r *http.Request, err error) {
	var own *refusal
	if errors.As(err, &own) {
		s.write(w, r, own.Problem)
		return
	}
	if errors.Is(err, context.DeadlineExceeded) {
		err = standing.Errorf(standing.Unavailable, "the answer took too long: try again")
	}
	p := api.ProblemIn(err, s.tongue(r).Message)
	switch standing.ErrorKind(p.Type[len(api.ProblemPath):]) {
	case standing.Unauthenticated:
		w.Header().Set("WWW-Authenticate", `Bearer realm="standing"`)
	case standing.Unavailable:
		w.Header().Set("Retry-After", "2")
		s.logCause(r, w.Header().Get("X-Request-Id"), slog.LevelWarn, err)
	case standing.Internal:
		p.Request = w.Header().Get("X-Request-Id")
		s.logCause(r, p.Request, slog.LevelError, err)
	}
	s.write(w, r, p)
}

// logCause logs what the public is not told, unless the asker left meanwhile.
func (s *server) logCause(r *http.Request, id string, level slog.Level, err error) {
	if s.log != nil && r.Context().Err() == nil {
		s.log.LogAttrs(r.Context(), level, "failed", slog.String("request", id), slog.String("cause", err.Error()))
	}
}

// tongue is the language of whoever asks.
func (s *server) tongue(r *http.Request) *lang.Catalogue {
	c, _ := s.tongues.Choose("", r.Header.Get("Accept-Language"))
	return c
}

// translate puts a problem into the reader's language, what is left of it: one
// that was made from an error is in it already, apart from its title.
func (s *server) translate(w http.ResponseWriter, r *http.Request, p *api.Problem) {
	c := s.tongue(r)
	w.Header().Add("Vary", "Accept-Language")
	w.Header().Set("Content-Language", c.Tag)
	p.Detail, p.Do = c.Message(p.Detail), c.Message(p.Do)
	key := "api.status." + strconv.Itoa(p.Status)
	if kind, ok := strings.CutPrefix(p.Type, api.ProblemPath); ok {
		key = "api.problem." + kind
	}
	if c.Has(key) {
		p.Title = c.T(key)
	}
}

// write answers with a problem document.
func (s *server) write(w http.ResponseWriter, r *http.Request, p api.Problem) {
	s.translate(w, r, &p)
	buf := s.buffer()
	defer s.release(buf)
	j := jsonWriter{b: *buf}
	j.problem(&p)
	*buf = j.b
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h["Cache-Control"] = noStore
	w.WriteHeader(p.Status)
	_, _ = w.Write(j.b) // a client that has gone needs no answer
}
