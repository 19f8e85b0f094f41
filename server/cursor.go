package server

import (
	"encoding/base64"
	"encoding/binary"
	"hash/fnv"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/openstanding/standing"
)

// A cursor on the wire is base64url: 6 bytes that tie it to the operation and
// its filters, then what the register gave. It is no secret and is not trusted:
// the tie keeps honest readers from mixing two queries up.

const tieBytes = 6

// apart are the parameters that a cursor is not tied to.
var apart = []string{"cursor", "limit", "fields", "format"}

func tie(operation string, q *query) []byte {
	h := fnv.New64a()
	h.Write([]byte(operation))
	for _, name := range slices.Sorted(maps.Keys(q.set)) {
		if !slices.Contains(apart, name) {
			h.Write([]byte("\x00" + name + "\x00" + q.set[name]))
		}
	}
	return binary.BigEndian.AppendUint64(nil, h.Sum64())[:tieBytes]
}

// seal makes the cursor of the next page; the last page has none.
func seal(operation string, q *query, inner string) string {
	if inner == "" {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(append(tie(operation, q), inner...))
}

// unseal returns what the register gave.
func unseal(operation string, q *query, cursor string) (string, error) {
	if cursor == "" {
		return "", nil
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(raw) <= tieBytes {
		return "", badCursor("the cursor is none that this register gave")
	}
	if string(raw[:tieBytes]) != string(tie(operation, q)) {
		return "", badCursor("the cursor belongs to another query")
	}
	return string(raw[tieBytes:]), nil
}

func badCursor(what string) error {
	return &standing.Error{Kind: standing.Invalid, What: what, Do: "take next of the page before, with the same filters, or leave the cursor out"}
}

// link states the address of the next page (RFC 8288), relative to this one.
func link(w http.ResponseWriter, r *http.Request, q *query, next string) {
	if next == "" || r.Method == http.MethodPost {
		return
	}
	v := url.Values{"cursor": {next}}
	for name, value := range q.set {
		if name != "cursor" {
			v.Set(name, value)
		}
	}
	w.Header().Set("Link", "<"+(&url.URL{Path: r.URL.Path, RawQuery: strings.ReplaceAll(v.Encode(), "+", "%20")}).RequestURI()+`>; rel="next"`)
}
