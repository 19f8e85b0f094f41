package api

import (
	"errors"
	"strings"

	"github.com/openstanding/standing"
)

// ProblemPath stands before the kind in a problem's type: "/problems/refused".
const ProblemPath = "/problems/"

// Problem is an error in wire form: an RFC 9457 problem document. Type, title
// and status follow from the kind of the error; detail is for people; rule and
// do are extensions.
type Problem struct {
	Type    string `json:"type"` // "/problems/refused", relative to the register's address
	Title   string `json:"title"`
	Status  int    `json:"status"` // HTTP status
	Detail  string `json:"detail"`
	Rule    string `json:"rule,omitempty"`    // the article or rule that speaks
	Do      string `json:"do,omitempty"`      // what to do about it
	Request string `json:"request,omitempty"` // id of the request, to quote when asking for help
}

// Kinds lists the kinds of error in the order of their definition.
func Kinds() []standing.ErrorKind {
	return []standing.ErrorKind{standing.Invalid, standing.Unauthenticated, standing.Forbidden, standing.NotFound, standing.Conflict,
		standing.Refused, standing.TooLarge, standing.Unavailable, standing.Unsupported, standing.Internal}
}

// Status is the HTTP status of a kind of error; an unknown kind is internal.
func Status(k standing.ErrorKind) int {
	status, _, _ := words(k)
	return status
}

// Describe says what a kind of error means and what whoever meets it can do.
func Describe(k standing.ErrorKind) (title, about string) {
	_, title, about = words(k)
	return title, about
}

func words(k standing.ErrorKind) (status int, title, about string) {
	switch k {
	case standing.Invalid:
		return 400, "Malformed request", "The request cannot be understood. The same request fails again: correct what the detail names."
	case standing.Unauthenticated:
		return 401, "Not identified", "This needs an API key with a purpose, or a valid signature of a key that the register knows."
	case standing.Forbidden:
		return 403, "Not entitled", "The key is known, but it is not entitled to this."
	case standing.NotFound:
		return 404, "Not found", "There is nothing public here under this name. That is not a certificate: ask a check."
	case standing.Conflict:
		return 409, "The case has moved on", "Somebody else acted on the case first. Read it again and sign anew."
	case standing.Refused:
		return 422, "Refused by a rule", "The charter or a rulebook does not allow this. The rule is named."
	case standing.TooLarge:
		return 413, "Too large", "The request exceeds a stated bound. Send less at a time."
	case standing.Unavailable:
		return 503, "Not now", "The register cannot answer at this moment. Try again after the time in Retry-After."
	case standing.Unsupported:
		return 501, "Not supported here", "This is newer than the software that runs here, or of a kind it does not offer."
	}
	return 500, "A fault of the register", "The fault is ours. Quote the request id when you report it."
}

// ProblemOf turns an error into a problem, in English. An internal error, and
// any error that is not a standing.Error, hides what it says.
func ProblemOf(err error) Problem {
	return ProblemIn(err, func(english string) string { return english })
}

// ProblemIn is ProblemOf with title, detail and do in the language into which
// translate turns English texts and formats, as lang.Catalogue.Message does.
func ProblemIn(err error, translate func(string) string) Problem {
	var e *standing.Error
	if !errors.As(err, &e) {
		e = &standing.Error{Kind: standing.Internal}
	}
	status, title, about := words(e.Kind)
	title = translate(title)
	if status == Status(standing.Internal) {
		return Problem{Type: ProblemPath + string(standing.Internal), Title: title, Status: status, Detail: translate(about)}
	}
	what, do := e.Say(translate)
	return Problem{Type: ProblemPath + string(e.Kind), Title: title, Status: status, Detail: what, Rule: e.Rule, Do: do}
}

// Err turns a problem back into the error it was made from, cause apart. A
// problem of no known type becomes the kind that is nearest to its status.
func (p *Problem) Err() *standing.Error {
	e := &standing.Error{Kind: kindOfStatus(p.Status), Rule: p.Rule, What: p.Detail, Do: p.Do}
	if e.What == "" {
		e.What = p.Title
	}
	if i := strings.LastIndex(p.Type, ProblemPath); i >= 0 {
		for _, k := range Kinds() {
			if p.Type[i+len(ProblemPath):] == string(k) {
				e.Kind = k
			}
		}
	}
	if e.Kind == standing.Internal && p.Request != "" {
		e.Do = "report request " + p.Request
	}
	return e
}

func kindOfStatus(status int) standing.ErrorKind {
	for _, k := range Kinds() {
		if Status(k) == status {
			return k
		}
	}
	switch {
	case status == 429 || status == 502 || status == 504:
		return standing.Unavailable
	case status >= 400 && status < 500:
		return standing.Invalid
	}
	return standing.Internal
}
