package server

import (
	"compress/gzip"
	"net/http"
	"strings"
)

// zipAt is from how many bytes on an answer is worth compressing: below, it
// fits into two packets anyway.
const zipAt = 2 << 10

// zipped compresses the larger answers of a handler for those who can read
// gzip. What an answer holds is public or the asker's own and no secret of the
// register stands beside it, so that its length gives nothing away.
func (s *server) zipped(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if r.Method == http.MethodHead || !takesGzip(r.Header.Get("Accept-Encoding")) {
			next.ServeHTTP(w, r)
			return
		}
		z := &zipWriter{ResponseWriter: w, s: s}
		defer z.close()
		next.ServeHTTP(z, r)
	})
}

// takesGzip reads Accept-Encoding (RFC 9110, 12.5.3); only a plain refusal
// counts among the weights.
func takesGzip(header string) bool {
	for _, part := range strings.Split(header, ",") {
		name, weight, _ := strings.Cut(part, ";")
		if name = strings.TrimSpace(name); !strings.EqualFold(name, "gzip") && name != "*" {
			continue
		}
		switch strings.ReplaceAll(weight, " ", "") {
		case "q=0", "q=0.0", "q=0.00", "q=0.000":
			return false
		}
		return true
	}
	return false
}

// zipWriter decides at the first byte, by its status, its type and how much
// comes at once.
type zipWriter struct {
	http.ResponseWriter
	s       *server
	status  int
	decided bool
	zip     *gzip.Writer
}

func (z *zipWriter) WriteHeader(status int) {
	if z.decided || z.status != 0 {
		return
	}
	if status < 200 {
		z.ResponseWriter.WriteHeader(status)
		return
	}
	z.status = status
	if status == http.StatusNoContent || status == http.StatusNotModified {
		z.decide(0)
	}
}

func (z *zipWriter) decide(n int) {
	if z.decided {
		return
	}
	z.decided = true
	h := z.Header()
	if n >= zipAt && h.Get("Content-Encoding") == "" && compressible(h.Get("Content-Type")) && !strings.Contains(h.Get("Cache-Control"), "no-transform") {
		h.Del("Content-Length")
		h.Del("Accept-Ranges") // ranges are of the bytes as they are
		h.Set("Content-Encoding", "gzip")
		if tag := h.Get("ETag"); strings.HasPrefix(tag, `"`) {
			h.Set("ETag", "W/"+tag)
		}
		z.zip = z.s.zips.Get().(*gzip.Writer)
		z.zip.Reset(z.ResponseWriter)
	}
	if z.status != 0 {
		z.ResponseWriter.WriteHeader(z.status)
	}
}

func compressible(media string) bool {
	for _, p := range []string{"text/", "application/json", "application/problem+json", "application/x-ndjson", "application/yaml", "application/octet-stream", "image/svg+xml"} {
		if strings.HasPrefix(media, p) {
			return true
		}
	}
	return false
}

func (z *zipWriter) Write(b []byte) (int, error) {
	z.decide(len(b))
	if z.zip != nil {
		return z.zip.Write(b)
	}
	return z.ResponseWriter.Write(b)
}

// FlushError sends what there is, for http.ResponseController.
func (z *zipWriter) FlushError() error {
	z.decide(0)
	if z.zip != nil {
		if err := z.zip.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(z.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController reach the connection.
func (z *zipWriter) Unwrap() http.ResponseWriter { return z.ResponseWriter }

func (z *zipWriter) close() {
	z.decide(0)
	if z.zip != nil {
		_ = z.zip.Close() // a client that has gone needs no end
		z.s.zips.Put(z.zip)
	}
}
