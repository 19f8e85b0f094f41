package bulk_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/bulk"
	"github.com/openstanding/standing/lang"
	"github.com/openstanding/standing/source"
)

// names that somebody chose to break a file, a page or a spreadsheet with.
var hostile = []string{
	"=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "'quoted", "''", "<script>alert(1)</script>", "a\nb", "a\r\nb", "a,b;c", `"quoted" \ | bar`,
	"right \u202eto left", "控\u0000制\u0001", " leading", "\ufeffmark", "line\u2028separator", `a\|b`, "|", `\`, "",
}

func hostileTown() *town {
	town := newTown()
	for i, name := range hostile {
		town.party(i, "x")
		town.listing(i, "x")
		for k, p := range town.parties {
			if strings.Contains(k, tokenOf(i)) {
				p.Names, p.Address, p.Region, p.Country = []string{name, "second|" + name}, name, name, name
				p.Identifiers, p.Lists, p.Entries = []string{"ref:" + name}, []standing.ListID{standing.ListID(name), "b/c"}, 1
				town.parties[k] = p
			}
		}
		for k, l := range town.listings {
			if strings.Contains(l.Party, tokenOf(i)) {
				l.Name, l.Docket, l.Ground, l.Field, l.Source, l.Stayed = name, name, name, name, name, true
				town.listings[k] = l
			}
		}
	}
	return town
}

// TestHostileNames: whatever stands in a name comes back from every format as it
// was, and no cell of CSV begins as a formula does.
func TestHostileNames(t *testing.T) {
	town, dir := hostileTown(), t.TempDir()
	town.publish(t, dir, on(0))
	files := bulk.Folder(dir)
	var want []api.PartyRow
	_, err := town.EachParty(context.Background(), func(r *api.PartyRow) error { want = append(want, *r); return nil })
	if err != nil {
		t.Fatal(err)
	}
	var lines []api.PartyRow
	for line := range strings.Lines(string(unzip(t, files, "parties.jsonl.gz"))) {
		var row bulk.Party
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, row.PartyRow)
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("JSON lines: -want +got\n%s", diff)
	}
	cells, err := csv.NewReader(bytes.NewReader(unzip(t, files, "parties.csv.gz"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range cells[0] {
		column[name] = i
	}
	for i, row := range cells[1:] {
		for _, cell := range row {
			if regexp.MustCompile("^[=+@\t\r\n＝＋－＠-]").MatchString(cell) {
				t.Errorf("a spreadsheet may take %q for a formula", cell)
			}
		}
		names := want[i].Names
		if strings.Contains(names[0], "\r\n") {
			continue // encoding/csv reads every line end as \n
		}
		if got := bulk.SplitCell(bulk.PlainCell(row[column["names"]])); !cmp.Equal(got, names) {
			t.Errorf("CSV: %q, want %q", got, names)
		}
		if got := bulk.PlainCell(row[column["address"]]); got != want[i].Address {
			t.Errorf("CSV: %q, want %q", got, want[i].Address)
		}
	}
	hostileParquet(t, files, want)
	hostileEntities(t, files, want)
}

func hostileParquet(t *testing.T, files fs.FS, want []api.PartyRow) {
	t.Helper()
	b, err := fs.ReadFile(files, "parties.parquet")
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		Names   []string `parquet:"names,list"`
		Address string   `parquet:"address,optional"`
		Newest  *int64   `parquet:"newest,optional"`
	}
	rows, err := parquet.Read[row](bytes.NewReader(b), int64(len(b)))
	if err != nil || len(rows) != len(want) {
		t.Fatalf("Parquet: %d rows, %v", len(rows), err)
	}
	for i, r := range rows {
		if !cmp.Equal(r.Names, want[i].Names) || r.Address != want[i].Address || r.Newest != nil {
			t.Errorf("Parquet: %q %q, want %q", r.Names, r.Address, want[i].Names)
		}
	}
}

// hostileEntities reads the entities with the reader that imports them.
func hostileEntities(t *testing.T, files fs.FS, want []api.PartyRow) {
	t.Helper()
	b := unzip(t, files, "entities.ftm.json.gz")
	r, err := source.Open("ftm", bytes.NewReader(b), source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for {
		row, reject, err := r.Next()
		if err != nil {
			break
		}
		if reject == nil && row.Effect == source.Record {
			n++
			if row.Kind != source.Organisation {
				t.Errorf("%q is read as a %s", row.Name, row.Kind)
			}
		}
	}
	if n < len(want)-3 { // names of controls or nothing are rejected
		t.Errorf("the reader takes %d of %d parties", n, len(want))
	}
}

// TestSameRowsSameBytes publishes the same register twice.
func TestSameRowsSameBytes(t *testing.T) {
	var digests [2]string
	for i := range digests {
		dir := t.TempDir()
		for day := range 3 {
			if _, err := bulk.Publish(t.Context(), dir, country{parties: 3000, listings: 500, changed: 10, day: day}, nil, on(day)); err != nil {
				t.Fatal(err)
			}
		}
		b, err := fs.ReadFile(bulk.Folder(dir), "index.json")
		if err != nil {
			t.Fatal(err)
		}
		digests[i] = string(b)
	}
	if diff := cmp.Diff(digests[0], digests[1]); diff != "" {
		t.Errorf("the same rows are not the same bytes:\n%s", diff)
	}
}

// TestGuard: a register that hands out what must not be published is stopped,
// and what is published stays.
func TestGuard(t *testing.T) {
	dir := t.TempDir()
	good := newTown()
	good.party(1, "token1nekot")
	good.publish(t, dir, on(0))
	before := everything(t, dir)
	for name, spoil := range map[string]func(*town){
		"a person": func(t *town) { t.parties["x"] = api.PartyRow{Party: "x", Kind: standing.Person, Names: []string{"n"}} },
		"unknown":  func(t *town) { t.parties["x"] = api.PartyRow{Party: "x", Names: []string{"n"}} },
		"a citizen's number": func(t *town) {
			t.parties["x"] = api.PartyRow{Party: "x", Kind: standing.Organisation, Identifiers: []string{"cn-citizen:110000180001010013"}}
		},
		"an entry of a person": func(t *town) { t.listings["x"] = api.ListingRow{ID: "x", Party: "x", PartyKind: standing.Person} },
		"an entry by a citizen's number": func(t *town) {
			t.listings["x"] = api.ListingRow{ID: "x", Party: "cn-citizen:110000180001010013", PartyKind: standing.PublicBody}
		},
		"out of order": func(t *town) {
			t.parties["x"] = api.PartyRow{Party: "b", Kind: standing.Organisation}
			t.parties["y"] = api.PartyRow{Party: "a", Kind: standing.Organisation}
		},
		"twice": func(t *town) {
			t.parties["x"] = api.PartyRow{Party: "a", Kind: standing.Organisation}
			t.parties["y"] = api.PartyRow{Party: "a", Kind: standing.Organisation}
		},
	} {
		bad := newTown()
		spoil(bad)
		_, err := bulk.Publish(t.Context(), dir, bad, nil, on(1))
		if standing.KindOf(err) != standing.Internal || err == nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(before, everything(t, dir)); diff != "" {
			t.Errorf("%s: the folder has changed:\n%s", name, diff)
		}
	}
}

// TestRefusals: what stops an issue, and that it says so.
func TestRefusals(t *testing.T) {
	dir := t.TempDir()
	town := newTown()
	town.party(1, "x")
	publish := func(change func(*bulk.Options)) (*bulk.Index, error) {
		o := on(1)
		change(&o)
		return bulk.Publish(t.Context(), dir, town, nil, o)
	}
	if _, err := publish(func(o *bulk.Options) { o.Key = nil }); standing.KindOf(err) != standing.Invalid {
		t.Errorf("no key: %v", err)
	}
	town.publish(t, dir, on(1))
	if _, err := publish(func(*bulk.Options) {}); !errors.Is(err, bulk.ErrPublished) {
		t.Errorf("the same day: %v", err)
	}
	if _, err := publish(func(o *bulk.Options) { o.Now -= 2 * 86400 }); standing.KindOf(err) != standing.Conflict {
		t.Errorf("a clock that goes back: %v", err)
	}
	if x, err := publish(func(o *bulk.Options) { o.Again = true }); err != nil || x.Version != "2026-11-23.2" || len(x.Deltas) != 1 {
		t.Errorf("again: %v %v", x, err)
	}
	if _, err := publish(func(o *bulk.Options) { o.Again, o.Key = true, []byte(strings.Repeat("k", 32)) }); standing.KindOf(err) != standing.Conflict {
		t.Errorf("another key: %v", err)
	}
	whole := filepath.Join(dir, "issues", "2026-11-23.2", "parties.jsonl.gz")
	if err := os.WriteFile(whole, []byte("not gzip"), 0o644); err != nil {
		t.Fatal(err)
	}
	if bulk.Verify(bulk.Folder(dir)) == nil {
		t.Error("a damaged file is not seen")
	}
	if _, err := publish(func(o *bulk.Options) { o.Now += 86400 }); err == nil {
		t.Error("a damaged issue is followed")
	}
	if x, err := publish(func(o *bulk.Options) { o.Now, o.Anew = o.Now+86400, true }); err != nil || len(x.Deltas) != 0 {
		t.Errorf("anew: %v %v", x, err)
	}
}

// TestDescriptor: every file of the folder but two stands in datapackage.json,
// with length and digest, and every field has a description in both languages.
func TestDescriptor(t *testing.T) {
	dir := t.TempDir()
	for day := range 2 {
		if _, err := bulk.Publish(t.Context(), dir, apitest.New(), apitest.New(), on(day)); err != nil {
			t.Fatal(err)
		}
	}
	files := bulk.Folder(dir)
	var pack struct {
		Version   string
		Licenses  []bulk.Licence
		Resources []struct {
			Name, Path, Hash, Title, TitleZH string
			Bytes                            int64
			Schema                           *struct {
				Fields []struct{ Name, Type, Description, DescriptionZH string }
			}
		}
	}
	b, err := fs.ReadFile(files, "datapackage.json")
	if err == nil {
		err = json.Unmarshal(b, &pack)
	}
	if err != nil || pack.Version != "2026-11-23" || len(pack.Licenses) != 1 {
		t.Fatalf("%v %+v", err, pack)
	}
	described := map[string]bool{"index.json": true, "datapackage.json": true}
	for _, r := range pack.Resources {
		described[r.Path] = true
		content, err := fs.ReadFile(files, r.Path)
		if err != nil || int64(len(content)) != r.Bytes || r.Hash != "sha256:"+standing.DigestOf(content).String() {
			t.Errorf("%s is not as described: %v", r.Path, err)
		}
		if !regexp.MustCompile(`^[-a-z0-9._/]+$`).MatchString(r.Name) || r.Title == "" || strings.Contains(r.Title+r.TitleZH, "bulk.") {
			t.Errorf("%+v", r)
		}
		if r.Schema != nil {
			for _, f := range r.Schema.Fields {
				if f.Description == "" || strings.Contains(f.Description+f.DescriptionZH, "bulk.") {
					t.Errorf("%s has a field without a description: %+v", r.Path, f)
				}
			}
		}
	}
	for path := range everything(t, dir) {
		name, _ := filepath.Rel(dir, path)
		name = filepath.ToSlash(regexp.MustCompile(`^issues/[^/]+/`).ReplaceAllString(filepath.ToSlash(name), ""))
		if name != "CURRENT" && name != "publish.lock" && !described[name] {
			t.Errorf("%s is not described", name)
		}
	}
	for _, c := range lang.All() {
		for _, k := range []string{"bulk.about", "bulk.title", "bulk.file.delta", "bulk.like.parquet"} {
			if !c.Has(k) {
				t.Errorf("%s lacks %s", c.Lang, k)
			}
		}
	}
}

// TestFolder: only what is published is served.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	if _, err := bulk.Folder(dir).Open("index.json"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of nothing: %v", err)
	}
	town := newTown()
	town.party(1, "x")
	town.publish(t, dir, on(0))
	for _, name := range []string{"CURRENT", "publish.lock", "issues", "../x", "/etc/passwd", "statistics/../CURRENT", ".unfinished-2026-11-22"} {
		if f, err := bulk.Folder(dir).Open(name); err == nil {
			f.Close()
			t.Errorf("%s is served", name)
		}
	}
}
