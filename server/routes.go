package server

import (
	"net/http"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// route is one operation: how it is reached, what it answers, and what
// api/openapi.json says of it.
type route struct {
	method, path string // in the syntax of http.ServeMux
	id           string // of the operation
	about        string
	handle       handler
	query        uint                 // names of a question that its query string may have
	params       []param              // or, with read, all that it may have
	read         answerer             // in place of handle
	formats      []format             // of its answer, the usual one first; none: JSON
	row          any                  // a value of the type that the parameter fields chooses from
	ranges       bool                 // answers in parts, too
	shares       bool                 // a wider path answers its other methods
	body         any                  // a value of the type of its body; nil: none
	lines        bool                 // takes and answers application/x-ndjson too
	answer       any                  // a value of the type of its answer; a string: plain text; bytes: octets
	problems     []standing.ErrorKind // that it answers beside invalid, unavailable and internal
	public       bool                 // may be read by pages of other sites
	zip          bool                 // answers may be worth compressing
	cost         int                  // of the client's quota; 0: 1; -1: outside of it
}

// routes is the table of all operations.
func (s *server) routes() []route {
	var all []route
	all = append(all, s.checkRoutes()...)
	all = append(all, s.caseRoutes()...)
	all = append(all, s.browseRoutes()...)
	all = append(all, s.ruleRoutes()...)
	all = append(all, s.actRoutes()...)
	all = append(all, s.logRoutes()...)
	all = append(all, s.selfRoutes()...)
	for i := range all {
		if r := &all[i]; r.read != nil {
			r.params = append(r.params, r.common()...)
			r.handle = reading(r)
		}
	}
	return all
}

const forPersons = " Natural persons are looked up with an API key and a purpose only, and by POST, so that the identifier stands in no address."

func (s *server) checkRoutes() []route {
	look := []standing.ErrorKind{standing.Unauthenticated, standing.Forbidden, standing.NotFound, standing.TooLarge}
	return []route{
		{method: http.MethodGet, path: "/api/v1/check", id: "check", handle: s.check, query: allNames, answer: api.Answer{}, problems: look, public: true,
			about: "May this party do this, here, now? The answer is clear, restricted with all its grounds, unknown, or not covered." + forPersons},
		{method: http.MethodPost, path: "/api/v1/check", id: "checkByBody", handle: s.checkBody, query: namePurpose, body: api.Question{}, answer: api.Answer{}, problems: look,
			about: "The same question in the body."},
		{method: http.MethodPost, path: "/api/v1/checks", id: "checkBatch", handle: s.checks, query: namePurpose, body: []api.Question{}, lines: true, answer: []api.Outcome{}, cost: exportCost,
			problems: []standing.ErrorKind{standing.Unauthenticated, standing.Forbidden, standing.TooLarge}, zip: true,
			about: "Up to 1,000 questions as an array, or up to 100,000 as lines, which are answered while they come in. Outcomes stand in the order of the questions."},
	}
}

func (s *server) caseRoutes() []route {
	look := []standing.ErrorKind{standing.Unauthenticated, standing.Forbidden, standing.NotFound, standing.TooLarge}
	return []route{
		{method: http.MethodGet, path: "/api/v1/parties/{party...}", id: "party", read: s.party, params: partyParams(), row: api.PartyView{}, answer: api.PartyView{},
			problems: look, public: true, zip: true,
			about: "A party by scheme:value, by name:TEXT or by the id of its record, with its listings in force." + forPersons},
		{method: http.MethodPost, path: "/api/v1/parties", id: "partyByBody", handle: s.partyBody, query: namePurpose, body: api.Question{}, answer: api.PartyView{},
			problems: look, zip: true, about: "The same with the question in the body; its activity may be left out."},
		{method: http.MethodGet, path: "/api/v1/listings/{id...}", id: "listing", read: s.listing, params: []param{purposeParam()}, row: api.ListingView{}, answer: api.ListingView{},
			problems: look, public: true, zip: true, about: "A listing by its id, with or without the register's name in front: ruling, list, rule, measures, exits and the whole history."},
		{method: http.MethodGet, path: "/api/v1/rulings/{id...}", id: "ruling", read: s.ruling, params: []param{purposeParam()}, row: api.RulingView{}, answer: api.RulingView{},
			problems: look, public: true, zip: true, about: "A ruling by its id, with the entries in force that rest on it."},
	}
}

func (s *server) actRoutes() []route {
	return []route{
		{method: http.MethodPost, path: "/api/v1/statements", id: "submit", handle: s.submit, body: api.Submission{}, answer: []api.ReceiptView{},
			problems: []standing.ErrorKind{standing.Unauthenticated, standing.Forbidden, standing.NotFound, standing.Conflict, standing.Refused, standing.TooLarge, standing.Unsupported},
			about:    "A signed statement of 1 to 4,096 acts, up to 32 MiB, recorded whole or not at all. The same statement twice is recorded once."},
		{method: http.MethodGet, path: "/api/v1/cases/{id}/version", id: "version", handle: s.version, answer: api.VersionView{}, public: true,
			problems: []standing.ErrorKind{standing.NotFound}, about: "How many acts a case has. The next act on it is signed for this version."},
	}
}

func (s *server) logRoutes() []route {
	none := []standing.ErrorKind{standing.NotFound}
	return []route{
		{method: http.MethodGet, path: "/checkpoint", id: "checkpoint", handle: s.checkpoint, answer: "", problems: none, public: true,
			about: "The last signed checkpoint of the public log (c2sp.org/tlog-checkpoint)."},
		{method: http.MethodGet, path: "/tile/{path...}", id: "tile", handle: s.tile, answer: []byte{}, problems: none, public: true, zip: true,
			about: "A tile of hashes, or below entries/ a bundle of log entries (c2sp.org/tlog-tiles). They never change."},
		{method: http.MethodGet, path: "/api/v1/log/proofs/{position}", id: "proof", read: s.proof, row: api.ProofView{}, answer: api.ProofView{}, problems: none, public: true,
			about: "That the act at a position, counted from 0, is in the log of the checkpoint: an inclusion proof (RFC 6962, 2.1.1)."},
	}
}

func (s *server) selfRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/data/{path...}", id: "data", handle: s.data, answer: []byte{}, problems: []standing.ErrorKind{standing.NotFound}, public: true, zip: true, cost: 5, ranges: true,
			about: "A published file of bulk data, such as datapackage.json, which names the others with the SHA-256 of each. Whole or in ranges."},
		{method: http.MethodGet, path: "/healthz", id: "health", handle: s.healthz, cost: -1, answer: "", about: "Whether the process answers."},
		{method: http.MethodGet, path: "/readyz", id: "ready", handle: s.readyz, cost: -1, answer: "", about: "Whether the register answers."},
		{method: http.MethodGet, path: "/api/openapi.json", id: "openapi", handle: s.openAPI, answer: map[string]any{}, public: true, zip: true, about: "This description."},
		{method: http.MethodGet, path: "/problems/{kind}", id: "problem", handle: s.kind, answer: "", problems: []standing.ErrorKind{standing.NotFound}, public: true,
			about: "What a type of problem means."},
	}
}
