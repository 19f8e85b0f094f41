package client_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/client"
)

// browsing are calls of all that can be browsed.
func browsing() []call {
	with := func(name string, do func(context.Context, api.Register) (any, error)) call { return call{name, do} }
	search := func(q api.PartyQuery) call {
		return with("search "+q.Text, func(ctx context.Context, r api.Register) (any, error) { return r.Search(ctx, q) })
	}
	rulebook := func(name, version string) call {
		return with("rulebook "+name+" "+version, func(ctx context.Context, r api.Register) (any, error) { return r.Rulebook(ctx, name, version) })
	}
	calls := []call{
		search(api.PartyQuery{}), search(api.PartyQuery{Text: "rongcheng", Status: api.StatusListed}), search(api.PartyQuery{Text: "荣成"}), search(api.PartyQuery{Text: "a&b=c %2F \"x", Region: "CN/37", Limit: 100}),
		with("listings", func(ctx context.Context, r api.Register) (any, error) { return r.Listings(ctx, api.ListingQuery{}) }),
		with("listings of a list", func(ctx context.Context, r api.Register) (any, error) {
			return r.Listings(ctx, api.ListingQuery{List: "cn-courts/judgment-defaulters", Field: "enforcement", Region: "*", Authority: "cn-court-371082", Ruling: "judgment", Source: "-", Sort: api.SortEnding, Limit: 1})
		}),
		with("ruling", func(ctx context.Context, r api.Register) (any, error) {
			return r.Ruling(ctx, api.Caller{}, "01kbp3x9q8e4tv7m2h6d5wz0c4")
		}),
		with("no ruling", func(ctx context.Context, r api.Register) (any, error) {
			return r.Ruling(ctx, api.Caller{}, "01kbp3x9q8e4tv7m2h6d5wz0zz")
		}),
		with("corrections", func(ctx context.Context, r api.Register) (any, error) { return r.Corrections(ctx, "", 0) }),
		with("today", func(ctx context.Context, r api.Register) (any, error) { return r.Today(ctx) }),
		with("authorities", func(ctx context.Context, r api.Register) (any, error) { return r.Authorities(ctx) }),
		with("proof", func(ctx context.Context, r api.Register) (any, error) { return r.Proof(ctx, 4000) }),
		with("rulebooks", func(ctx context.Context, r api.Register) (any, error) { return r.Rulebooks(ctx) }),
		with("versions", func(ctx context.Context, r api.Register) (any, error) { return r.Versions(ctx, "cn-courts") }),
		with("no versions", func(ctx context.Context, r api.Register) (any, error) { return r.Versions(ctx, "a/b?c#d") }),
		rulebook("cn-courts", ""), rulebook("cn-courts", "2026-04-01"), rulebook("none", ""),
		with("changes", func(ctx context.Context, r api.Register) (any, error) {
			return r.Compare(ctx, "cn-courts", "2025-01-01", "2026-04-01")
		}),
		with("lists", func(ctx context.Context, r api.Register) (any, error) { return r.Lists(ctx) }),
		with("measures", func(ctx context.Context, r api.Register) (any, error) { return r.Measures(ctx) }),
		with("activities", func(ctx context.Context, r api.Register) (any, error) { return r.Activities(ctx) }),
	}
	for _, by := range []string{api.ByList, api.ByField, api.ByRegion, api.ByMonth} {
		calls = append(calls, with("statistics by "+by, func(ctx context.Context, r api.Register) (any, error) {
			return r.Statistics(ctx, api.StatisticsQuery{By: by, List: "cn-courts/judgment-defaulters", Field: "enforcement", Region: "CN/37", From: "2026-01", Until: "2026-11"})
		}))
	}
	return calls
}

// paged is a register whose pages of listings hold one row each.
type paged struct{ *apitest.Register }

func (p paged) Listings(ctx context.Context, q api.ListingQuery) (*api.ListingPage, error) {
	all, err := p.Register.Listings(ctx, q)
	if err != nil {
		return nil, err
	}
	switch q.Cursor {
	case "":
		all.Items, all.Next = all.Items[:1], "second"
	case "second":
		all.Items = all.Items[1:]
	default:
		return nil, standing.Errorf(standing.Invalid, "the cursor is none of mine")
	}
	return all, nil
}

// TestPages goes from page to page, and holds that a cursor of another query
// does not lead anywhere.
func TestPages(t *testing.T) {
	far := remote(t, paged{apitest.New()})
	first, err := far.Listings(t.Context(), api.ListingQuery{Limit: 1})
	if err != nil || len(first.Items) != 1 || first.Next == "" || first.Next == "second" {
		t.Fatalf("%+v %v", first, err)
	}
	second, err := far.Listings(t.Context(), api.ListingQuery{Limit: 50, Cursor: first.Next})
	if err != nil || len(second.Items) != 1 || second.Items[0].ID == first.Items[0].ID || second.Next != "" {
		t.Fatalf("%+v %v", second, err)
	}
	for name, q := range map[string]api.ListingQuery{"another filter": {Field: "tax", Cursor: first.Next}, "none": {Cursor: "second"}, "cut": {Cursor: first.Next[:8]}} {
		if _, err := far.Listings(t.Context(), q); standing.KindOf(err) != standing.Invalid || !strings.Contains(err.Error(), "cursor") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := far.Corrections(t.Context(), first.Next, 0); standing.KindOf(err) != standing.Invalid {
		t.Errorf("a cursor of listings among corrections: %v", err)
	}
}

func TestNamesOfRulebooks(t *testing.T) {
	far := remote(t, apitest.New())
	for _, name := range []string{"", ".", "..", "changes"} {
		if _, err := far.Versions(t.Context(), name); standing.KindOf(err) != standing.NotFound {
			t.Errorf("rulebook %q: %v", name, err)
		}
	}
	if _, err := far.Rulebook(t.Context(), "cn-courts", ".."); standing.KindOf(err) != standing.NotFound {
		t.Errorf("version ..: %v", err)
	}
}

// TestQuota holds that a used-up quota is Unavailable: the caller can try later.
func TestQuota(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = w.Write([]byte(`{"type":"https://iana.org/assignments/http-problem-types#quota-exceeded","title":"Too Many Requests","status":429,"detail":"enough"}`))
	}))
	defer srv.Close()
	_, err := client.New(srv.URL, "", "", nil).Today(t.Context())
	var e *standing.Error
	if !errors.As(err, &e) || e.Kind != standing.Unavailable || e.What != "enough" {
		t.Errorf("%v", err)
	}
}
