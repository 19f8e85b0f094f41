package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/ident"
	"github.com/openstanding/standing/internal/keyfile"
	"github.com/openstanding/standing/internal/testenv/cluster"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/store"
	"github.com/openstanding/standing/store/postgres"
	"github.com/openstanding/standing/store/sqlite"
	"github.com/openstanding/standing/tile"
)

const origin = "bench.standing.example"

// office is a register with one court, whose clerk is measured.
type office struct {
	clerk *clerk.Clerk
	key   ed25519.PrivateKey
	keys  *keyfile.File
	book  *rulebook.Compiled
	n     atomic.Uint64
	at    standing.Instant // when the acts happened: long enough ago for windows to be over
}

func newOffice(dir, name string, s store.Store) (*office, error) {
	b, set, err := book("cn-courts")
	if err != nil {
		return nil, err
	}
	private, _, err := tile.NewKey(origin, rand.Reader)
	if err != nil {
		return nil, err
	}
	signer, err := note.NewSigner(private)
	if err != nil {
		return nil, err
	}
	keys, err := keyfile.Create(filepath.Join(dir, name+".keys"), keyfile.Options{Origin: origin, Master: [32]byte{1}})
	if err != nil {
		return nil, err
	}
	now := standing.At(time.Now())
	o := &office{keys: keys, book: b, at: now - 90*86400}
	o.clerk, err = clerk.Open(context.Background(), clerk.Config{Store: s, Keys: keys, Hasher: index.NewHasher([32]byte{1}), Rulebooks: set, Signer: signer,
		Clock: func() standing.Instant { return now }, Rand: rand.Reader})
	if err != nil {
		return nil, err
	}
	return o, o.found(now)
}

func newKey() ed25519.PrivateKey {
	_, k, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		panic(err) // no randomness: nothing can be measured
	}
	return k
}

func public(k ed25519.PrivateKey) ed25519.PublicKey { return k.Public().(ed25519.PublicKey) }

func (o *office) found(now standing.Instant) error {
	one, two := newKey(), newKey()
	o.key = newKey()
	d := draft.New(origin, rand.Reader)
	if err := d.Found(now, public(one), public(two)); err != nil {
		return err
	}
	con := d.Constitution(1, now)
	if err := con.Authority("cn-court", "court", "CN", []string{"cn-courts"}, []string{"Court"}, ""); err != nil {
		return err
	}
	if err := con.Key(public(o.key), "cn-court", standing.OfficerID{1}, standing.RoleOfficer); err != nil {
		return err
	}
	if err := con.Adopt("cn-courts", o.book.Digest, 0); err != nil {
		return err
	}
	s, openings := d.Sign(one)
	s.Countersign(two)
	_, err := o.clerk.Submit(context.Background(), clerk.Submission{Statement: s, Openings: openings})
	return err
}

// life adds the k-th act of five in the life of one ruling: ruling, proposal,
// notice, confirmation, performance.
func (o *office) life(d *draft.Draft, ruling, listing standing.CaseID, n uint64, k int) error {
	a := standing.Act{Authority: "cn-court", Occurred: o.at}
	switch k {
	case 0:
		var body [8]byte
		copy(body[:], fmt.Sprintf("MAY%05d", n%100000))
		id, err := ident.USCCFrom('9', '1', fmt.Sprintf("%06d", 370000+n/100000%100), string(body[:]))
		if err != nil {
			return err
		}
		a.Kind, a.Case, a.Code, a.Region, a.Party = standing.RulingRecorded, ruling, "judgment", "CN/37", standing.Organisation
		a.Instants = standing.Instants(nil).With(standing.Decided, o.at-86400*90).With(standing.Final, o.at-86400*60).With(standing.Due, o.at-86400*30)
		return d.Add(a, &standing.Opening{Docket: fmt.Sprintf("(2026) Bench %d", n), Party: &standing.Identity{Names: []string{fmt.Sprintf("Bench Trading %d Co., Ltd.", n)}, Identifiers: []string{id.String()}},
			Obligation: &standing.Obligation{Kind: "pay", Amount: "1200.00", Currency: "CNY", Creditor: "Bench Creditor"}})
	case 1:
		a.Kind, a.Case, a.List, a.Code, a.Addressee, a.Party, a.Severity = standing.ListingProposed, listing, "cn-courts/judgment-defaulters", o.book.Lists[0].Grounds[0].ID, 1, standing.Organisation, 3
		a.Refs = []standing.Ref{{Role: standing.RefRuling, Case: ruling}}
	case 2:
		a.Kind, a.Case, a.Version, a.Code = standing.NoticeServed, listing, 1, "personal"
		a.Instants = standing.Instants(nil).With(standing.Served, o.at+60)
		return d.Add(a, &standing.Opening{Text: "handed over"})
	case 3:
		a.Kind, a.Case, a.Version, a.Occurred = standing.ListingConfirmed, listing, 2, o.at+60*86400
	case 4:
		a.Kind, a.Case, a.Version, a.Occurred, a.Facts = standing.PerformanceRecorded, ruling, 1, o.at+80*86400, standing.FullPerformance
	}
	return d.Add(a, nil)
}

func (o *office) newCase() standing.CaseID {
	var id standing.CaseID
	n := o.n.Add(1)
	binary.BigEndian.PutUint64(id[:], uint64(o.at)*1000<<16|1)
	binary.BigEndian.PutUint64(id[8:], n)
	return id
}

// singles prepares the acts of lives, each in a statement of its own.
func (o *office) singles(lives int) ([]clerk.Submission, error) {
	var out []clerk.Submission
	d := draft.New(origin, rand.Reader)
	for range lives {
		ruling, listing := o.newCase(), o.newCase()
		n := o.n.Load()
		for k := range 5 {
			if err := o.life(d, ruling, listing, n, k); err != nil {
				return nil, err
			}
			s, openings := d.Sign(o.key)
			out = append(out, clerk.Submission{Statement: s, Openings: openings})
		}
	}
	return out, nil
}

// statements prepares lives in statements of size acts: all rulings, then all
// proposals, and so on.
func (o *office) statements(count, size int) ([]clerk.Submission, error) {
	var out []clerk.Submission
	d := draft.New(origin, rand.Reader)
	for range count / 5 {
		ids := make([][2]standing.CaseID, size)
		for i := range ids {
			ids[i] = [2]standing.CaseID{o.newCase(), o.newCase()}
		}
		for k := range 5 {
			for i := range ids {
				if err := o.life(d, ids[i][0], ids[i][1], o.n.Load()+uint64(i), k); err != nil {
					return nil, err
				}
			}
			s, openings := d.Sign(o.key)
			out = append(out, clerk.Submission{Statement: s, Openings: openings})
		}
	}
	return out, nil
}

// rate submits per writer, in order, and returns acts per second and the median
// time of one submission.
func (o *office) rate(writers [][]clerk.Submission) (float64, time.Duration, error) {
	var wg sync.WaitGroup
	var acts atomic.Int64
	var failed atomic.Value
	times := make([][]time.Duration, len(writers))
	start := time.Now()
	for i, subs := range writers {
		wg.Go(func() {
			for _, s := range subs {
				t := time.Now()
				if _, err := o.clerk.Submit(context.Background(), s); err != nil {
					failed.Store(err)
					return
				}
				times[i] = append(times[i], time.Since(t))
				acts.Add(int64(len(s.Statement.Acts)))
			}
		})
	}
	wg.Wait()
	took := time.Since(start)
	if err, ok := failed.Load().(error); ok {
		return 0, 0, err
	}
	all := slices.Concat(times...)
	slices.Sort(all)
	return float64(acts.Load()) / took.Seconds(), all[len(all)/2], nil
}

// writers prepares singles for a number of writers.
func (o *office) writers(n, lives int) ([][]clerk.Submission, error) {
	out := make([][]clerk.Submission, n)
	for i := range out {
		var err error
		if out[i], err = o.singles(lives); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// acts measures durable acts on SQLite.
func (b *bench) acts() error {
	s, err := sqlite.Create(filepath.Join(b.dir, "acts.db"))
	if err != nil {
		return err
	}
	defer s.Close()
	o, err := newOffice(b.dir, "acts", s)
	if err != nil {
		return err
	}
	defer o.clerk.Close()
	w, err := o.writers(64, int(b.seconds*25))
	if err != nil {
		return err
	}
	rate, _, err := o.rate(w)
	if err != nil {
		return err
	}
	b.add("durable acts/s through the clerk, SQLite FULL, 64 writers, single signed acts", rate >= 8000, fmt.Sprintf("%.0f", rate), "8,000", "")
	if w, err = o.writers(1, int(b.seconds*25)); err != nil {
		return err
	}
	_, p50, err := o.rate(w)
	if err != nil {
		return err
	}
	b.add("one writer, median of one act", p50 <= 3*time.Millisecond, p50.Round(10*time.Microsecond).String(), "3 ms", "")
	subs, err := o.statements(int(b.seconds*20)/5*5, 1000)
	if err != nil {
		return err
	}
	if rate, _, err = o.rate([][]clerk.Submission{subs}); err != nil {
		return err
	}
	b.add("the same in statements of 1,000", rate >= 20000, fmt.Sprintf("%.0f", rate), "20,000", "one submitter")
	return nil
}

// onPostgres measures durable acts on PostgreSQL on the same machine.
func (b *bench) onPostgres() error {
	ctx := context.Background()
	url := b.options.postgres
	if url == "" {
		c, err := cluster.Start(ctx)
		if err != nil {
			return err
		}
		defer c.Stop()
		url = c.URL()
	}
	s, err := postgres.Create(ctx, url)
	if err != nil {
		return err
	}
	defer s.Close()
	o, err := newOffice(b.dir, "postgres", s)
	if err != nil {
		return err
	}
	defer o.clerk.Close()
	w, err := o.writers(64, int(b.seconds*10))
	if err != nil {
		return err
	}
	rate, _, err := o.rate(w)
	if err != nil {
		return err
	}
	b.add("durable acts/s, PostgreSQL on the same machine, 64 writers", rate >= 3000, fmt.Sprintf("%.0f", rate), "3,000", "")
	return nil
}
