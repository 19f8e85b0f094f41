package client_test

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/client"
	"github.com/openstanding/standing/server"
)

const purpose = "credit-decision"

// remote serves a register and returns a client of it with a valid key.
func remote(t *testing.T, reg api.Register) *client.Client {
	t.Helper()
	key, digest, err := server.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	known, err := server.LoadRelying([]byte("relying: [{id: bank-17, name: Bank, keySHA256: " + digest + ", purposes: [" + purpose + "]}]"))
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(server.New(reg, server.Options{Relying: known}))
	t.Cleanup(srv.Close)
	return client.New(srv.URL, key, purpose, nil)
}

// call is one use of a register, with what came back of it as one value.
type call struct {
	name string
	do   func(context.Context, api.Register) (any, error)
}

func calls() []call {
	caller := api.Caller{Relying: "bank-17", Purpose: purpose}
	check := func(party, activity string) call {
		return call{"check " + party, func(ctx context.Context, r api.Register) (any, error) {
			return r.Check(ctx, caller, api.Question{Party: party, Activity: activity, Region: "CN/37", At: apitest.Now - 1})
		}}
	}
	party := func(p string) call {
		return call{"party " + p, func(ctx context.Context, r api.Register) (any, error) {
			return r.Party(ctx, caller, api.Question{Party: p})
		}}
	}
	listing := func(id string) call {
		return call{"listing " + id, func(ctx context.Context, r api.Register) (any, error) { return r.Listing(ctx, caller, id) }}
	}
	return append(browsing(), []call{
		check(apitest.Clean, "x"), check(apitest.Listed, "x"), check(apitest.Debarred, "x"), check(apitest.Unclear, "x"), check(apitest.Several, "x"),
		check(apitest.Person, "x"), check(apitest.Clean, apitest.NotCovered), check(apitest.Clean, ""),
		party(apitest.Listed), party(apitest.Debarred), party(apitest.Several), party(apitest.Clean), party("name:a/../b?c#d%2F"),
		listing(apitest.CourtListing), listing(apitest.ReportedListing), listing(apitest.EndedListing), listing("01kbp3x9q8e4tv7m2h6d5wz0zw"), listing("a b"),
		{"submit", func(ctx context.Context, r api.Register) (any, error) {
			return r.Submit(ctx, api.Submission{Acts: [][]byte{{1, 2, 3}, {255}}, Openings: [][]byte{[]byte(`{"salt":""}`)}, Signature: api.SignatureWire{Algorithm: "ed25519", Bytes: []byte{7}}})
		}},
		{"version", func(ctx context.Context, r api.Register) (any, error) { return r.Version(ctx, apitest.CourtListing) }},
		{"version of nothing", func(ctx context.Context, r api.Register) (any, error) { return r.Version(ctx, "x") }},
		{"checkpoint", func(ctx context.Context, r api.Register) (any, error) { return r.Checkpoint(ctx) }},
		{"tile", func(ctx context.Context, r api.Register) (any, error) { return r.Tile(ctx, "tile/0/000") }},
		{"bundle", func(ctx context.Context, r api.Register) (any, error) { return r.Tile(ctx, "tile/entries/000") }},
		{"no tile", func(ctx context.Context, r api.Register) (any, error) { return r.Tile(ctx, "tile/0/999") }},
	}...)
}

// TestRemoteIsLocal holds that a register behind HTTP gives what it gives in
// process, errors included.
func TestRemoteIsLocal(t *testing.T) {
	local := apitest.New()
	far := remote(t, local)
	for _, c := range calls() {
		want, wantErr := c.do(t.Context(), local)
		got, gotErr := c.do(t.Context(), far)
		if diff := cmp.Diff(shown(wantErr), shown(gotErr), cmpopts.IgnoreUnexported(standing.Error{})); diff != "" {
			t.Errorf("%s: the error changes on the way (-local +remote):\n%s", c.name, diff)
		}
		if diff := cmp.Diff(want, got); diff != "" && wantErr == nil {
			t.Errorf("%s: the answer changes on the way (-local +remote):\n%s", c.name, diff)
		}
	}
}

// shown is what of an error the public may see.
func shown(err error) standing.Error {
	var e *standing.Error
	if !errors.As(err, &e) {
		return standing.Error{}
	}
	return standing.Error{Kind: e.Kind, Rule: e.Rule, What: e.What, Do: e.Do}
}

// TestKindsGoBothWays sends every kind of error through every method.
func TestKindsGoBothWays(t *testing.T) {
	for _, k := range api.Kinds() {
		far := remote(t, &apitest.Register{Fail: func(string) error {
			return &standing.Error{Kind: k, Rule: "charter 2.1", What: "what <is> wrong", Do: "what to do", Err: errors.New("cause")}
		}})
		for _, c := range calls() {
			_, err := c.do(t.Context(), far)
			got := shown(err)
			if got.Kind != k || strings.Contains(err.Error(), "cause") {
				t.Errorf("%s: %s became %v", c.name, k, err)
			}
			if k != standing.Internal && (got.Rule != "charter 2.1" || got.What != "what <is> wrong" || got.Do != "what to do") {
				t.Errorf("%s: %s became %+v", c.name, k, got)
			}
			if k == standing.Internal && !strings.HasPrefix(got.Do, "report request ") {
				t.Errorf("%s: an internal error has no request to report: %+v", c.name, got)
			}
		}
	}
}

func TestCheckAll(t *testing.T) {
	far := remote(t, apitest.New())
	out, err := far.CheckAll(t.Context(), api.Caller{}, []api.Question{{Party: apitest.Listed, Activity: "x"}, {Party: apitest.Clean}, {Party: apitest.Person, Activity: "x"}})
	if err != nil || len(out) != 3 || out[0].Answer.Verdict != api.Restricted || out[1].Problem.Err().Kind != standing.Invalid || out[2].Answer.CaseCode == "" {
		t.Errorf("%+v %v", out, err)
	}
	if out, err := far.CheckAll(t.Context(), api.Caller{}, nil); err != nil || len(out) != 0 {
		t.Errorf("no questions: %v %v", out, err)
	}
	if _, err := far.CheckAll(t.Context(), api.Caller{}, make([]api.Question, 1001)); standing.KindOf(err) != standing.TooLarge {
		t.Errorf("1,001 questions: %v", err)
	}
}

func TestPurposeOfTheCaller(t *testing.T) {
	far := remote(t, apitest.New())
	_, err := far.Check(t.Context(), api.Caller{Purpose: "curiosity"}, api.Question{Party: apitest.Person, Activity: "x"})
	if standing.KindOf(err) != standing.Forbidden {
		t.Errorf("another purpose: %v", err)
	}
}

// TestNobodyInAddresses holds that no address that the client asks for names a
// party.
func TestNobodyInAddresses(t *testing.T) {
	inner := server.New(apitest.New(), server.Options{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if u := r.URL.String(); strings.Contains(u, "uscc") || strings.Contains(u, "11000018") || strings.Contains(u, "name") {
			t.Errorf("the address %s names a party", u)
		}
		inner.ServeHTTP(w, r)
	}))
	defer srv.Close()
	far := client.New(srv.URL, "", "", srv.Client())
	for _, c := range calls() {
		_, _ = c.do(t.Context(), far)
	}
}

func TestWhatIsNoRegister(t *testing.T) {
	answers := func(status int, media, body string) *client.Client {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", media)
			w.Header().Set("Location", "https://elsewhere.example/")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}))
		t.Cleanup(srv.Close)
		return client.New(srv.URL, "secret", "", nil)
	}
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for name, c := range map[string]struct {
		far  *client.Client
		kind standing.ErrorKind
		say  string
	}{
		"a proxy in trouble":     {answers(502, "text/html", "<h1>Bad gateway</h1>"), standing.Unavailable, "502"},
		"a limiter":              {answers(429, "text/plain", "slow down"), standing.Unavailable, "429"},
		"another site":           {answers(404, "text/html", "<h1>no</h1>"), standing.NotFound, "not as a register does"},
		"a teapot":               {answers(418, "text/html", ""), standing.Invalid, "418"},
		"a redirect":             {answers(301, "text/html", ""), standing.Unavailable, "give the address that it leads to"},
		"a page":                 {answers(200, "text/html", "<h1>hello</h1>"), standing.Internal, "cannot be read"},
		"a verdict of tomorrow":  {answers(200, "application/json", `{"verdict":"maybe"}`), standing.Unsupported, "maybe"},
		"no verdict":             {answers(200, "application/json", `{}`), standing.Unsupported, "verdict"},
		"a problem of tomorrow":  {answers(409, "application/problem+json", `{"type":"/problems/new","detail":"d","status":200}`), standing.Conflict, "d"},
		"a problem half written": {answers(500, "application/problem+json", `{"type":`), standing.Internal, "500"},
		"nobody":                 {client.New(gone.URL, "", "", nil), standing.Unavailable, "cannot be reached"},
		"no address":             {client.New("register.example", "", "", nil), standing.Invalid, "not the address"},
		"a file":                 {client.New("file:///etc/passwd", "", "", nil), standing.Invalid, "not the address"},
		"a password":             {client.New("https://a:b@register.example", "", "", nil), standing.Invalid, "no user"},
	} {
		_, err := c.far.Check(t.Context(), api.Caller{}, api.Question{Party: "x", Activity: "y"})
		if standing.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := client.New(gone.URL, "", "", nil).Tile(t.Context(), "tile/../secret"); standing.KindOf(err) != standing.NotFound {
		t.Errorf("a path that climbs: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := client.New(gone.URL, "", "", nil).Checkpoint(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("ended by the caller: %v", err)
	}
}

func TestTooLargeIsNotSent(t *testing.T) {
	far := client.New("http://127.0.0.1:1", "", "", nil)
	_, err := far.Submit(t.Context(), api.Submission{Acts: [][]byte{make([]byte, 30<<20)}})
	if standing.KindOf(err) != standing.TooLarge {
		t.Errorf("%v", err)
	}
}
