package contract

import (
	"bytes"
	"encoding/csv"
	"mime"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// operation asks one operation: rightly, wrongly, and again.
func (h *holder) operation(op *operation) error {
	for range h.Cases {
		q := h.valid(op)
		a, err := h.ask(op.method, op.path, q)
		if err != nil {
			return err
		}
		h.judge(op, a)
		if a.StatusCode == http.StatusBadRequest && q.sure {
			h.found("%s: refused, though the description allows it: %s", a.what, a.body)
		}
		if err := h.again(op, q, a); err != nil {
			return err
		}
	}
	if strings.HasPrefix(op.path, "/api/v1/") {
		wrong := h.wrong(op)
		for _, what := range sorted(wrong) {
			a, err := h.ask(op.method, op.path, wrong[what])
			if err != nil {
				return err
			}
			h.judge(op, a)
			name, _, _ := strings.Cut(what, " ")
			if a.StatusCode != http.StatusBadRequest || !bytes.Contains(a.body, []byte(name)) {
				h.found("%s: the parameter %s, and the answer is %d %s", a.what, what, a.StatusCode, brief(a.body))
			}
		}
	}
	if err := h.accepts(op); err != nil {
		return err
	}
	return h.bodies(op)
}

// again asks the same by HEAD, and whether it still holds.
func (h *holder) again(op *operation, q *request, a *answer) error {
	if op.method != http.MethodGet || a.StatusCode != http.StatusOK {
		return nil
	}
	head, err := h.ask(http.MethodHead, op.path, q)
	if err != nil {
		return err
	}
	if head.StatusCode != a.StatusCode || len(head.body) > 0 || head.Header.Get("Content-Type") != a.Header.Get("Content-Type") {
		h.found("HEAD %s: %d %q with %d bytes, where GET gave %d %q", op.path, head.StatusCode, head.Header.Get("Content-Type"), len(head.body), a.StatusCode, a.Header.Get("Content-Type"))
	}
	tag := a.Header.Get("ETag")
	if tag == "" || op.ID == "today" { // which holds the time of day
		return nil
	}
	q = q.clone()
	q.header.Set("If-None-Match", tag)
	kept, err := h.ask(op.method, op.path, q)
	if err != nil {
		return err
	}
	h.judge(op, kept)
	if kept.StatusCode != http.StatusNotModified || len(kept.body) > 0 || strings.TrimPrefix(kept.Header.Get("ETag"), "W/") != strings.TrimPrefix(tag, "W/") {
		h.found("%s: asked with its own ETag it answers %d, %q", a.what, kept.StatusCode, kept.Header.Get("ETag"))
	}
	return nil
}

// accepts asks for what nobody speaks, and for all that is spoken.
func (h *holder) accepts(op *operation) error {
	if op.Responses["406"] == nil {
		return nil
	}
	spoken := sorted(op.Responses["200"].Content)
	for _, accept := range append(spoken, "application/x-nothing", "text/html;q=0, application/pdf", "garbage", "*/*;q=0") {
		q := h.valid(op)
		q.drop("format")
		q.header.Set("Accept", accept)
		a, err := h.ask(op.method, op.path, q)
		if err != nil {
			return err
		}
		h.judge(op, a)
		known := slices.Contains(spoken, accept)
		if known == (a.StatusCode == http.StatusNotAcceptable) && (known || a.StatusCode < 400) && !(op.Body != nil && known) {
			h.found("%s: Accept %s is answered by %d", a.what, accept, a.StatusCode)
		}
		if got, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type")); known && a.StatusCode == http.StatusOK && got != accept && op.Body == nil {
			h.found("%s: Accept %s is answered with %s", a.what, accept, got)
		}
	}
	return nil
}

// bodies sends what is no valid body, and bodies of other types.
func (h *holder) bodies(op *operation) error {
	if op.Body == nil {
		return nil
	}
	m := op.Body.Content["application/json"]
	spoiled := h.spoiled(op, m.Schema)
	for _, what := range sorted(spoiled) {
		q := h.valid(op)
		q.body = spoiled[what]
		a, err := h.ask(op.method, op.path, q)
		if err != nil {
			return err
		}
		h.judge(op, a)
		if a.StatusCode != http.StatusBadRequest && a.StatusCode != http.StatusForbidden {
			h.found("%s: a body that is %s is answered by %d", a.what, what, a.StatusCode)
		}
	}
	for _, media := range []string{"", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", "garbage;;;"} {
		q := h.valid(op)
		q.header.Set("Content-Type", media)
		a, err := h.ask(op.method, op.path, q)
		if err != nil {
			return err
		}
		h.judge(op, a)
		if a.StatusCode < 400 {
			h.found("%s: a body of type %q is answered by %d", a.what, media, a.StatusCode)
		}
	}
	return nil
}

// methods asks a path by every other method.
func (h *holder) methods(at string, allowed []string) error {
	if slices.Contains(allowed, http.MethodGet) {
		allowed = append(allowed, http.MethodHead)
	}
	allowed = append(allowed, http.MethodOptions)
	q := &request{path: map[string]string{}, header: http.Header{}}
	for part := range strings.SplitSeq(at, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			q.path[strings.TrimSuffix(name, "}")] = "x"
		}
	}
	for _, method := range []string{"DELETE", "PUT", "PATCH", "POST", "GET", "TRACE", "OPTIONS", "BREW"} {
		if slices.Contains(allowed, method) && method != "OPTIONS" {
			continue
		}
		a, err := h.ask(method, at, q)
		if err != nil {
			return err
		}
		want := http.StatusMethodNotAllowed
		if method == "OPTIONS" {
			want = http.StatusNoContent
		}
		if a.StatusCode != want {
			h.found("%s: %d, want %d", a.what, a.StatusCode, want)
		}
		for _, m := range allowed {
			if !strings.Contains(a.Header.Get("Allow"), m) {
				h.found("%s: Allow is %q, without %s", a.what, a.Header.Get("Allow"), m)
			}
		}
	}
	return nil
}

// judge holds an answer to what its operation promises.
func (h *holder) judge(op *operation, a *answer) {
	r := op.Responses[strconv.Itoa(a.StatusCode)]
	if r == nil && a.StatusCode == http.StatusTemporaryRedirect && path.Clean(a.Request.URL.EscapedPath()) != a.Request.URL.EscapedPath() {
		return // an address that is not in its shortest form leads to the one that is
	}
	if r == nil {
		h.found("%s: %d is not described: %s", a.what, a.StatusCode, brief(a.body))
		return
	}
	if a.StatusCode == http.StatusInternalServerError {
		h.found("%s: a fault of the server: %s", a.what, brief(a.body))
	}
	if a.Header.Get("X-Request-Id") == "" {
		h.found("%s: there is no X-Request-Id", a.what)
	}
	for _, name := range []string{"ETag", "Link", "Standing-Count", "Retry-After", "RateLimit", "RateLimit-Policy", "Content-Disposition", "WWW-Authenticate"} {
		if _, ok := r.Headers[name]; !ok && a.Header.Get(name) != "" {
			h.found("%s: the header %s of %d is not described", op.ID, name, a.StatusCode)
		}
	}
	if len(a.body) == 0 && len(r.Content) == 0 {
		return
	}
	media, _, err := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if _, ok := r.Content[media]; !ok || err != nil {
		if _, any := r.Content["*/*"]; !any {
			h.found("%s: %d as %q is not described", a.what, a.StatusCode, a.Header.Get("Content-Type"))
		}
		return
	}
	h.shape(r, media, a)
}

// shape holds a body to its schema.
func (h *holder) shape(r *response, media string, a *answer) {
	switch media {
	case "application/json", "application/problem+json":
		h.fits(r, media, a, a.body)
	case "application/x-ndjson":
		for line := range bytes.Lines(a.body) {
			h.fits(r, media, a, line)
		}
	case "text/csv":
		if _, err := csv.NewReader(bytes.NewReader(a.body)).ReadAll(); err != nil {
			h.found("%s: not CSV: %v", a.what, err)
		}
	}
}

func (h *holder) fits(r *response, media string, a *answer, body []byte) {
	at := "file:///openapi.json#" + r.at + "/content/" + pointer(media) + "/schema"
	schema := h.known[at]
	if schema == nil {
		var err error
		if schema, err = h.schemas.Compile(at); err != nil {
			h.found("the description: %v", err)
			return
		}
		h.known[at] = schema
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		h.found("%s: not JSON: %v: %s", a.what, err, brief(body))
		return
	}
	if err := schema.Validate(v); err != nil {
		h.found("%s: %d is not of the shape described: %v", a.what, a.StatusCode, err)
	}
	if p, ok := v.(map[string]any); ok && media == "application/problem+json" {
		if n, _ := number(p["status"]); int(n) != a.StatusCode {
			h.found("%s: the problem says %v, the status %d", a.what, p["status"], a.StatusCode)
		}
	}
}

func brief(b []byte) string {
	if len(b) > 300 {
		return string(b[:300]) + "..."
	}
	return string(b)
}
