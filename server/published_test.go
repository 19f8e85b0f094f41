package server_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/server"
)

// bulkFiles are published files of every sort, with their manifest.
func bulkFiles() fstest.MapFS {
	at := time.Unix(1_795_000_000, 0)
	rows := []byte("id,name\r\n" + strings.Repeat("1,Rongcheng\r\n", 1000))
	digest := sha256.Sum256(rows)
	file := func(b []byte) *fstest.MapFile { return &fstest.MapFile{Data: b, ModTime: at} }
	return fstest.MapFS{
		"listings.csv": file(rows), "deltas/2026-11-22.jsonl": file([]byte("{}\n")), "parties.parquet": file([]byte("PAR1....PAR1")), "parties.csv.gz": file([]byte{0x1f, 0x8b}),
		".hidden": file(rows), "half.csv.tmp": file(rows), "deltas/.x/y": file(rows), "SHA256SUMS": file([]byte("x")), "read.md": file([]byte("# Data\n")),
		"datapackage.json": file([]byte(`{"resources":[{"path":"listings.csv","hash":"sha256:` + fmt.Sprintf("%x", digest) + `","bytes":` + strconv.Itoa(len(rows)) + `},
			{"path":"parties.parquet","hash":"sha256:` + strings.Repeat("0", 64) + `","bytes":99}]}`)),
	}
}

func tagOf(b []byte) string {
	d := sha256.Sum256(b)
	return `"` + base64.RawURLEncoding.EncodeToString(d[:]) + `"`
}

func TestPublished(t *testing.T) {
	files := bulkFiles()
	h := server.New(apitest.New(), server.Options{Published: files})
	for name, want := range map[string][2]string{
		"listings.csv":            {"text/csv; charset=utf-8; header=present", `attachment; filename="listings.csv"`},
		"deltas/2026-11-22.jsonl": {"application/x-ndjson", `attachment; filename="2026-11-22.jsonl"`},
		"parties.parquet":         {"application/vnd.apache.parquet", `attachment; filename="parties.parquet"`},
		"parties.csv.gz":          {"application/gzip", `attachment; filename="parties.csv.gz"`},
		"datapackage.json":        {"application/json", ""},
		"read.md":                 {"text/markdown; charset=utf-8", ""},
		"SHA256SUMS":              {"application/octet-stream", `attachment; filename="SHA256SUMS"`},
	} {
		w := do(h, http.MethodGet, "/data/"+name, nil, "")
		if w.Code != 200 || !bytes.Equal(w.Body.Bytes(), files[name].Data) || w.Header().Get("Content-Type") != want[0] || w.Header().Get("Content-Disposition") != want[1] {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
		if got := w.Header().Get("ETag"); got != tagOf(files[name].Data) || w.Header().Get("Accept-Ranges") != "bytes" || w.Header().Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s: ETag %s, %v", name, got, w.Header())
		}
		if w := do(h, http.MethodGet, "/data/"+name, http.Header{"If-None-Match": {w.Header().Get("ETag")}}, ""); w.Code != 304 || w.Body.Len() > 0 {
			t.Errorf("%s again: %d", name, w.Code)
		}
		if w := do(h, http.MethodHead, "/data/"+name, nil, ""); w.Code != 200 || w.Body.Len() > 0 || w.Header().Get("Content-Length") != strconv.Itoa(len(files[name].Data)) {
			t.Errorf("HEAD %s: %d %v", name, w.Code, w.Header())
		}
	}
}

func TestPublishedInParts(t *testing.T) {
	files := bulkFiles()
	rows := files["listings.csv"].Data
	h := server.New(apitest.New(), server.Options{Published: files})
	for _, c := range []struct {
		ranges, ifRange string
		status          int
		body            []byte
	}{
		{"bytes=0-9", "", 206, rows[:10]}, {"bytes=-5", "", 206, rows[len(rows)-5:]}, {"bytes=100-", tagOf(rows), 206, rows[100:]}, {"bytes=100-", `"other"`, 200, rows},
		{"bytes=999999-", "", 416, nil}, {"lines=1-2", "", 200, rows}, {"bytes=5-1", "", 416, nil}, {"", "", 200, rows},
	} {
		header := http.Header{"Accept-Encoding": {"gzip"}}
		if c.ranges != "" {
			header.Set("Range", c.ranges)
		}
		if c.ifRange != "" {
			header.Set("If-Range", c.ifRange)
		}
		w := do(h, http.MethodGet, "/data/listings.csv", header, "")
		body := w.Body.Bytes()
		if w.Header().Get("Content-Encoding") == "gzip" {
			if strings.HasPrefix(c.ranges, "bytes") {
				t.Errorf("%s is compressed", c.ranges)
			}
			z, err := gzip.NewReader(w.Body)
			if err != nil {
				t.Fatal(err)
			}
			body, _ = io.ReadAll(z)
		}
		if w.Code != c.status || c.body != nil && !bytes.Equal(body, c.body) {
			t.Errorf("%s, If-Range %s: %d with %d bytes", c.ranges, c.ifRange, w.Code, len(body))
		}
		if c.status == 416 && (w.Header().Get("Content-Type") != "application/problem+json" || !strings.HasPrefix(w.Header().Get("Content-Range"), "bytes */")) {
			t.Errorf("%s: %v %s", c.ranges, w.Header(), w.Body)
		}
	}
	if w := do(h, http.MethodGet, "/data/listings.csv", http.Header{"If-Match": {`"other"`}}, ""); w.Code != 412 || w.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("If-Match: %d %v", w.Code, w.Header())
	}
}

// TestUnpublished holds that nothing else can be had.
func TestUnpublished(t *testing.T) {
	folder := t.TempDir()
	public := filepath.Join(folder, "public")
	for name, text := range map[string]string{"secret": "SECRET", "public/open.csv": "open", "public/.key": "SECRET", "public/sub/half.tmp": "SECRET"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	h := server.New(apitest.New(), server.Options{Published: os.DirFS(public)})
	if w := do(h, http.MethodGet, "/data/open.csv", nil, ""); w.Code != 200 {
		t.Fatalf("%d", w.Code)
	}
	for _, path := range []string{"/data/../secret", "/data/%2e%2e/secret", "/data/..%2fsecret", "/data/..%5csecret", "/data/sub/../../secret", "/data//etc/passwd", "/data/%2fetc/passwd", "/data/.key", "/data/sub/half.tmp",
		"/data/sub", "/data/sub/", "/data/", "/data/open.csv/", "/data/open.csv/x", "/data/open.csv%00", "/data/OPEN.csv", "/data/" + strings.Repeat("a/", 500), "/data/C:", "/data/none"} {
		w := do(h, http.MethodGet, path, nil, "")
		if w.Code != 404 && w.Code != 307 || strings.Contains(w.Body.String(), "SECRET") || strings.Contains(w.Body.String(), folder) {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	none := server.New(apitest.New(), server.Options{})
	if w := do(none, http.MethodGet, "/data/open.csv", nil, ""); w.Code != 404 {
		t.Errorf("without published files: %d", w.Code)
	}
	pages := server.New(apitest.New(), server.Options{Portal: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "page "+r.URL.Path) })})
	if w := do(pages, http.MethodGet, "/data", nil, ""); w.Code != 200 || w.Body.String() != "page /data" {
		t.Errorf("the page /data: %d %s", w.Code, w.Body)
	}
}

// TestPublishedAnew holds that a file that was replaced has another tag, and
// that a manifest which is older than a file, or says another size, is not
// believed.
func TestPublishedAnew(t *testing.T) {
	files := bulkFiles()
	h := server.New(apitest.New(), server.Options{Published: files})
	tag := func(name string) string { return do(h, http.MethodGet, "/data/"+name, nil, "").Header().Get("ETag") }
	first := tag("listings.csv")
	later := &fstest.MapFile{Data: []byte("id,name\r\n2,Other\r\n"), ModTime: files["listings.csv"].ModTime.Add(time.Second)}
	files["listings.csv"] = later
	if got := tag("listings.csv"); got == first || got != tagOf(later.Data) {
		t.Errorf("replaced: %s, before %s", got, first)
	}
	same := bytes.ToUpper(later.Data)
	files["listings.csv"] = &fstest.MapFile{Data: same, ModTime: later.ModTime.Add(time.Second)}
	if got := tag("listings.csv"); got != tagOf(same) {
		t.Errorf("replaced by one of the same size: %s", got)
	}
}
