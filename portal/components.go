package portal

import (
	"strconv"
	"strings"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// sections are the places of the navigation, in order.
var sections = [...]struct{ address, key string }{
	{"/search", "nav.search"}, {"/entries", "nav.entries"}, {"/lists", "nav.lists"}, {"/rulebooks", "nav.rulebooks"}, {"/statistics", "nav.statistics"},
	{"/data", "nav.data"}, {"/api", "nav.api"}, {"/charter", "nav.charter"}, {"/docs", "nav.help"},
}

// step is one of the breadcrumbs; without an address it is the page itself.
type step struct{ title, address string }

// download is a file that holds what a page shows.
type download struct{ title, address, media string }

// htmxConfig keeps htmx within our policy: nothing inline, nothing evaluated,
// nothing from elsewhere, nothing kept in the browser. What is wrong with a
// filter is shown as its page shows it.
const htmxConfig = `{"responseHandling":[{"code":"[23]..|400","swap":true},{"code":"[45]..","swap":false,"error":true}],"allowEval":false,"allowScriptTags":false,"includeIndicatorStyles":false,"selfRequestsOnly":true,"historyCacheSize":0,"refreshOnHistoryMiss":true}`

func colourScheme(theme string) string {
	if theme == "" {
		return "light dark"
	}
	return theme
}

func toKey(theme string) string {
	if theme == "" {
		return "system"
	}
	return theme
}

func themeIcon(theme string) string {
	switch theme {
	case "dark":
		return "moon"
	case "light":
		return "sun"
	}
	return "half"
}

func noticeIcon(tone string) string {
	switch tone {
	case "good":
		return "check"
	case "bad":
		return "cross"
	case "quiet":
		return "clock"
	}
	return "info"
}

// number prints a count with thousands set apart.
func (w *words) number(n int) string {
	if n < 0 {
		return "-" + w.number(-n)
	}
	s := strconv.Itoa(n)
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}

// counted prints a count of results, exact or "10,000+".
func (w *words) counted(c api.Count) string {
	if c.More {
		return w.number(c.N) + "+"
	}
	return w.number(c.N)
}

// results is a count with its noun: key.one or key.many.
func (w *words) results(key string, c api.Count) string {
	if c.More {
		return w.T(key+".many", w.counted(c))
	}
	return w.N(key, c.N)
}

// day prints the day of an instant, in UTC unless a day of the law begins at it.
func (w *words) day(i standing.Instant) string {
	if i == 0 || i == standing.Forever {
		return "–"
	}
	if day, ok := w.lawful(i); ok {
		return w.Catalogue.Date(day)
	}
	const length = standing.Instant(24 * time.Hour / time.Second)
	return w.Catalogue.Date(i - i%length)
}

// field is the name of a field.
func (w *words) field(code string) string { return w.Or("field.", code) }

// with is the address of this page with some parameters set, or without those
// that are empty: with("sort", "name", "cursor", "").
func (p *page) with(pairs ...string) string {
	u := p.here
	q := u.Query()
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		} else {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return u.EscapedPath()
	}
	return u.EscapedPath() + "?" + q.Encode()
}

// tail is the last part of an id, by which pages find a case.
func tail(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }
