package contract_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/check/index"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/privacy"
	"github.com/openstanding/standing/register"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/builtin"
	"github.com/openstanding/standing/server"
	"github.com/openstanding/standing/server/contract"
	"github.com/openstanding/standing/store/memory"
	"github.com/openstanding/standing/synth"
	"github.com/openstanding/standing/tile"
)

const origin = "register.example"

// country is a register of a generated country, as one is run.
func country(t *testing.T, parties int) *register.Register {
	t.Helper()
	ok := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var books []*rulebook.Compiled
	digests := map[string]standing.Digest{}
	for _, name := range builtin.Names() {
		b, err := builtin.Load(name)
		ok(err)
		books = append(books, b)
		digests[b.Name] = b.Digest
	}
	set := rulebook.NewSet(books...)
	start := standing.At(time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC))
	w, err := synth.New(synth.Options{Parties: parties, Seed: 7, Register: origin, Start: start, End: standing.At(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)), Rulebooks: digests})
	ok(err)
	private, _, err := tile.NewKey(origin, rand.Reader)
	ok(err)
	signer, err := note.NewSigner(private)
	ok(err)
	var now atomic.Int64
	now.Store(int64(start))
	clock := func() standing.Instant { return standing.Instant(now.Load()) }
	cfg := register.Config{Origin: origin, Store: memory.New(memory.Faults{}), Keys: privacy.NewMemoryKeys(rand.Reader), Hasher: index.NewHasher([32]byte{1}), Rulebooks: set, Clock: clock, Follow: true}
	cfg.Clerk = func(ctx context.Context, onCommit func(*clerk.Committed)) (*clerk.Clerk, error) {
		return clerk.Open(ctx, clerk.Config{Store: cfg.Store, Keys: cfg.Keys, Hasher: cfg.Hasher, Rulebooks: set, Signer: signer, Clock: clock, Rand: rand.Reader, OnCommit: onCommit})
	}
	r, err := register.Open(context.Background(), cfg)
	ok(err)
	t.Cleanup(func() { _ = r.Close() })
	for step := range w.All() {
		now.Store(int64(step.At))
		_, err := r.Clerk().Submit(context.Background(), clerk.Submission{Statement: step.Statement(), Openings: step.Openings})
		ok(err)
	}
	size, err := r.Store().Size(context.Background())
	ok(err)
	ok(r.Followed(context.Background(), size))
	return r
}

// TestRegisterKeepsTheDescription holds the server over a real register of a
// generated country to api/openapi.json, once as anybody and once as a relying
// party.
func TestRegisterKeepsTheDescription(t *testing.T) {
	key, digest, err := server.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	relying, err := server.LoadRelying([]byte("relying: [{id: bank, name: Bank, keySHA256: " + digest + ", purposes: [credit-decision]}]"))
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(server.New(country(t, 600), server.Options{Relying: relying}))
	defer srv.Close()
	known := knownTo(t, srv.URL)
	for seed, client := range []*http.Client{{}, {Transport: withKey(key)}} {
		report, err := contract.Hold(api.OpenAPI(), contract.Options{Base: srv.URL, Client: client, Seed: uint64(seed), Cases: 25, Known: known})
		if err != nil {
			t.Fatal(err)
		}
		if report.Requests < 1000 || report.Statuses[200] < 200 || report.Statuses[400] < 200 {
			t.Errorf("too little was asked: %d requests, %v", report.Requests, report.Statuses)
		}
		for _, f := range report.Findings {
			t.Errorf("%.800s", f)
		}
		t.Logf("%d requests, %v", report.Requests, report.Statuses)
	}
}

// withKey asks with an API key, and for a purpose.
type withKey string

func (k withKey) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+string(k))
	return http.DefaultTransport.RoundTrip(r)
}

// knownTo collects values that lead somewhere on a server.
func knownTo(t *testing.T, base string) map[string][]string {
	t.Helper()
	get := func(path string, v any) {
		t.Helper()
		r, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		if err := json.NewDecoder(r.Body).Decode(v); err != nil || r.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d %v", path, r.StatusCode, err)
		}
	}
	var parties api.PartyPage
	var listings api.ListingPage
	var corrections api.CorrectionPage
	get("/api/v1/parties?limit=50&sort=newest", &parties)
	get("/api/v1/listings?limit=50", &listings)
	get("/api/v1/corrections?limit=10", &corrections)
	if len(parties.Items) == 0 || len(listings.Items) == 0 {
		t.Fatalf("%d parties, %d listings: there is nothing to ask about", len(parties.Items), len(listings.Items))
	}
	known := map[string][]string{"activity": {"procurement.bid", "company.director"}, "region": {"CN", "CN/37", "*"}, "name": {"cn-courts"}, "position": {"0", "77", "99999999"},
		"list.id": {"cn-courts/judgment-defaulters"}, "purpose": {"credit-decision"}, "party": {"cn-citizen:110000180001010013", "name:nobody"}}
	for _, p := range parties.Items {
		known["party"] = append(known["party"], p.Party, "name:"+p.Names[0])
		known["q"] = append(known["q"], p.Names[0], p.Party)
	}
	for _, l := range listings.Items {
		known["listing.id"] = append(known["listing.id"], l.ID)
		known["ruling.id"] = append(known["ruling.id"], l.Ruling)
		known["version.id"] = append(known["version.id"], l.ID[strings.LastIndexByte(l.ID, '/')+1:])
		known["list"], known["field"] = append(known["list"], string(l.List)), append(known["field"], l.Field)
		known["authority"] = append(known["authority"], string(l.Authority))
		known["authority.id"] = append(known["authority.id"], string(l.Authority))
	}
	for _, c := range corrections.Items {
		known["listing.id"] = append(known["listing.id"], c.Listing)
	}
	return known
}
