package server

import (
	"compress/gzip"
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	"github.com/openstanding/standing/api"
)

// Options is what a server can be told beside its register. The zero Options
// serve everything that is public, without pages and without a log.
type Options struct {
	// Relying are the relying parties that may look up persons; nil: nobody.
	Relying *Relying
	// Logger gets one line per request and the causes of internal errors; nil:
	// nothing is logged.
	Logger *slog.Logger
	// Portal serves every path that is not the server's own; nil: 404.
	Portal http.Handler
	// Ready says why the register cannot answer now; nil: it always can.
	Ready func(context.Context) error
}

// server is the handler that New makes. It is safe for concurrent use.
type server struct {
	reg     api.Register
	relying *Relying
	log     *slog.Logger
	ready   func(context.Context) error
	mux     *http.ServeMux
	buffers sync.Pool     // of *[]byte
	zips    sync.Pool     // of *gzip.Writer
	large   chan struct{} // slots for statements that fill memory
}

// largeStatements is how many statements of more than smallBody bytes are held
// in memory at a time; further ones wait.
const largeStatements = 8

// New makes the handler of a register.
func New(reg api.Register, opts Options) http.Handler {
	s := &server{reg: reg, relying: opts.Relying, log: opts.Logger, ready: opts.Ready, mux: http.NewServeMux(), large: make(chan struct{}, largeStatements)}
	s.buffers.New = func() any { b := make([]byte, 0, 4096); return &b }
	s.zips.New = func() any {
		z, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed) // the level is valid
		return z
	}
	allowed := map[string][]string{}
	public := map[string]bool{}
	var paths []string
	for _, r := range s.routes() {
		if allowed[r.path] == nil {
			paths = append(paths, r.path)
		}
		allowed[r.path] = append(allowed[r.path], r.method)
		public[r.path] = public[r.path] || r.public
		s.mux.Handle(r.method+" "+r.path, s.wrap(r))
	}
	for _, path := range paths {
		s.mux.Handle(path, s.otherMethods(allowed[path], public[path]))
	}
	s.mux.Handle("/api/", s.problems(func(http.ResponseWriter, *http.Request) error {
		return notFound("no such operation", "read /api/openapi.json")
	}))
	if opts.Portal != nil {
		s.mux.Handle("/", s.zipped(opts.Portal))
	} else {
		s.mux.Handle("/", s.problems(func(http.ResponseWriter, *http.Request) error {
			return notFound("there is nothing at this address", "read /api/openapi.json")
		}))
	}
	return s
}

// wrap gives a route what it asks for: access from other sites, compression,
// problems for its errors.
func (s *server) wrap(r route) http.Handler {
	h := http.Handler(s.problems(r.handle))
	if r.zip {
		h = s.zipped(h)
	}
	if !r.public {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		w.Header()["Access-Control-Allow-Origin"] = anyOrigin
		h.ServeHTTP(w, req)
	})
}

// handler answers a request, or says why not before it has written anything.
type handler func(w http.ResponseWriter, r *http.Request) error

// problems makes problem documents of a handler's errors.
func (s *server) problems(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.problem(w, r, err)
		}
	}
}

// otherMethods answers OPTIONS, and 405 to what a path does not allow.
func (s *server) otherMethods(methods []string, public bool) http.HandlerFunc {
	var names []string
	for _, m := range methods {
		names = append(names, m)
		if m == http.MethodGet {
			names = append(names, http.MethodHead)
		}
	}
	allow := strings.Join(append(names, http.MethodOptions), ", ")
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Allow", allow)
		if r.Method != http.MethodOptions {
			s.write(w, r, notAllowed(allow))
			return
		}
		if public {
			w.Header()["Access-Control-Allow-Origin"] = anyOrigin
			w.Header().Set("Access-Control-Allow-Methods", "GET, HEAD")
			w.Header().Set("Access-Control-Max-Age", "86400")
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

// Values of headers that every answer shares. Nobody changes them.
var (
	anyOrigin = []string{"*"}
	noSniff   = []string{"nosniff"}
	noStore   = []string{"no-store"}
	jsonType  = []string{"application/json"}
)

// buffer takes a buffer from the pool, release gives it back. Buffers that grew
// large are left to the collector.
func (s *server) buffer() *[]byte { return s.buffers.Get().(*[]byte) }

func (s *server) release(b *[]byte) {
	if cap(*b) <= 64<<10 {
		*b = (*b)[:0]
		s.buffers.Put(b)
	}
}
