package portal

import (
	"net/http"
	"net/url"
	"strings"
)

// themeCookie keeps the choice between light and dark, and nothing else.
const themeCookie = "theme"

func themeOf(r *http.Request) string {
	c, err := r.Cookie(themeCookie)
	if err != nil || c.Value != "light" && c.Value != "dark" {
		return ""
	}
	return c.Value
}

// chooseTheme keeps the colours that the reader chose, and leads back.
func (p *portal) chooseTheme(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	c := &http.Cookie{Name: themeCookie, Value: q.Get("to"), Path: "/", MaxAge: 365 * 86400, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if c.Value != "light" && c.Value != "dark" {
		c.Value, c.MaxAge = "", -1
	}
	http.SetCookie(w, c)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", within(q.Get("back")))
	w.WriteHeader(http.StatusSeeOther)
}

// within is an address if it lies in this portal, else the first page's: a link
// from elsewhere must not lead on through here.
func within(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.ContainsAny(address, "\\\r\n") {
		return "/"
	}
	return u.RequestURI()
}

// themes is where the colours can be chosen to go next from here.
func (p *page) otherTheme() (to, address string) {
	to = "dark"
	if p.theme == "dark" {
		to = "light"
	} else if p.theme == "light" {
		to = ""
	}
	return to, "/theme?" + url.Values{"to": {to}, "back": {p.here.RequestURI()}}.Encode()
}
