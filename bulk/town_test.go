package bulk_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/parquet-go/parquet-go"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/bulk"
)

// town is a small Exports that a test changes from day to day.
type town struct {
	parties  map[string]api.PartyRow
	listings map[string]api.ListingRow
	position uint64
}

func newTown() *town {
	return &town{parties: map[string]api.PartyRow{}, listings: map[string]api.ListingRow{}}
}

func (t *town) EachParty(_ context.Context, fn func(*api.PartyRow) error) (uint64, error) {
	return each(t.parties, t.position, fn)
}

func (t *town) EachListing(_ context.Context, fn func(*api.ListingRow) error) (uint64, error) {
	return each(t.listings, t.position, fn)
}

func each[R any](rows map[string]R, position uint64, fn func(*R) error) (uint64, error) {
	for _, k := range slices.Sorted(maps.Keys(rows)) {
		row := rows[k]
		if err := fn(&row); err != nil {
			return 0, err
		}
	}
	return position, nil
}

func (t *town) party(n int, token string) {
	p := api.PartyRow{Party: fmt.Sprintf("uscc:91-%05d-%s", n, tokenOf(n)), Kind: standing.Organisation, Names: []string{"Works " + token, "工厂 " + token}, Identifiers: []string{fmt.Sprintf("uscc:91-%05d", n)},
		Country: "CN", Region: "CN/37", Address: "1 " + token + " Road", Registry: "cn-samr-37"}
	t.parties[p.Party] = p
}

func (t *town) listing(n int, token string) {
	l := api.ListingRow{ID: fmt.Sprintf("%s/listing/%026d", origin, n), List: "a/b", Field: "enforcement", Ground: "g", Party: fmt.Sprintf("uscc:91-%05d-%s", n, tokenOf(n)),
		Name: "Works " + token, PartyKind: standing.Organisation, Region: "CN", Authority: "court", Ruling: fmt.Sprintf("%s/ruling/%026d", origin, n), RulingKind: "judgment", Docket: "docket " + token, From: 1790000000}
	t.listings[l.ID] = l
}

// tokenOf stands in what names a party, so that a test finds it in any file.
func tokenOf(n int) string { return fmt.Sprintf("who%dwho", n) }

// publish publishes the town and holds the folder to its index.
func (t *town) publish(tb tester, dir string, o bulk.Options) *bulk.Index {
	tb.Helper()
	x, err := bulk.Publish(context.Background(), dir, t, nil, o)
	if err != nil {
		tb.Fatal(err)
	}
	if err := bulk.Verify(bulk.Folder(dir)); err != nil {
		tb.Fatal(err)
	}
	return x
}

// unzip reads a published file, unpacked if it is packed.
func unzip(tb tester, files fs.FS, name string) []byte {
	tb.Helper()
	b, err := fs.ReadFile(files, name)
	if err != nil {
		tb.Fatal(err)
	}
	return plain(tb, name, b)
}

func plain(tb tester, name string, b []byte) []byte {
	tb.Helper()
	switch filepath.Ext(name) {
	case ".gz":
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			tb.Fatal(err)
		}
		if b, err = io.ReadAll(z); err != nil {
			tb.Fatal(err)
		}
	case ".parquet":
		f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			tb.Fatal(err)
		}
		r := parquet.NewReader(f)
		rows := make([]parquet.Row, 100)
		var text strings.Builder
		for {
			n, err := r.ReadRows(rows)
			for _, row := range rows[:n] {
				fmt.Fprintln(&text, row)
			}
			if err == io.EOF {
				break
			} else if err != nil {
				tb.Fatal(err)
			}
		}
		return []byte(text.String() + string(b[bytes.LastIndex(b[:len(b)-4], []byte("PAR1"))+4:]))
	}
	return b
}

// everything is the content of every file below a folder of the disk, whether
// it is served or not.
func everything(tb tester, dir string) map[string]string {
	tb.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		out[path] = string(plain(tb, path, b))
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// tester is what *testing.T and *rapid.T have in common.
type tester interface {
	Helper()
	Context() context.Context
	Fatal(args ...any)
	Errorf(format string, args ...any)
}

// quick is the system's disk without waiting for it: what is tested is not
// whether the system keeps its word.
type quick struct{ bulk.Disk }

func (q quick) SyncDir(string) error { return nil }

func (q quick) Create(name string) (bulk.DiskFile, error) {
	f, err := q.Disk.Create(name)
	return quickFile{f}, err
}

type quickFile struct{ bulk.DiskFile }

func (quickFile) Sync() error { return nil }
