package server

import (
	"compress/gzip"
	"context"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/lang"
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
	// Rates bound what one client may ask; zero: no bound.
	Rates Rates
	// Published are the files of bulk data, below /data/; nil: there are none.
	Published fs.FS
	// Now is the clock that the rates go by; nil: time.Now.
	Now func() time.Time
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

	rates            Rates
	byAddress, byKey *limiter // nil: no bound
	now              func() time.Time
	published        *published      // nil: none
	own              map[string]bool // paths of the table of routes
	tongues          lang.Languages
}

// largeStatements is how many statements of more than smallBody bytes are held
// in memory at a time; further ones wait.
const largeStatements = 8

// New makes the handler of a register.
func New(reg api.Register, opts Options) http.Handler {
	s := &server{reg: reg, relying: opts.Relying, log: opts.Logger, ready: opts.Ready, mux: http.NewServeMux(), large: make(chan struct{}, largeStatements),
		rates: opts.Rates, byAddress: newLimiter("address", opts.Rates.Address), byKey: newLimiter("key", opts.Rates.Key), now: opts.Now, published: publish(opts.Published), own: map[string]bool{}, tongues: lang.All()}
	if s.now == nil {
		s.now = time.Now
	}
	s.buffers.New = func() any { b := make([]byte, 0, 4096); return &b }
	s.zips.New = func() any {
		z, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed) // the level is valid
		return z
	}
	allowed := map[string][]string{}
	public := map[string]bool{}
	var paths []string
	for _, r := range s.routes() {
		if allowed[r.path] == nil && !r.shares {
			paths = append(paths, r.path)
		}
		allowed[r.path] = append(allowed[r.path], r.method)
		public[r.path] = public[r.path] || r.public
		s.mux.Handle(r.method+" "+r.path, s.wrap(r))
	}
	for _, path := range paths {
		s.own[path] = true
		s.mux.Handle(path, s.otherMethods(allowed[path], public[path]))
	}
	s.mux.Handle("/api/v1/", s.problems(func(http.ResponseWriter, *http.Request) error {
		return notFound("no such operation", "read /api/openapi.json")
	}))
	if opts.Portal != nil {
		pages := s.rated(1, s.zipped(opts.Portal))
		s.mux.Handle("/", pages)
		s.mux.Handle("/data", pages) // else it would lead to /data/
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
	answer := r.handle
	if r.read == nil && strings.HasPrefix(r.path, "/api/v1/") {
		answer = negotiated(r)
	}
	h := http.Handler(s.problems(answer))
	if r.zip {
		h = s.zipped(h)
	}
	if r.cost >= 0 {
		h = s.rated(r.cost, h)
	}
	if !r.public {
		return h
	}
	expose := r.zip // the hot one is small, and has nothing worth reading there
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		w.Header()["Access-Control-Allow-Origin"] = anyOrigin
		if expose {
			w.Header()["Access-Control-Expose-Headers"] = exposed
		}
		h.ServeHTTP(w, req)
	})
}

// negotiated refuses whoever cannot read the answer.
func negotiated(r route) handler {
	return func(w http.ResponseWriter, req *http.Request) error {
		if accept := req.Header["Accept"]; !takesJSON(accept) && !(r.lines && accepted(accept, asLines.media) > 0) {
			_, err := r.format(req, "")
			return err
		}
		return r.handle(w, req)
	}
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
			w.Header().Set("Access-Control-Allow-Headers", "Accept-Language, If-None-Match, Range")
			w.Header().Set("Access-Control-Max-Age", "86400")
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

// Values of headers that every answer shares. Nobody changes them.
var (
	anyOrigin = []string{"*"}
	exposed   = []string{"Content-Disposition, ETag, Link, RateLimit, RateLimit-Policy, Retry-After, Standing-Count, X-Request-Id"}
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
