package portal

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
	"strings"
)

// Pico CSS 2.1.1 by its authors, MIT licence: assets/pico.LICENSE.md. htmx 2.0.11
// by its authors, Zero-Clause BSD licence: assets/htmx.LICENSE.txt.
//
//go:embed assets
var assetFiles embed.FS

// asset is a file that pages refer to.
type asset struct {
	media string
	data  []byte
	tag   string // changes with the data
}

func assets() map[string]asset {
	out := map[string]asset{}
	entries, err := assetFiles.ReadDir("assets")
	if err != nil {
		panic("portal: " + err.Error()) // embedded
	}
	for _, e := range entries {
		data, err := assetFiles.ReadFile("assets/" + e.Name())
		if err != nil {
			panic("portal: " + err.Error()) // embedded
		}
		digest := sha256.Sum256(data)
		a := asset{data: data, tag: hex.EncodeToString(digest[:6]), media: "text/plain; charset=utf-8"}
		switch path.Ext(e.Name()) {
		case ".css":
			a.media = "text/css; charset=utf-8"
		case ".svg":
			a.media = "image/svg+xml"
		case ".js":
			a.media = "text/javascript; charset=utf-8"
		}
		out[e.Name()] = a
	}
	return out
}

// address is where a page finds an asset; it changes with the asset, so that the
// asset may be kept for ever.
func (p *page) address(name string) string {
	return "/assets/" + name + "?v=" + p.portal.assets[name].tag
}

func (p *portal) asset(w http.ResponseWriter, r *http.Request) {
	a, ok := p.assets[r.PathValue("name")]
	if !ok {
		p.page(nowhere)(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", a.media)
	h.Set("Cache-Control", "max-age=300")
	if strings.TrimPrefix(r.URL.RawQuery, "v=") == a.tag {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	_, _ = w.Write(a.data)
}
