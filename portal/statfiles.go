package portal

import (
	"bytes"
	"encoding/csv"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// statisticsFile is a download: "month.csv", "list-flow.svg", "exits.svg", with
// the filters of the page.
func (p *portal) statisticsFile(w http.ResponseWriter, r *http.Request) {
	words, chosen := p.choose(r.URL.Query().Get("lang"), r.Header.Get("Accept-Language"))
	pg := &page{words: words, names: p.names.read(r.Context(), p.reg), chosen: chosen, here: *r.URL, portal: p}
	name := r.PathValue("file")
	media, data, err := p.statisticsData(pg, r, name)
	if err != nil {
		p.page(func(*page, *http.Request) (*reply, error) { return nil, err })(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Language", pg.Tag)
	h.Set("Content-Disposition", `attachment; filename="statistics-`+name+`"`)
	h.Set("Cache-Control", "no-cache")
	h.Add("Vary", "Accept-Language")
	_, _ = w.Write(data) // a reader who has gone needs no file
}

func (p *portal) statisticsData(pg *page, r *http.Request, name string) (media string, data []byte, err error) {
	stem, ext, _ := strings.Cut(name, ".")
	by, code, _ := strings.Cut(stem, "-")
	at := slices.IndexFunc(pictures[:], func(m picture) bool { return m.code == code })
	known := slices.Contains(groupings[:], by)
	switch {
	case ext == "csv" && known && code == "", ext == "svg" && known && at >= 0, name == "exits.svg":
	default:
		return "", nil, &standing.Error{Kind: standing.NotFound, What: "there is no such file"}
	}
	if name == "exits.svg" {
		by = api.ByMonth
	}
	f, err := p.counted(pg, r, by)
	if err != nil {
		return "", nil, err
	}
	for field, wrong := range f.errors {
		return "", nil, standing.Errorf(standing.Invalid, "%s: %s", field, wrong)
	}
	switch {
	case ext == "csv":
		data, err = pg.statisticsCSV(f)
		return "text/csv; charset=utf-8", data, err
	case name == "exits.svg":
		return "image/svg+xml", []byte(pg.exitPlot(f, true)), nil
	}
	return "image/svg+xml", []byte(pg.plot(pictures[at], f, true)), nil
}

// statisticsCSV is the table with all its columns, ends by event at the end. The
// names of columns are the same in every language, for programs.
func (p *page) statisticsCSV(f *figures) ([]byte, error) {
	events := f.exits()
	header := []string{f.By, "title"}
	for _, c := range columns {
		header = append(header, c.code)
	}
	if f.By == api.ByRegion {
		header = append(header, "parties", "partiesListed")
	}
	for _, c := range personColumns {
		header = append(header, "persons."+c.code)
	}
	header = append(header, "withheld")
	for _, e := range events {
		header = append(header, "exit."+e)
	}
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	err := out.Write(header)
	for i := range f.Rows {
		r := &f.Rows[i]
		line := []string{harmless(r.Key), harmless(p.rowTitle(f.By, r.Key))}
		for _, c := range columns {
			line = append(line, figure(c.of(r)))
		}
		if f.By == api.ByRegion {
			line = append(line, strconv.Itoa(r.Parties), strconv.Itoa(r.PartiesListed))
		}
		for _, c := range personColumns {
			if r.Persons == nil {
				line = append(line, "")
			} else {
				line = append(line, strconv.Itoa(c.of(r.Persons)))
			}
		}
		line = append(line, strconv.FormatBool(r.Withheld))
		for _, e := range events {
			line = append(line, strconv.Itoa(r.Exits[e]))
		}
		if e := out.Write(line); e != nil {
			err = e
		}
	}
	out.Flush()
	return b.Bytes(), err
}

// figure prints a number for programs; there being none is an empty cell.
func figure(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// harmless keeps a spreadsheet from taking a text for a formula.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
