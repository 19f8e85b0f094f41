package client

import (
	"context"
	"net/url"
	"strconv"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// Search finds public parties.
func (c *Client) Search(ctx context.Context, q api.PartyQuery) (*api.PartyPage, error) {
	var p api.PartyPage
	if err := c.post(ctx, api.Caller{}, "/api/v1/search", q, &p); err != nil {
		return nil, err
	}
	return &p, nil
}

// Listings shows entries of organisations in force.
func (c *Client) Listings(ctx context.Context, q api.ListingQuery) (*api.ListingPage, error) {
	var p api.ListingPage
	err := c.get(ctx, api.Caller{}, "/api/v1/listings"+query("list", string(q.List), "field", q.Field, "region", q.Region, "authority", string(q.Authority),
		"ruling", q.Ruling, "source", q.Source, "sort", q.Sort, "limit", number(q.Limit), "cursor", q.Cursor), &p)
	if err != nil {
		return nil, err
	}
	return &p, nil
}

// Ruling shows a ruling by id.
func (c *Client) Ruling(ctx context.Context, caller api.Caller, id string) (*api.RulingView, error) {
	var v api.RulingView
	if err := c.get(ctx, caller, "/api/v1/rulings/"+url.PathEscape(last(id)), &v); err != nil {
		return nil, err
	}
	return &v, nil
}

// Corrections shows what was put right, newest first.
func (c *Client) Corrections(ctx context.Context, cursor string, limit int) (*api.CorrectionPage, error) {
	var p api.CorrectionPage
	if err := c.get(ctx, api.Caller{}, "/api/v1/corrections"+query("cursor", cursor, "limit", number(limit)), &p); err != nil {
		return nil, err
	}
	return &p, nil
}

// Today is the register at a glance.
func (c *Client) Today(ctx context.Context) (*api.Day, error) {
	var d api.Day
	if err := c.get(ctx, api.Caller{}, "/api/v1/today", &d); err != nil {
		return nil, err
	}
	return &d, nil
}

// Authorities lists the authorities by id.
func (c *Client) Authorities(ctx context.Context) ([]api.AuthorityView, error) {
	return all[api.AuthorityView](ctx, c, "/api/v1/authorities")
}

// Proof shows that the act at a position is in the log.
func (c *Client) Proof(ctx context.Context, position uint64) (*api.ProofView, error) {
	var p api.ProofView
	if err := c.get(ctx, api.Caller{}, "/api/v1/log/proofs/"+strconv.FormatUint(position, 10), &p); err != nil {
		return nil, err
	}
	return &p, nil
}

// Statistics counts.
func (c *Client) Statistics(ctx context.Context, q api.StatisticsQuery) (*api.Statistics, error) {
	var s api.Statistics
	err := c.get(ctx, api.Caller{}, "/api/v1/statistics"+query("by", q.By, "list", string(q.List), "field", q.Field, "region", q.Region, "from", q.From, "until", q.Until), &s)
	if err != nil {
		return nil, err
	}
	return &s, nil
}

// Rulebooks lists the rulebooks adopted and in force, by name.
func (c *Client) Rulebooks(ctx context.Context) ([]api.RulebookView, error) {
	return all[api.RulebookView](ctx, c, "/api/v1/rulebooks")
}

// Versions lists every version of a rulebook that was adopted, newest first.
func (c *Client) Versions(ctx context.Context, name string) ([]api.RulebookView, error) {
	if err := named(name); err != nil {
		return nil, err
	}
	return all[api.RulebookView](ctx, c, "/api/v1/rulebooks/"+url.PathEscape(name))
}

// Rulebook is a version of a rulebook, in full; an empty version is the one in
// force.
func (c *Client) Rulebook(ctx context.Context, name, version string) (*api.RulebookText, error) {
	if version == "" {
		version = "current"
	}
	if err := named(name, version); err != nil {
		return nil, err
	}
	var t api.RulebookText
	if err := c.get(ctx, api.Caller{}, "/api/v1/rulebooks/"+url.PathEscape(name)+"/"+url.PathEscape(version), &t); err != nil {
		return nil, err
	}
	return &t, nil
}

// Compare is what changed from one version of a rulebook to another.
func (c *Client) Compare(ctx context.Context, name, from, to string) ([]api.RuleChange, error) {
	if err := named(name, from, to); err != nil {
		return nil, err
	}
	return all[api.RuleChange](ctx, c, "/api/v1/rulebooks/"+url.PathEscape(name)+"/changes"+query("from", from, "to", to))
}

// Lists are the lists of the rulebooks in force, by id.
func (c *Client) Lists(ctx context.Context) ([]api.ListDefinition, error) {
	return all[api.ListDefinition](ctx, c, "/api/v1/lists")
}

// Measures are the measures of the rulebooks in force, by id.
func (c *Client) Measures(ctx context.Context) ([]api.MeasureDefinition, error) {
	return all[api.MeasureDefinition](ctx, c, "/api/v1/measures")
}

// Activities are the leaves of the activity tree, by id.
func (c *Client) Activities(ctx context.Context) ([]api.ActivityView, error) {
	return all[api.ActivityView](ctx, c, "/api/v1/activities")
}

// all reads a collection that is had whole.
func all[T any](ctx context.Context, c *Client, path string) ([]T, error) {
	var out []T
	if err := c.get(ctx, api.Caller{}, path, &out); err != nil {
		return nil, err
	}
	return out, nil
}

// named refuses what cannot be the name or the version of a rulebook: it would
// be the address of something else.
func named(parts ...string) error {
	for _, p := range parts {
		if p == "" || p == "." || p == ".." || p == "changes" {
			return standing.Errorf(standing.NotFound, "no rulebook or version is called %q", p)
		}
	}
	return nil
}

// query writes a query string of names and values; empty values are left out.
func query(pairs ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}

// number writes a number that is left out when it is zero; any other number is
// for the register to judge.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
