package bulk_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/bulk"
)

// failing is a disk whose call number at fails; with killed, no call after it
// has any effect, and a write is cut in the middle, as if the process had died.
type failing struct {
	bulk.Disk
	killed bool
	mu     sync.Mutex
	calls  int
	at     int
}

var errDisk = errors.New("the disk fails")

func (d *failing) fails() (now bool, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls++
	if d.calls == d.at || d.killed && d.calls > d.at {
		return d.calls == d.at, errDisk
	}
	return false, nil
}

func (d *failing) Open(name string) (io.ReadCloser, error) {
	if _, err := d.fails(); err != nil {
		return nil, err
	}
	return d.Disk.Open(name)
}

func (d *failing) Create(name string) (bulk.DiskFile, error) {
	if _, err := d.fails(); err != nil {
		return nil, err
	}
	f, err := d.Disk.Create(name)
	return &failingFile{f, d}, err
}

func (d *failing) Mkdir(name string) error {
	return d.do(func() error { return d.Disk.Mkdir(name) })
}

func (d *failing) Rename(from, to string) error {
	return d.do(func() error { return d.Disk.Rename(from, to) })
}

func (d *failing) Link(from, to string) error {
	return d.do(func() error { return d.Disk.Link(from, to) })
}

func (d *failing) Remove(name string) error {
	return d.do(func() error { return d.Disk.Remove(name) })
}

func (d *failing) SyncDir(name string) error {
	return d.do(func() error { return d.Disk.SyncDir(name) })
}

func (d *failing) List(name string) ([]string, error) {
	if _, err := d.fails(); err != nil {
		return nil, err
	}
	return d.Disk.List(name)
}

func (d *failing) do(call func() error) error {
	if _, err := d.fails(); err != nil {
		return err
	}
	return call()
}

type failingFile struct {
	bulk.DiskFile
	disk *failing
}

func (f *failingFile) Write(p []byte) (int, error) {
	now, err := f.disk.fails()
	if now {
		n, _ := f.DiskFile.Write(p[:len(p)/2])
		return n, err
	}
	if err != nil {
		return 0, err
	}
	return f.DiskFile.Write(p)
}

func (f *failingFile) Sync() error { return f.disk.do(f.DiskFile.Sync) }

// TestKilledAnywhere stops publishing at every call of the disk, by an error and
// by death: the issue before, or the new one, is there whole; the next run
// clears up and publishes.
func TestKilledAnywhere(t *testing.T) {
	town, before := newTown(), t.TempDir()
	for n := range 4 {
		town.party(n, "token1nekot")
		town.listing(n, "token1nekot")
	}
	ctx := context.Background()
	counts := apitest.New()
	for day := range 3 {
		town.party(1, "token"+string(rune('2'+day))+"nekot")
		if _, err := bulk.Publish(ctx, before, town, counts, on(day)); err != nil {
			t.Fatal(err)
		}
	}
	delete(town.listings, origin+"/listing/00000000000000000000000002")
	town.party(7, "token9nekot")
	for _, killed := range []bool{false, true} {
		for at := 1; ; at++ {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(before)); err != nil {
				t.Fatal(err)
			}
			d := &failing{Disk: quick{bulk.SystemDisk()}, killed: killed, at: at}
			_, err := bulk.Publish(ctx, dir, town, counts, on(3).On(d))
			if d.calls < at {
				if err != nil {
					t.Fatal(err)
				}
				t.Logf("killed %v: stopped at each of %d calls of the disk", killed, d.calls)
				break
			}
			if killed && err == nil {
				t.Fatalf("call %d failed and nobody said so", at)
			}
			whole(t, dir, at)
			if t.Failed() {
				return
			}
			o := on(3).On(quick{bulk.SystemDisk()})
			o.Again = true
			if _, err := bulk.Publish(ctx, dir, town, counts, o); err != nil {
				t.Fatalf("after call %d: %v", at, err)
			}
			clean(t, dir, at)
		}
	}
}

func whole(t *testing.T, dir string, at int) {
	t.Helper()
	files := bulk.Folder(dir)
	if err := bulk.Verify(files); err != nil {
		t.Errorf("after call %d: %v", at, err)
	}
	stats, err := bulk.Issues(files)
	if err != nil {
		t.Errorf("after call %d: %v", at, err)
	}
	if len(stats) < 4 {
		t.Errorf("after call %d: only %d statistics are there", at, len(stats))
	}
}

func clean(t *testing.T, dir string, at int) {
	t.Helper()
	whole(t, dir, at)
	issues, err := os.ReadDir(filepath.Join(dir, "issues"))
	if err != nil || len(issues) != 1 {
		t.Errorf("after call %d and another run: %d issues lie there, %v", at, len(issues), err)
	}
	for path := range everything(t, dir) {
		if strings.Contains(path, "unfinished") || strings.HasSuffix(path, ".new") {
			t.Errorf("after call %d and another run: %s lies there", at, path)
		}
	}
}

// TestOpenFilesStay: who reads a file while the next issue takes its place reads
// on in the file that was opened.
func TestOpenFilesStay(t *testing.T) {
	town, dir := newTown(), t.TempDir()
	town.party(1, "token1nekot")
	town.publish(t, dir, on(0))
	f, err := bulk.Folder(dir).Open("parties.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	town.party(1, "token2nekot")
	town.publish(t, dir, on(1))
	b, err := io.ReadAll(f)
	if err != nil || !strings.Contains(string(plain(t, "x.gz", b)), "token1nekot") {
		t.Errorf("the open file has changed or gone: %v", err)
	}
	if !strings.Contains(string(unzip(t, bulk.Folder(dir), "parties.jsonl.gz")), "token2nekot") {
		t.Error("the new issue is not there")
	}
}

// TestStatisticsOnce: a statistic that is published stays as it is, whatever is
// counted later.
func TestStatisticsOnce(t *testing.T) {
	town, dir := newTown(), t.TempDir()
	ctx := context.Background()
	publish := func(day int) {
		o := on(day)
		o.Again = true
		if _, err := bulk.Publish(ctx, dir, town, apitest.New(), o); err != nil {
			t.Fatal(err)
		}
	}
	publish(0)
	for _, name := range []string{"2026-10", "2026-11-22"} {
		path := filepath.Join(dir, "statistics", name+".json")
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var s bulk.Statistics
		if err := json.Unmarshal(b, &s); err != nil || s.ByList == nil || s.ByField == nil || s.ByRegion == nil || s.ByMonth == nil {
			t.Errorf("%s: %v %+v", name, err, s)
		}
		if err := os.WriteFile(path, append(b, " \n"...), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	publish(0)
	publish(1)
	publish(45) // 2027-01-06: November and December are over
	for name, mark := range map[string]bool{"2026-10": true, "2026-11-22": true, "2026-11-23": false, "2026-11": false, "2026-12": false, "2027-01-06": false} {
		b, err := os.ReadFile(filepath.Join(dir, "statistics", name+".json"))
		if err != nil || strings.HasSuffix(string(b), " \n") != mark {
			t.Errorf("%s: %v, or it was written again", name, err)
		}
	}
	stats, err := bulk.Issues(bulk.Folder(dir))
	if err != nil || len(stats) != 6 || stats[0].Name != "2027-01-06" || stats[0].Digest == (standing.Digest{}) {
		t.Errorf("%v %v", stats, err)
	}
}

// TestWriteOnce: the file system itself refuses a second statistic of a name.
func TestWriteOnce(t *testing.T) {
	dir := t.TempDir()
	if err := bulk.WriteOnce(dir, "a.json", []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := bulk.WriteOnce(dir, "a.json", []byte("two")); !errors.Is(err, os.ErrExist) {
		t.Errorf("written twice: %v", err)
	}
	if b, _ := os.ReadFile(filepath.Join(dir, "a.json")); string(b) != "one" {
		t.Errorf("it is %q", b)
	}
}
