package server

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/openstanding/standing/api"
)

// This file serves the public log as C2SP tlog-tiles wants it
// (c2sp.org/tlog-tiles), and what the server says about itself.

// checkpoint is the only resource of the log that changes.
func (s *server) checkpoint(w http.ResponseWriter, r *http.Request) error {
	note, err := s.reg.Checkpoint(r.Context())
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "max-age=1")
	_, _ = w.Write(note)
	return nil
}

// tile serves tiles and entry bundles, which never change.
func (s *server) tile(w http.ResponseWriter, r *http.Request) error {
	path := strings.TrimPrefix(r.URL.Path, "/")
	data, err := s.reg.Tile(r.Context(), path)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/octet-stream")
	h.Set("Content-Length", strconv.Itoa(len(data)))
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	if !strings.HasPrefix(path, "tile/entries/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable, no-transform") // hashes do not compress
	}
	_, _ = w.Write(data)
	return nil
}

// healthz says that the process answers; readyz, that the register does.
func (s *server) healthz(w http.ResponseWriter, _ *http.Request) error {
	return plain(w, "ok\n")
}

func (s *server) readyz(w http.ResponseWriter, r *http.Request) error {
	if s.ready != nil {
		if err := s.ready(r.Context()); err != nil {
			return unavailable(err)
		}
	}
	return plain(w, "ready\n")
}

// openAPI serves the description that is generated from the table of routes.
func (s *server) openAPI(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Cache-Control", "max-age=300")
	send(w, []byte(api.OpenAPI()))
	return nil
}

// kind explains a type of problem at the address that the type is.
func (s *server) kind(w http.ResponseWriter, r *http.Request) error {
	for _, k := range api.Kinds() {
		if string(k) == r.PathValue("kind") {
			c, _ := s.tongues.Choose("", r.Header.Get("Accept-Language"))
			w.Header().Add("Vary", "Accept-Language")
			w.Header().Set("Content-Language", c.Tag)
			return plain(w, c.T("api.problem."+string(k))+" ("+strconv.Itoa(api.Status(k))+")\n\n"+c.T("api.about."+string(k))+"\n")
		}
	}
	return notFound("no such kind of problem", "")
}

func plain(w http.ResponseWriter, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header()["Cache-Control"] = noStore
	_, _ = w.Write([]byte(text))
	return nil
}
