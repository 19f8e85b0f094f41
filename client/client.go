// Package client is a register that is somewhere else: it satisfies the
// interfaces of package api over HTTP, so that whoever works with a register in
// process works with a remote one unchanged.
//
//	reg := client.New("https://register.example", key, "credit-decision", nil)
//	answer, err := reg.Check(ctx, api.Caller{}, api.Question{Party: "uscc:...", Activity: "company.director"})
//
// Errors are *standing.Error of the kind that the register gave; a register that
// cannot be reached is Unavailable. Whom a question is about stands in the
// request's body, never in an address, so that no log on the way holds it.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// maxAnswer bounds what is read of one answer, in bytes.
const maxAnswer = 64 << 20

// Client is a remote register. It is safe for concurrent use.
type Client struct {
	base    *url.URL
	bad     error // the address cannot be used
	key     string
	purpose string
	http    *http.Client
}

var _ api.Register = (*Client)(nil)

// New makes a client of the register at an address, "https://register.example".
// Key and purpose identify a relying party; both may be empty. A nil HTTP client
// means one that gives up after a minute. A wrong address is the error of every
// call.
//
// A caller that is given to a method can state another purpose; who asks is
// decided by the key alone.
func New(baseURL, key, purpose string, hc *http.Client) *Client {
	c := &Client{key: key, purpose: purpose}
	base, err := url.Parse(strings.TrimRight(baseURL, "/"))
	switch {
	case err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "":
		c.bad = standing.Errorf(standing.Invalid, "%.80q is not the address of a register: write https://register.example", baseURL)
	case base.User != nil || base.RawQuery != "" || base.Fragment != "":
		c.bad = standing.Errorf(standing.Invalid, "the address of a register has no user, query or fragment")
	}
	if hc == nil {
		hc = &http.Client{Timeout: time.Minute}
	}
	own := *hc
	own.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse } // a key is sent nowhere else
	c.base, c.http = base, &own
	return c
}

// Check answers one question.
func (c *Client) Check(ctx context.Context, caller api.Caller, q api.Question) (*api.Answer, error) {
	var a api.Answer
	if err := c.post(ctx, caller, "/api/v1/check", q, &a); err != nil {
		return nil, err
	}
	return &a, known(&a)
}

// CheckAll answers up to api.MaxBatch questions in one request. Outcomes stand
// in the order of the questions.
func (c *Client) CheckAll(ctx context.Context, caller api.Caller, questions []api.Question) ([]api.Outcome, error) {
	if len(questions) > api.MaxBatch {
		return nil, standing.Errorf(standing.TooLarge, "%d questions: a batch has at most %d", len(questions), api.MaxBatch)
	}
	if questions == nil {
		questions = []api.Question{}
	}
	var out []api.Outcome
	if err := c.post(ctx, caller, "/api/v1/checks", questions, &out); err != nil {
		return nil, err
	}
	if len(out) != len(questions) {
		return nil, standing.Errorf(standing.Internal, "the register gave %d outcomes of %d questions", len(out), len(questions))
	}
	for i := range out {
		if (out[i].Answer == nil) == (out[i].Problem == nil) {
			return nil, standing.Errorf(standing.Internal, "outcome %d is neither an answer nor a problem", i+1)
		}
		if out[i].Answer != nil {
			if err := known(out[i].Answer); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// known refuses a verdict that is none of the four: whoever compares with one of
// them must not take another for the rest.
func known(a *api.Answer) error {
	switch a.Verdict {
	case api.Clear, api.Restricted, api.Unknown, api.NotCovered:
		return nil
	}
	return standing.Errorf(standing.Unsupported, "the register gave the verdict %.40q, which this client does not know: use a newer one", a.Verdict)
}

// Party finds a party as a check does.
func (c *Client) Party(ctx context.Context, caller api.Caller, q api.Question) (*api.PartyView, error) {
	var v api.PartyView
	if err := c.post(ctx, caller, "/api/v1/parties", q, &v); err != nil {
		return nil, err
	}
	return &v, nil
}

// Listing shows a listing by id.
func (c *Client) Listing(ctx context.Context, caller api.Caller, id string) (*api.ListingView, error) {
	var v api.ListingView
	if err := c.get(ctx, caller, "/api/v1/listings/"+url.PathEscape(last(id)), &v); err != nil {
		return nil, err
	}
	return &v, nil
}

// last is an id without the register's name in front.
func last(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }

// Submit records a statement whole or not at all.
func (c *Client) Submit(ctx context.Context, s api.Submission) ([]api.ReceiptView, error) {
	var out []api.ReceiptView
	if err := c.post(ctx, api.Caller{}, "/api/v1/statements", s, &out); err != nil {
		return nil, err
	}
	return out, nil
}

// Version says how many acts a case has.
func (c *Client) Version(ctx context.Context, caseID string) (uint64, error) {
	var v api.VersionView
	if err := c.get(ctx, api.Caller{}, "/api/v1/cases/"+url.PathEscape(last(caseID))+"/version", &v); err != nil {
		return 0, err
	}
	return v.Version, nil
}

// Checkpoint is the last signed note.
func (c *Client) Checkpoint(ctx context.Context) ([]byte, error) {
	return c.do(ctx, api.Caller{}, http.MethodGet, "/checkpoint", nil)
}

// Tile is the resource at a tlog-tiles path.
func (c *Client) Tile(ctx context.Context, path string) ([]byte, error) {
	if !strings.HasPrefix(path, "tile/") || strings.ContainsAny(path, "?#%") || strings.Contains(path, "..") {
		return nil, standing.Errorf(standing.NotFound, "%.80q is not the path of a tile", path)
	}
	return c.do(ctx, api.Caller{}, http.MethodGet, "/"+path, nil)
}

func (c *Client) get(ctx context.Context, caller api.Caller, path string, out any) error {
	raw, err := c.do(ctx, caller, http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	return decode(raw, out)
}

func (c *Client) post(ctx context.Context, caller api.Caller, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return standing.Errorf(standing.Invalid, "the request cannot be written as JSON: %v", err)
	}
	if len(body) > api.MaxStatementBytes {
		return standing.Errorf(standing.TooLarge, "the request has %d bytes: at most %d are taken", len(body), api.MaxStatementBytes)
	}
	raw, err := c.do(ctx, caller, http.MethodPost, path, body)
	if err != nil {
		return err
	}
	return decode(raw, out)
}

func decode(raw []byte, out any) error {
	if err := json.Unmarshal(raw, out); err != nil {
		return standing.Errorf(standing.Internal, "the register's answer cannot be read: is this the address of a register? %v", err)
	}
	return nil
}

func (c *Client) do(ctx context.Context, caller api.Caller, method, path string, body []byte) ([]byte, error) {
	if c.bad != nil {
		return nil, c.bad
	}
	r, err := http.NewRequestWithContext(ctx, method, c.base.String()+path, bytes.NewReader(body))
	if err != nil {
		return nil, standing.Errorf(standing.Invalid, "no request to the register can be made: %v", err)
	}
	r.Header.Set("Accept", "application/json, application/problem+json, */*;q=0.1")
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.key != "" {
		r.Header.Set("Authorization", "Bearer "+c.key)
	}
	if purpose := caller.Purpose; purpose != "" {
		r.Header.Set("Purpose", purpose)
	} else if c.purpose != "" {
		r.Header.Set("Purpose", c.purpose)
	}
	response, err := c.http.Do(r)
	if err != nil {
		return nil, unreachable(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, unreachable(err)
	case len(raw) > maxAnswer:
		return nil, standing.Errorf(standing.TooLarge, "the register's answer is longer than %d bytes", maxAnswer)
	case response.StatusCode != http.StatusOK:
		return nil, problem(response, raw)
	}
	return raw, nil
}

// unreachable keeps what the caller itself ended apart from what failed.
func unreachable(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	var e *url.Error
	if errors.As(err, &e) {
		err = e.Err // the address says nothing new
	}
	return &standing.Error{Kind: standing.Unavailable, What: "the register cannot be reached", Do: "look at the address and the network, then try again", Err: err}
}

// problem reads why there is no answer. What is no problem document comes from
// something between here and the register, and is not repeated.
func problem(response *http.Response, raw []byte) error {
	p := api.Problem{Status: response.StatusCode}
	if strings.HasPrefix(response.Header.Get("Content-Type"), "application/problem+json") && json.Unmarshal(raw, &p) == nil {
		p.Status = response.StatusCode
		return p.Err()
	}
	if response.StatusCode < 400 {
		return standing.Errorf(standing.Unavailable, "the address answers with %s: give the address that it leads to", response.Status)
	}
	p.Detail = "the address answers with " + response.Status + ", and not as a register does"
	return p.Err()
}
