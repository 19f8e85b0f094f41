package server

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// search finds public parties.
func (s *server) search() *collection[api.PartyRow] {
	return &collection[api.PartyRow]{s: s, operation: "parties", write: (*jsonWriter).partyRow,
		read: func(r *http.Request, q *query, cursor string, limit int) (page[api.PartyRow], error) {
			order := q.get("sort")
			if order == api.SortRelevance && q.get("q") == "" {
				order = "" // nothing is more relevant than anything else
			}
			p, err := s.reg.Search(r.Context(), api.PartyQuery{Text: q.get("q"), Region: q.get("region"), Field: q.get("field"), List: standing.ListID(q.get("list")),
				Status: q.get("status"), Record: q.get("record"), Kind: q.get("kind"), Sort: order, Limit: limit, Cursor: cursor})
			if err != nil {
				return page[api.PartyRow]{}, err
			}
			return page[api.PartyRow]{p.Items, p.Count, p.Next, p.Position, p.Behind}, nil
		}}
}

// searchBody is the same search with the query in the body, so that a name need
// not stand in an address.
func (s *server) searchBody(w http.ResponseWriter, r *http.Request, q *query) error {
	body, err := read(w, r, "application/json", smallBody)
	if err != nil {
		return err
	}
	if q.set, err = searchIn(body); err != nil {
		return err
	}
	return s.search().answer(w, r, q)
}

// listings shows the entries in force.
func (s *server) listings() *collection[api.ListingRow] {
	return &collection[api.ListingRow]{s: s, operation: "listings", write: (*jsonWriter).listingRow,
		read: func(r *http.Request, q *query, cursor string, limit int) (page[api.ListingRow], error) {
			p, err := s.reg.Listings(r.Context(), api.ListingQuery{List: standing.ListID(q.get("list")), Field: q.get("field"), Region: q.get("region"),
				Authority: standing.AuthorityID(q.get("authority")), Ruling: q.get("ruling"), Source: q.get("source"), Sort: q.get("sort"), Limit: limit, Cursor: cursor})
			if err != nil {
				return page[api.ListingRow]{}, err
			}
			return page[api.ListingRow]{p.Items, p.Count, p.Next, p.Position, p.Behind}, nil
		}}
}

// corrections shows what was put right.
func (s *server) corrections() *collection[api.Correction] {
	return &collection[api.Correction]{s: s, operation: "corrections", write: (*jsonWriter).correction,
		read: func(r *http.Request, _ *query, cursor string, limit int) (page[api.Correction], error) {
			p, err := s.reg.Corrections(r.Context(), cursor, limit)
			if err != nil {
				return page[api.Correction]{}, err
			}
			return page[api.Correction]{items: p.Items, count: p.Count, next: p.Next, position: p.Position}, nil
		}}
}

func (s *server) authorities() *collection[api.AuthorityView] {
	return &collection[api.AuthorityView]{s: s, operation: "authorities", array: true, write: (*jsonWriter).authority,
		read: func(r *http.Request, q *query, cursor string, limit int) (page[api.AuthorityView], error) {
			all, err := s.reg.Authorities(r.Context())
			return few(all, func(a *api.AuthorityView) string { return string(a.ID) }, func(a *api.AuthorityView) bool {
				return given(q.get("kind"), a.Kind) && within(q.get("region"), a.Region)
			}, cursor, limit), err
		}}
}

// authority shows one, so that a code can be resolved to its names.
func (s *server) authority(w http.ResponseWriter, r *http.Request, q *query) error {
	id, err := tail(r, "id")
	if err != nil {
		return err
	}
	all, err := s.reg.Authorities(r.Context())
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(a api.AuthorityView) bool { return string(a.ID) == id })
	if i < 0 {
		return notFound("no authority of this id is known here", "read /api/v1/authorities")
	}
	return one(s, w, r, q, func(j *jsonWriter) { j.authority(&all[i]) })
}

func (s *server) ruling(w http.ResponseWriter, r *http.Request, q *query) error {
	caller, err := s.caller(r, q.get("purpose"))
	if err != nil {
		return err
	}
	id, err := tail(r, "id")
	if err != nil {
		return err
	}
	v, err := s.reg.Ruling(r.Context(), caller, id)
	if err != nil {
		return without(caller, err)
	}
	return one(s, w, r, q, func(j *jsonWriter) { j.ruling(v) })
}

func (s *server) today(w http.ResponseWriter, r *http.Request, q *query) error {
	d, err := s.reg.Today(r.Context())
	if err != nil {
		return err
	}
	return one(s, w, r, q, func(j *jsonWriter) { j.day(d) })
}

// statistics counts; as a table it is the rows alone.
func (s *server) statistics(w http.ResponseWriter, r *http.Request, q *query) error {
	by := q.get("by")
	if by == "" {
		by = api.ByList
	}
	v, err := s.reg.Statistics(r.Context(), api.StatisticsQuery{By: by, List: standing.ListID(q.get("list")), Field: q.get("field"), Region: q.get("region"),
		From: q.get("from"), Until: q.get("until")})
	if err != nil {
		return err
	}
	w.Header().Add("Vary", "Accept")
	if q.format == asJSON {
		return one(s, w, r, q, func(j *jsonWriter) { j.statistics(v) })
	}
	c := &collection[api.StatisticsRow]{s: s, operation: "statistics", write: (*jsonWriter).statisticsRow,
		read: func(*http.Request, *query, string, int) (page[api.StatisticsRow], error) {
			return page[api.StatisticsRow]{items: v.Rows, count: api.Count{N: len(v.Rows)}}, nil
		}}
	q.fields = nil // they choose among the members of the answer, not of a row
	return c.export(w, r, q, "")
}

// proof shows that an act is in the log.
func (s *server) proof(w http.ResponseWriter, r *http.Request, q *query) error {
	text := r.PathValue("position")
	position, err := strconv.ParseUint(text, 10, 64)
	if err != nil || strconv.FormatUint(position, 10) != text {
		return malformed("%.40q is no position: write a whole number from 0", text)
	}
	v, err := s.reg.Proof(r.Context(), position)
	if err != nil {
		return err
	}
	return one(s, w, r, q, func(j *jsonWriter) { j.proof(v) })
}
