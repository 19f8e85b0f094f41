package server

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/openstanding/standing"
)

// published serves the files of bulk data below /data/. They are made by package
// bulk, which replaces them whole and says the digest of each in
// datapackage.json; what it does not name is digested here, once.
type published struct {
	files fs.FS
	mu    sync.Mutex
	tags  map[string]tagged // by path
}

// tagged is the tag of a file as long as it is the same file.
type tagged struct {
	size  int64
	when  time.Time
	value string
}

// maxTags bounds how many tags are kept; beyond, all are forgotten.
const maxTags = 4096

func publish(files fs.FS) *published {
	if files == nil {
		return nil
	}
	return &published{files: files, tags: map[string]tagged{}}
}

// manifest is the file that names the others (Data Package of Frictionless Data).
const manifest = "datapackage.json"

// The media types of what is published, by ending; the rest is octets.
func publishedType(name string) (media string, inline bool) {
	switch path.Ext(name) {
	case ".csv":
		return "text/csv; charset=utf-8; header=present", false
	case ".jsonl", ".ndjson", ".ftm":
		return asLines.media, false
	case ".json":
		return asJSON.media, true
	case ".parquet":
		return "application/vnd.apache.parquet", false
	case ".txt", ".sha256":
		return "text/plain; charset=utf-8", true
	case ".md":
		return asMarkdown.mediaType(), true
	case ".gz":
		return "application/gzip", false
	case ".zip":
		return "application/zip", false
	}
	return "application/octet-stream", false
}

// data serves a published file: whole, in ranges, or not at all where the asker
// has it (RFC 9110, 13 and 14).
func (s *server) data(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("path")
	if s.published == nil || !visible(name) {
		return notFound("no such file is published", "read /data/"+manifest)
	}
	file, size, when, err := s.published.open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	tag, err := s.published.tag(name, file, size, when)
	if err != nil {
		return err
	}
	h := w.Header()
	media, inline := publishedType(name)
	if unit, _, _ := strings.Cut(r.Header.Get("Range"), "="); !strings.EqualFold(unit, "bytes") || media == asJSON.media {
		r.Header.Del("Range") // RFC 9110, 14.2: an unknown unit is as none; half a JSON document is none
	}
	h.Set("Content-Type", media)
	h.Set("ETag", tag)
	h.Set("Cache-Control", "no-cache") // what has ended leaves the files as well
	if !inline {
		h.Set("Content-Disposition", `attachment; filename="`+path.Base(name)+`"`)
	}
	if !compressible(media) || r.Header.Get("Range") != "" || size > maxZipped {
		h.Set("Cache-Control", "no-cache, no-transform")
	}
	refused := &refusedWriter{ResponseWriter: w}
	http.ServeContent(refused, r, "", when, file)
	if refused.status != 0 {
		h.Del("Content-Disposition")
	}
	switch refused.status {
	case http.StatusRequestedRangeNotSatisfiable:
		h.Set("Content-Range", "bytes */"+strconv.FormatInt(size, 10))
		return httpProblem(refused.status, "the file has no such range", "its length stands in Content-Range")
	case http.StatusPreconditionFailed:
		return httpProblem(refused.status, "the file is another by now", "ask for it without If-Match and If-Unmodified-Since")
	}
	return nil
}

// refusedWriter keeps back what http.ServeContent says when it refuses, so that
// a problem document can say it.
type refusedWriter struct {
	http.ResponseWriter
	status int // 0: nothing was refused
}

func (w *refusedWriter) WriteHeader(status int) {
	if status >= 400 {
		w.status = status
		return
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *refusedWriter) Write(b []byte) (int, error) {
	if w.status != 0 {
		return len(b), nil
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *refusedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// maxZipped is up to how many bytes a file is compressed each time that it is
// asked for; larger ones are offered compressed, as files of their own.
const maxZipped = 16 << 20

// visible reports whether a path may name a published file: no step up, nothing
// hidden, nothing half written.
func visible(name string) bool {
	if !fs.ValidPath(name) || strings.ContainsAny(name, "\\\x00:") {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".tmp") || strings.HasSuffix(part, "~") {
			return false
		}
	}
	return true
}

type seeker interface {
	fs.File
	io.Seeker
}

// open opens a regular file.
func (p *published) open(name string) (f seeker, size int64, when time.Time, err error) {
	file, err := p.files.Open(name)
	if absent(err) {
		return nil, 0, when, notFound("no such file is published", "read /data/"+manifest)
	}
	if err != nil {
		return nil, 0, when, err
	}
	info, err := file.Stat()
	f, seeks := file.(seeker)
	switch {
	case err != nil:
	case !info.Mode().IsRegular():
		err = notFound("no such file is published", "read /data/"+manifest)
	case !seeks:
		err = standing.Errorf(standing.Internal, "published files cannot be read from the middle: %T", file)
	default:
		return f, info.Size(), info.ModTime(), nil
	}
	_ = file.Close()
	return nil, 0, when, err
}

// absent reports whether an error says that there is no such file, for whichever
// reason a path can lead nowhere.
func absent(err error) bool {
	for _, no := range []error{fs.ErrNotExist, fs.ErrInvalid, fs.ErrPermission, syscall.ENOTDIR, syscall.ENAMETOOLONG} {
		if errors.Is(err, no) {
			return true
		}
	}
	return false
}

// tag is the strong tag of a file: its SHA-256, as the manifest says it, or as it
// is computed where the manifest is silent or older than the file.
func (p *published) tag(name string, file io.ReadSeeker, size int64, when time.Time) (string, error) {
	p.mu.Lock()
	known, ok := p.tags[name]
	p.mu.Unlock()
	if ok && known.size == size && known.when.Equal(when) {
		return known.value, nil
	}
	digest, ok := p.stated(name, size, when)
	if !ok {
		h := sha256.New()
		if _, err := io.Copy(h, file); err != nil {
			return "", err
		}
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return "", err
		}
		digest = h.Sum(nil)
	}
	tag := `"` + base64.RawURLEncoding.EncodeToString(digest) + `"`
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.tags) >= maxTags {
		clear(p.tags)
	}
	p.tags[name] = tagged{size, when, tag}
	return tag, nil
}

// maxManifest bounds the manifest in bytes.
const maxManifest = 4 << 20

// stated is the digest that the manifest gives a file of this size.
func (p *published) stated(name string, size int64, when time.Time) (digest []byte, ok bool) {
	if name == manifest {
		return nil, false
	}
	file, long, written, err := p.open(manifest)
	if err != nil || long > maxManifest {
		return nil, false
	}
	defer file.Close()
	var m struct {
		Resources []struct {
			Path, Hash string
			Bytes      int64
		}
	}
	if written.Before(when) || json.NewDecoder(io.LimitReader(file, maxManifest)).Decode(&m) != nil {
		return nil, false
	}
	for _, r := range m.Resources {
		if r.Path != name || r.Bytes != size {
			continue
		}
		raw, err := hex.DecodeString(strings.TrimPrefix(r.Hash, "sha256:"))
		return raw, err == nil && len(raw) == sha256.Size
	}
	return nil, false
}
