package portal

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/ident"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/rulebook/activity"
)

// form is what a reader wrote, and what was wrong with it.
type form struct {
	Party, Activity, Region                string
	PartyError, ActivityError, RegionError string
	Said                                   bool   // PartyError is the register's own, in English
	meant                                  string // the party as it was understood
}

// understand makes a question of a form, or says in the form why it cannot.
func (p *portal) understand(w *page, f *form) (q api.Question, ok bool) {
	q.Party, f.PartyError, f.Said = whom(w.words, f.Party)
	q.Activity, f.meant = f.Activity, q.Party
	if _, known := activity.Find(f.Activity); f.Activity != "" && !known {
		f.ActivityError = w.T("form.activity.unknown")
	}
	q.Region, f.RegionError = p.where(w.words, f.Region)
	return q, f.PartyError == "" && f.ActivityError == "" && f.RegionError == ""
}

// whom reads what a reader writes for a party: an identifier with its scheme, a
// bare number whose check character tells its scheme, the id of a record, or a
// name. A number that fits nothing, or whose scheme is none, is not taken for a
// name: a slip in a number would then be answered as if somebody bore it. Said is true of a problem in
// English words of package ident.
func whom(w *words, text string) (party, problem string, said bool) {
	if text == "" {
		return "", w.T("form.party.missing"), false
	}
	if scheme, value, ok := schemeOf(text); ok {
		if scheme == "name" {
			return "name:" + value, "", false
		}
		if _, known := ident.Lookup(ident.Scheme(scheme)); known {
			id, err := ident.New(ident.Scheme(scheme), value)
			if err != nil {
				what, _, tongue := w.Tell(err)
				return "", what, tongue != ""
			}
			return id.String(), "", false
		}
		if numeric(value) || strings.ContainsAny(value, "0123456789") && !strings.Contains(value, " ") {
			return "", w.T("form.party.scheme", exampleOf(ident.SchemeUSCC)), false
		}
	}
	if _, err := standing.ParseCaseID(text); err == nil {
		return text, "", false
	}
	var fits []string
	for _, s := range ident.Schemes() {
		if !s.Checked {
			continue
		}
		if id, err := ident.New(s.Scheme, text); err == nil {
			fits = append(fits, id.String())
		}
	}
	switch {
	case len(fits) == 1:
		return fits[0], "", false
	case len(fits) > 1:
		return "", w.T("form.party.ambiguous", strings.Join(fits, ", ")), false
	case numeric(text):
		return "", w.T("form.party.number", exampleOf(ident.SchemeUSCC)), false
	}
	return "name:" + text, "", false
}

// schemeOf cuts a text at its first colon, narrow or wide, if what stands before
// it is one word as schemes are; capitals do not matter.
func schemeOf(text string) (scheme, value string, ok bool) {
	scheme, value, ok = strings.Cut(text, ":")
	if wide, after, found := strings.Cut(text, "："); found && (!ok || len(wide) < len(scheme)) {
		scheme, value, ok = wide, after, true
	}
	scheme = strings.ToLower(strings.TrimSpace(scheme))
	return scheme, value, ok && scheme != "" && strings.Trim(scheme, "abcdefghijklmnopqrstuvwxyz-") == ""
}

// numeric reports whether a text looks like a number of some register rather
// than a name: Latin letters and digits alone, at least five digits, and at
// least as many of them as letters.
func numeric(text string) bool {
	digits, letters := 0, 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
			letters++
		case strings.ContainsRune(" -./", r):
		default:
			return false
		}
	}
	return digits >= 5 && digits >= letters
}

func exampleOf(s ident.Scheme) string {
	info, _ := ident.Lookup(s)
	return string(s) + ":" + info.Example
}

// where reads a place by code or by name.
func (p *portal) where(w *words, text string) (id, problem string) {
	if text == "" {
		return "", ""
	}
	code := strings.ToUpper(text)
	if parsed, err := region.Parse(code); err == nil && (region.Known(parsed) || parsed == region.World) {
		return code, ""
	}
	switch found := p.places[strings.ToLower(text)]; len(found) {
	case 0:
		return "", w.T("form.region.unknown")
	case 1:
		return found[0], ""
	default:
		return "", w.T("form.region.ambiguous", strings.Join(found[:min(len(found), 6)], ", "))
	}
}

// place is a region as the form offers it.
type place struct{ id, english, chinese string }

func (w *words) label(p place) string {
	if w.Lang == "zh" {
		return p.chinese
	}
	return p.english
}

// places reads the tree of regions once: every name, and what the form offers,
// which is countries and what lies directly below them.
func places() (byName map[string][]string, offered []place) {
	byName = map[string][]string{}
	var walk func(id region.ID)
	walk = func(id region.ID) {
		for _, child := range region.Children(id) {
			at := place{string(child), region.Name(child, "en"), region.Name(child, "zh")}
			short := strings.TrimSuffix(strings.TrimSuffix(at.chinese, "省"), "市") // as people say it
			for _, name := range []string{at.english, at.chinese, short, region.FullName(child, "en"), region.FullName(child, "zh")} {
				if key := strings.ToLower(name); !slices.Contains(byName[key], at.id) {
					byName[key] = append(byName[key], at.id)
				}
			}
			if child.Depth() <= 2 {
				offered = append(offered, at)
			}
			walk(child)
		}
	}
	walk(region.World)
	return byName, offered
}

// group is a branch of the tree of activities.
type group struct {
	title  string
	leaves []activity.Leaf
}

// groups puts the leaves under the titles of their topmost branches, in the
// order of the titles; leaves that stand alone come last, and what no measure
// can reach after them.
func (w *words) groups() []group {
	var out []group
	single := group{title: w.T("form.activity.single")}
	for _, id := range activity.Children("") {
		if leaf, ok := activity.Find(id); ok {
			single.leaves = append(single.leaves, leaf)
			continue
		}
		out = append(out, group{w.activity(id), activity.Leaves(id)})
	}
	if w.Lang == "en" {
		slices.SortStableFunc(out, func(a, b group) int { return cmp.Compare(a.title, b.title) })
	}
	return append(out, single)
}

// option is the title of an activity in the list.
func (w *words) option(leaf activity.Leaf) string {
	if leaf.Tag != activity.Open {
		return w.T("form.activity.essential", w.activity(leaf.ID))
	}
	return w.activity(leaf.ID)
}
