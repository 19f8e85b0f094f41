package public

import (
	"encoding/base64"
	"encoding/json"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// cursor says where a page ended: by what it was sorted, how many results came
// before, and what the last one was sorted by. It survives results that come and
// go in between.
type cursor struct {
	Sort string `json:"s"`
	Skip int    `json:"n,omitempty"` // by relevance
	Name string `json:"k,omitempty"` // comparable name of the last party
	Key  string `json:"p,omitempty"` // of the last party, or id of the last listing
	At   int64  `json:"t,omitempty"` // instant of the last listing
}

func (c cursor) String() string {
	b, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// maxCursor bounds a cursor in bytes.
const maxCursor = 1024

// readCursor reads the cursor of a page in that order; the zero cursor for none.
func readCursor(text, sort string) (cursor, error) {
	c := cursor{Sort: sort}
	if text == "" {
		return c, nil
	}
	bad := &standing.Error{Kind: standing.Invalid, What: "cursor: it is not one that a page of this question gave out", Do: "begin with the first page"}
	if len(text) > maxCursor {
		return c, bad
	}
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(b, &c) != nil || c.Sort != sort || c.Skip < 0 {
		return c, bad
	}
	return c, nil
}

// bounded is how many results a page holds.
func bounded(limit int) (int, error) {
	switch {
	case limit == 0:
		return api.DefaultLimit, nil
	case limit < 0 || limit > api.MaxLimit:
		return 0, standing.Errorf(standing.Invalid, "limit: 1 to %d results a page, not %d", api.MaxLimit, limit)
	}
	return limit, nil
}

// tally counts up to api.MaxCount.
type tally struct{ api.Count }

// more counts one and reports whether counting can stop.
func (t *tally) more() bool {
	if t.N == api.MaxCount {
		t.More = true
		return true
	}
	t.N++
	return false
}
