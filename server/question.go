package server

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// asked is a question as it came in, with the purpose that a query string may
// state.
type asked struct {
	q       api.Question
	purpose string
	set     uint // names that were given, one bit each
}

// The names of a question on the wire, each with its bit.
const (
	nameParty uint = 1 << iota
	nameActivity
	nameRegion
	nameAt
	nameAsKnownOn
	nameBirthDate
	nameCountry
	namePurpose
)

func nameBit(name string) uint {
	switch name {
	case "party":
		return nameParty
	case "activity":
		return nameActivity
	case "region":
		return nameRegion
	case "at":
		return nameAt
	case "asKnownOn":
		return nameAsKnownOn
	case "birthDate":
		return nameBirthDate
	case "country":
		return nameCountry
	case "purpose":
		return namePurpose
	}
	return 0
}

// nameList are the names of some bits.
func nameList(bits uint) []string {
	var out []string
	for _, name := range []string{"party", "activity", "region", "at", "asKnownOn", "birthDate", "country", "purpose"} {
		if nameBit(name)&bits != 0 {
			out = append(out, name)
		}
	}
	return out
}

// put sets the field of one bit.
func (a *asked) put(bit uint, value string) (err error) {
	a.set |= bit
	switch bit {
	case nameParty:
		a.q.Party = value
	case nameActivity:
		a.q.Activity = value
	case nameRegion:
		a.q.Region = value
	case nameAt:
		a.q.At, err = when(value)
	case nameAsKnownOn:
		a.q.AsKnownOn, err = when(value)
	case nameBirthDate:
		a.q.BirthDate = value
	case nameCountry:
		a.q.Country = value
	case namePurpose:
		a.purpose = value
	}
	return err
}

// when reads the instant of a question, which is never open or missing.
func when(s string) (standing.Instant, error) {
	if s == "open" || s == "" {
		return 0, standing.Errorf(standing.Invalid, "a question is about an instant: write 2026-11-22 or 2026-11-22T15:04:05Z")
	}
	return standing.ParseInstant(s)
}

// query reads a query string. Only the names in may are allowed.
func (a *asked) query(raw string, may uint) error {
	for raw != "" {
		var pair string
		if i := strings.IndexByte(raw, '&'); i >= 0 {
			pair, raw = raw[:i], raw[i+1:]
		} else {
			pair, raw = raw, ""
		}
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name, err := decode(name)
		if err != nil {
			return err
		}
		bit := nameBit(name) & may
		switch {
		case bit == 0:
			return unknownParameter(name, nameList(may))
		case a.set&bit != 0:
			return malformed("the query says %s twice", name)
		}
		if value, err = decode(value); err != nil {
			return err
		}
		if err := a.put(bit, value); err != nil {
			return ofParameter(name, err)
		}
	}
	return nil
}

// ofParameter says in an error which parameter it is about.
func ofParameter(name string, err error) error {
	var e *standing.Error
	if !errors.As(err, &e) {
		return err
	}
	own := standing.Errorf(e.Kind, "the query's %s: %s", name, e.Phrase())
	own.Do, own.Err = e.Do, e.Err
	return own
}

// missing names what a question cannot do without.
func (a *asked) missing() error {
	switch {
	case a.q.Party == "":
		return malformed("the question names no party")
	case a.q.Activity == "":
		return malformed("the question names no activity")
	}
	return nil
}

// decode resolves %XX and + of a query string, which most values have not.
func decode(s string) (string, error) {
	if strings.IndexByte(s, '%') >= 0 || strings.IndexByte(s, '+') >= 0 {
		var err error
		if s, err = url.QueryUnescape(s); err != nil {
			return "", malformed("the query is not well formed: %.20q", s)
		}
	}
	if !utf8.ValidString(s) {
		return "", malformed("the query is not valid UTF-8")
	}
	return s, nil
}

// question reads one question as JSON.
func (p *jsonReader) question(q *api.Question) error {
	var a asked
	err := p.object(func(key string) error {
		bit := nameBit(key) &^ namePurpose
		if bit == 0 {
			return errUnknown
		}
		value, err := p.str()
		if err != nil {
			return err
		}
		return a.put(bit, value)
	})
	if err == nil && a.set&nameParty == 0 {
		err = malformed("a question names a party")
	}
	*q = a.q
	return err
}

// oneQuestion reads a body that is one question.
func oneQuestion(body []byte, q *api.Question) error {
	p, err := newJSONReader(body)
	if err != nil {
		return err
	}
	if err := p.question(q); err != nil {
		return err
	}
	return p.end()
}

// questions reads a body that is an array of questions.
func questions(body []byte) ([]api.Question, error) {
	p, err := newJSONReader(body)
	if err != nil {
		return nil, err
	}
	var out []api.Question
	err = p.array(func() error {
		if len(out) == api.MaxBatch {
			return &standing.Error{Kind: standing.TooLarge, What: "the batch has more than 1,000 questions", Do: "send several, or one per line as application/x-ndjson"}
		}
		var q api.Question
		if err := p.question(&q); err != nil {
			return err
		}
		out = append(out, q)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, p.end()
}

// searchIn reads a body that is an api.PartyQuery into the parameters of a search.
func searchIn(body []byte) (map[string]string, error) {
	p, err := newJSONReader(body)
	if err != nil {
		return nil, err
	}
	known := newReader(searchParams())
	set := map[string]string{}
	err = p.object(func(key string) (err error) {
		name := key
		if key == "text" {
			name = "q"
		} else if key == "q" {
			return errUnknown
		}
		at := slices.IndexFunc(known.params, func(p param) bool { return p.name == name })
		if at < 0 {
			return errUnknown
		}
		if known.params[at].number {
			set[name], err = p.whole()
		} else {
			set[name], err = p.str()
		}
		if err != nil {
			return err
		}
		return known.params[at].check(set[name], known.patterns[name])
	})
	if err != nil {
		return nil, err
	}
	return set, p.end()
}

// submission reads a statement in wire form.
func submission(body []byte) (api.Submission, error) {
	var s api.Submission
	p, err := newJSONReader(body)
	if err != nil {
		return s, err
	}
	signed := false
	err = p.object(func(key string) (err error) {
		switch key {
		case "acts":
			s.Acts, err = p.blobs()
		case "openings":
			s.Openings, err = p.blobs()
		case "signature":
			signed = true
			err = p.signature(&s.Signature, true)
		default:
			return errUnknown
		}
		return err
	})
	switch {
	case err != nil:
		return s, err
	case len(s.Acts) == 0 || !signed:
		return s, malformed("a statement has acts and a signature")
	}
	return s, p.end()
}

func (p *jsonReader) blobs() ([][]byte, error) {
	out := [][]byte{}
	err := p.array(func() error {
		if len(out) == standing.MaxStatementActs {
			return &standing.Error{Kind: standing.TooLarge, What: "the statement has more than 4,096 acts or openings", Do: "sign several statements"}
		}
		b, err := p.base64()
		out = append(out, b)
		return err
	})
	return out, err
}

// signature reads a signature; the first may carry a second, which carries none.
func (p *jsonReader) signature(s *api.SignatureWire, first bool) error {
	return p.object(func(key string) (err error) {
		switch {
		case key == "signer":
			s.Signer, err = p.str()
		case key == "onBehalfOf":
			s.OnBehalfOf, err = p.str()
		case key == "algorithm":
			s.Algorithm, err = p.str()
		case key == "bytes":
			s.Bytes, err = p.base64()
		case key == "second" && first:
			s.Second = &api.SignatureWire{}
			err = p.signature(s.Second, false)
		default:
			return errUnknown
		}
		return err
	})
}
