package server

import (
	"net/http"
	"slices"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/region"
)

// within reports whether a place is the one asked for or lies below it.
func within(outer, inner string) bool {
	return outer == "" || region.Contains(region.ID(outer), region.ID(inner))
}

func (s *server) rulebooks() *collection[api.RulebookView] {
	return &collection[api.RulebookView]{s: s, operation: "rulebooks", array: true, write: (*jsonWriter).rulebook,
		read: func(r *http.Request, _ *query, cursor string, limit int) (page[api.RulebookView], error) {
			all, err := s.reg.Rulebooks(r.Context())
			return few(all, func(b *api.RulebookView) string { return b.Name }, nil, cursor, limit), err
		}}
}

// versions shows the versions of a rulebook, newest first.
func (s *server) versions() *collection[api.RulebookView] {
	return &collection[api.RulebookView]{s: s, operation: "versions", array: true, write: (*jsonWriter).rulebook,
		read: func(r *http.Request, _ *query, _ string, _ int) (page[api.RulebookView], error) {
			all, err := s.reg.Versions(r.Context(), r.PathValue("name"))
			return page[api.RulebookView]{items: all, count: api.Count{N: len(all)}}, err
		}}
}

// changes shows what changed between two versions.
func (s *server) changes() *collection[api.RuleChange] {
	return &collection[api.RuleChange]{s: s, operation: "changes", array: true, write: (*jsonWriter).ruleChange,
		read: func(r *http.Request, q *query, _ string, _ int) (page[api.RuleChange], error) {
			all, err := s.reg.Compare(r.Context(), r.PathValue("name"), q.get("from"), q.get("to"))
			return page[api.RuleChange]{items: all, count: api.Count{N: len(all)}}, err
		}}
}

// inForce names the version of a rulebook that is in force.
const inForce = "current"

// rulebookVersion shows a version as an object, as the text that was adopted, or
// as a document.
func (s *server) rulebookVersion(w http.ResponseWriter, r *http.Request, q *query) error {
	version := r.PathValue("version")
	if version == inForce {
		version = ""
	}
	v, err := s.reg.Rulebook(r.Context(), r.PathValue("name"), version)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Add("Vary", "Accept")
	if q.format == asYAML {
		return s.kept(w, r, asYAML.mediaType(), []byte(v.Text))
	}
	if q.format != asMarkdown {
		return one(s, w, r, q, func(j *jsonWriter) { j.rulebookText(v) })
	}
	tongue, err := document(v.Document, q.get("lang"), r.Header.Get("Accept-Language"))
	if err != nil {
		return err
	}
	h.Add("Vary", "Accept-Language")
	h.Set("Content-Language", tongue)
	return s.kept(w, r, asMarkdown.mediaType(), []byte(v.Document[tongue]))
}

// document chooses a language: the one that is named, else the first of the
// header that there is, else English, else the first.
func document(texts map[string]string, named, header string) (string, error) {
	var there []string
	for tongue := range texts {
		there = append(there, tongue)
	}
	slices.Sort(there)
	if named != "" {
		if !slices.Contains(there, named) {
			return "", standing.Errorf(standing.NotFound, "this rulebook is not written in %s", named).Advise("ask for %s", strings.Join(there, ", "))
		}
		return named, nil
	}
	for part := range strings.SplitSeq(header, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		if base, _, _ := strings.Cut(strings.ToLower(tag), "-"); slices.Contains(there, base) {
			return base, nil
		}
	}
	if len(there) == 0 {
		return "", notFound("this rulebook has no document", "ask for format=yaml")
	}
	if slices.Contains(there, "en") {
		return "en", nil
	}
	return there[0], nil
}

func (s *server) lists() *collection[api.ListDefinition] {
	return &collection[api.ListDefinition]{s: s, operation: "lists", array: true, write: (*jsonWriter).listDefinition,
		read: func(r *http.Request, q *query, cursor string, limit int) (page[api.ListDefinition], error) {
			all, err := s.reg.Lists(r.Context())
			return few(all, func(l *api.ListDefinition) string { return string(l.ID) }, func(l *api.ListDefinition) bool {
				return given(q.get("field"), l.Field) && within(q.get("region"), l.Region)
			}, cursor, limit), err
		}}
}

func (s *server) listOf(w http.ResponseWriter, r *http.Request, q *query) error {
	id, err := tail(r, "id")
	if err != nil {
		return err
	}
	all, err := s.reg.Lists(r.Context())
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(l api.ListDefinition) bool { return string(l.ID) == id })
	if i < 0 {
		return notFound("no list of this id is in force here", "read /api/v1/lists")
	}
	return one(s, w, r, q, func(j *jsonWriter) { j.listDefinition(&all[i]) })
}

func (s *server) measures() *collection[api.MeasureDefinition] {
	return &collection[api.MeasureDefinition]{s: s, operation: "measures", array: true, write: (*jsonWriter).measureDefinition,
		read: func(r *http.Request, q *query, cursor string, limit int) (page[api.MeasureDefinition], error) {
			all, err := s.reg.Measures(r.Context())
			return few(all, func(m *api.MeasureDefinition) string { return m.ID + " " + m.Rulebook }, func(m *api.MeasureDefinition) bool {
				return holds(q.get("list"), m.Lists) && holds(q.get("activity"), m.Activities)
			}, cursor, limit), err
		}}
}

func (s *server) activities() *collection[api.ActivityView] {
	return &collection[api.ActivityView]{s: s, operation: "activities", array: true, write: (*jsonWriter).activity,
		read: func(r *http.Request, q *query, cursor string, limit int) (page[api.ActivityView], error) {
			all, err := s.reg.Activities(r.Context())
			return few(all, func(a *api.ActivityView) string { return a.ID }, func(a *api.ActivityView) bool {
				return given(q.get("tag"), tagOrOpen(a.Tag)) && holds(q.get("list"), a.Lists)
			}, cursor, limit), err
		}}
}
