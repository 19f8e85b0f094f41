package server

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/openstanding/standing/api"
)

// format is a form in which an operation can answer: its name in the parameter
// format, its media type and the ending of its file.
type format struct{ name, media, ending string }

// The formats that there are.
var (
	asJSON     = format{"json", "application/json", ".json"}
	asLines    = format{"jsonl", "application/x-ndjson", ".jsonl"}
	asCSV      = format{"csv", "text/csv", ".csv"}
	asYAML     = format{"yaml", "application/yaml", ".yaml"}
	asMarkdown = format{"markdown", "text/markdown", ".md"}
)

// refusal is a problem of HTTP's own: it has no kind, and the register never
// gives one.
type refusal struct{ api.Problem }

func (e *refusal) Error() string { return e.Detail }

func httpProblem(status int, what, do string) *refusal {
	return &refusal{api.Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: what, Do: do}}
}

// format settles in which form to answer: the parameter decides, else the header
// Accept (RFC 9110, 12.5.1).
func (rt *route) format(r *http.Request, named string) (format, error) {
	all := rt.formats
	if len(all) == 0 {
		all = []format{asJSON}
	}
	for _, f := range all {
		if f.name == named {
			return f, nil
		}
	}
	accept := r.Header["Accept"]
	if len(accept) == 0 {
		return all[0], nil
	}
	best, weight := all[0], 0
	for _, f := range all {
		if w := accepted(accept, f.media); w > weight {
			best, weight = f, w
		}
	}
	if weight == 0 {
		var speaks []string
		for _, f := range all {
			speaks = append(speaks, f.media)
		}
		return best, httpProblem(http.StatusNotAcceptable, "this address answers with "+strings.Join(speaks, ", "), "send the header Accept with one of them, or none")
	}
	return best, nil
}

// accepted is how much a reader wants a media type, in thousandths; 0: not at
// all. The most specific range that fits decides.
func accepted(accept []string, media string) int {
	kind, _, _ := strings.Cut(media, "/")
	weight, specific := 0, 0
	for _, line := range accept {
		for part := range strings.SplitSeq(line, ",") {
			name, params, _ := strings.Cut(part, ";")
			name = strings.ToLower(strings.TrimSpace(name))
			fits := 0
			switch name {
			case media:
				fits = 3
			case kind + "/*":
				fits = 2
			case "*/*":
				fits = 1
			}
			if fits > specific {
				weight, specific = thousandths(params), fits
			}
		}
	}
	return weight
}

// thousandths reads the weight q among the parameters of a range.
func thousandths(params string) int {
	for p := range strings.SplitSeq(params, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		if !strings.EqualFold(strings.TrimSpace(name), "q") {
			continue
		}
		q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || q < 0 || q > 1 {
			return 0
		}
		return int(q * 1000)
	}
	return 1000
}

// takesJSON is the same for operations that answer with JSON alone; nearly
// everybody asks for it, or for anything.
func takesJSON(accept []string) bool {
	if len(accept) == 0 || accept[0] == "application/json" || accept[0] == "*/*" {
		return true
	}
	return accepted(accept, "application/json") > 0
}

// wrongMedia says which bodies are taken.
func wrongMedia(want ...string) error {
	return httpProblem(http.StatusUnsupportedMediaType, "the body is to be "+strings.Join(want, " or "), "send it with the header Content-Type: "+want[0])
}

// mediaOf is the media type of a body; its charset, if stated, must be UTF-8.
func mediaOf(r *http.Request) (string, bool) {
	media, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return "", false
	}
	if c := params["charset"]; c != "" && !strings.EqualFold(c, "utf-8") {
		return "", false
	}
	return media, true
}
