package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/importer"
	"github.com/openstanding/standing/source"
)

type importCmd struct {
	where
	Format   string `arg:"" help:"iadb, ebrd, bis-dpl, br-sanctions, csv (with --mapping) or ftm."`
	File     string `arg:"" help:"The published file." type:"existingfile"`
	Mapping  string `help:"Mapping file of your own, for csv; see docs/import.md." type:"existingfile" placeholder:"FILE"`
	List     string `help:"List that the rows go to; each shipped format has one." placeholder:"RULEBOOK/LIST"`
	Source   string `help:"Code of the source; the format unless given. Snapshots of one source follow each other." placeholder:"CODE"`
	Snapshot string `help:"The day that the file speaks of; read from the file's name (2025-01 or 2025-01-31) or the day it was last written unless given." placeholder:"DATE"`
	Rejects  string `help:"File for rejected rows with line and reason; FILE.rejects.csv unless given." type:"path" placeholder:"FILE"`
	Register string `help:"Origin of the register, should there be none yet." default:"register.example"`
}

// lists are where the shipped formats go.
func (c *importCmd) list() (standing.ListID, error) {
	if c.List != "" {
		return standing.ListID(c.List), nil
	}
	switch c.Format {
	case "iadb":
		return "mdb-debarment/iadb", nil
	case "ebrd":
		return "mdb-debarment/ebrd", nil
	case "bis-dpl":
		return "us-dpl/denied-persons", nil
	case "br-sanctions":
		return "br-anticorruption/cnep", nil
	}
	return "", standing.Errorf(standing.Invalid, "say which list the rows go to: --list rulebook/list")
}

// Run imports one snapshot.
func (c *importCmd) Run(p *program) error {
	list, err := c.list()
	if err != nil {
		return err
	}
	day, err := c.day(p)
	if err != nil {
		return err
	}
	var mapping []byte
	if c.Mapping != "" {
		if mapping, err = os.ReadFile(c.Mapping); err != nil {
			return err
		}
	}
	h, err := c.openOrFound(p)
	if err != nil {
		return err
	}
	defer h.close()
	k, err := clerk.Open(p.ctx, h.clerkConfig(clockNow, nil))
	if err != nil {
		return err
	}
	defer k.Close()
	digest, ok := k.Constitution().Adopted(list.Rulebook(), clockNow())
	book, known := h.books.ByDigest(digest)
	if !ok || !known {
		return standing.Errorf(standing.NotFound, "rulebook %s is not in force in this register", list.Rulebook())
	}
	key, err := readKey(filepath.Join(h.dir, "keys", "transcriber.key"))
	if err != nil {
		return err
	}
	rejects, err := newRejects(c.rejectsFile())
	if err != nil {
		return err
	}
	sum, err := fileDigest(c.File)
	if err != nil {
		return err
	}
	code := c.Source
	if code == "" {
		code = c.Format
	}
	at, _ := standing.ParseInstant(day.String())
	bar := newProgress(p.errOut, "import "+code, -1)
	report, err := importer.Run(p.ctx, importer.Options{Register: h.origin, Source: code, List: list, Rulebook: book, Digest: sum, Snapshot: at,
		Open: func() (source.Reader, error) {
			return openSource(c.Format, c.File, source.Options{Mapping: mapping, Snapshot: day})
		},
		Authority: transcriber, Key: key, Rand: rand.Reader, Clock: clockNow, Store: h.store, Keys: h.keys,
		Submit: func(ctx context.Context, s clerk.Submission) error { _, err := k.Submit(ctx, s); return err },
		Reject: rejects.write, Progress: func(n int) { bar.set(int64(n)) }})
	if err = errors.Join(err, rejects.close()); err != nil {
		return err
	}
	bar.done(int64(report.Rows), "rows")
	if p.json {
		return p.printJSON(report)
	}
	say(p.out, `%s, snapshot of %s, into %s
  %6d rows = %d added + %d changed + %d shown again + %d the same + %d rejected
  %6d no longer shown: withdrawn
  added: %d listings (%d of them for screening only), %d rulings without a listing, %d records; %d natural persons, %d of unknown kind
  open ends hold until %s unless a newer snapshot is read
`, code, day, list, report.Rows, report.Added, report.Changed, report.Revived, report.Same, report.Rejected, report.Ended, report.Listings, report.Screening,
		report.Rulings, report.Records, report.Persons, report.Unknown, date(report.StaleAfter))
	if report.Rejected > 0 {
		say(p.out, "  rejected rows: %s\n", c.rejectsFile())
	}
	return nil
}

func (c *importCmd) rejectsFile() string {
	if c.Rejects != "" {
		return c.Rejects
	}
	return filepath.Base(c.File) + ".rejects.csv"
}

// openOrFound opens the register, or founds one where there is none.
func (c *importCmd) openOrFound(p *program) (*home, error) {
	there, err := c.where.exists()
	if err != nil {
		return nil, err
	}
	if there {
		return c.where.open(p.ctx, true)
	}
	if err := c.where.create(p.ctx, c.Register); err != nil {
		return nil, err
	}
	h, err := c.where.open(p.ctx, true)
	if err != nil {
		return nil, err
	}
	if _, err := h.found(p.ctx, nil); err != nil {
		return nil, errors.Join(err, h.close())
	}
	say(p.errOut, "founded register %s in %s (founders' keys are in %s: give them to two people)\n", h.origin, h.dir, filepath.Join(h.dir, "keys"))
	return h, nil
}

// dated finds a date in a file's name.
func dated() *regexp.Regexp { return regexp.MustCompile(`(20\d\d)-(\d\d)(?:-(\d\d))?`) }

// day is the day that the snapshot speaks of: as given, as named, or as dated by
// the file itself.
func (c *importCmd) day(p *program) (source.Date, error) {
	if c.Snapshot != "" {
		return source.ParseDate(c.Snapshot)
	}
	if m := dated().FindStringSubmatch(filepath.Base(c.File)); m != nil {
		year, _ := strconv.Atoi(m[1])
		month, _ := strconv.Atoi(m[2])
		if m[3] != "" {
			day, _ := strconv.Atoi(m[3])
			return source.NewDate(year, month, day)
		}
		// A month alone: its last day, but never a day to come.
		t := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC)
		return source.NewDate(t.Year(), int(t.Month()), t.Day())
	}
	info, err := os.Stat(c.File)
	if err != nil {
		return source.Date{}, err
	}
	t := info.ModTime().UTC()
	say(p.errOut, "the snapshot's day is taken from the file: %s (say --snapshot otherwise)\n", t.Format("2006-01-02"))
	return source.NewDate(t.Year(), int(t.Month()), t.Day())
}

func fileDigest(path string) (standing.Digest, error) {
	f, err := os.Open(path)
	if err != nil {
		return standing.Digest{}, err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return standing.Digest{}, err
	}
	return standing.Digest(h.Sum(nil)), nil
}

// openSource reads a file once through; it is closed at its end.
func openSource(format, path string, o source.Options) (source.Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	r, err := source.Open(format, bufio.NewReaderSize(f, 1<<16), o)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &closing{r, f}, nil
}

type closing struct {
	source.Reader
	f *os.File
}

// Next closes the file at its end.
func (c *closing) Next() (source.Row, *source.Reject, error) {
	row, reject, err := c.Reader.Next()
	if err != nil {
		c.f.Close()
	}
	return row, reject, err
}

// rejects writes rejected rows; the file is made with the first.
type rejects struct {
	path string
	f    *os.File
	w    *csv.Writer
}

func newRejects(path string) (*rejects, error) { return &rejects{path: path}, nil }

func (r *rejects) write(x source.Reject) error {
	if r.f == nil {
		f, err := os.OpenFile(r.path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		r.f, r.w = f, csv.NewWriter(f)
		if err := r.w.Write([]string{"line", "code", "reason", "row"}); err != nil {
			return err
		}
	}
	return r.w.Write([]string{strconv.Itoa(x.Line), string(x.Code), x.Reason, x.Raw})
}

func (r *rejects) close() error {
	if r.f == nil {
		return nil
	}
	r.w.Flush()
	return errors.Join(r.w.Error(), r.f.Close())
}
