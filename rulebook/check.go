package rulebook

import (
	"slices"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/ident"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/rulebook/activity"
	"github.com/openstanding/standing/rulebook/calendar"
)

// What an exit does.
const (
	Lifts = "lifts" // ends the effect
	Marks = "marks" // only says that it happened
)

// The facts that an exit can need, as texts name them.
var needs = [...]struct {
	name string
	fact standing.Facts
}{
	{"full-performance", standing.FullPerformance},
	{"creditor-consents", standing.CreditorConsents},
	{"conditions-met", standing.ConditionsMet},
	{"proof", standing.ProofAttached},
}

// kinds of authority that a list can name.
var authorityKinds = []string{"court", "agency", "registry", "municipality", "bank", "register"}

// check holds the text to itself: that what it names is there.
func (l *loader) check() {
	b := &l.book
	l.code("rulebook", b.Name)
	if strings.Trim(b.Version, "0123456789abcdefghijklmnopqrstuvwxyz.-") != "" || len(b.Version) > 32 {
		l.fail("version", "%.40q is no version: write a day, or letters, digits, dots and hyphens", b.Version)
	}
	l.known("jurisdiction", string(b.Jurisdiction))
	l.calendars()
	l.checkSources()
	l.unique("severities", len(b.Severities), func(i int) string { return b.Severities[i].ID })
	for i, s := range b.Severities {
		if slices.ContainsFunc(b.Severities[:i], func(o Severity) bool { return o.Level == s.Level }) {
			l.fail("severities["+s.ID+"].level", "level %d stands twice", s.Level)
		}
	}
	l.unique("measures", len(b.Measures), func(i int) string { return b.Measures[i].ID })
	for i := range b.Measures {
		l.checkMeasure(&b.Measures[i])
	}
	l.unique("lists", len(b.Lists), func(i int) string { return b.Lists[i].ID })
	if len(b.Lists) == 0 {
		l.fail("lists", "a rulebook without lists rules nothing")
	}
	for i := range b.Lists {
		l.checkList(&b.Lists[i])
	}
}

// calendars loads the calendar and holds the zone to it.
func (l *loader) calendars() {
	b := &l.book
	if b.Calendar == "" {
		return
	}
	cal, err := calendar.Load(b.Calendar)
	if err != nil {
		l.fail("calendar", "%v", err)
		return
	}
	l.calendar = cal
	if b.Zone != "" && b.Zone != cal.Zone().String() {
		l.fail("zone", "zone %.40q: calendar %s begins its days in %s; write that", b.Zone, cal.Name(), cal.Zone())
	}
}

// code holds an id to lower-case words with hyphens.
func (l *loader) code(path, id string) {
	if id == "" {
		return // missing, and noted as that
	}
	if strings.Trim(id, "0123456789abcdefghijklmnopqrstuvwxyz-") != "" || strings.HasPrefix(id, "-") || strings.HasSuffix(id, "-") || strings.Contains(id, "--") || len(id) > 40 {
		l.fail(path, "%.60q is no id: write lower-case words with hyphens, at most 40 characters", id)
	}
}

// unique holds the ids of a sequence to be ids, each there once.
func (l *loader) unique(path string, n int, id func(int) string) {
	seen := map[string]bool{}
	for i := range n {
		l.code(path+"["+id(i)+"]", id(i))
		if id(i) != "" && seen[id(i)] {
			l.fail(path+"["+id(i)+"]", "id %s stands twice", id(i))
		}
		seen[id(i)] = true
	}
}

// known holds a region to the table.
func (l *loader) known(path, id string) {
	if id == "" {
		return
	}
	if parsed, err := region.Parse(id); err != nil {
		l.fail(path, "%v", err)
	} else if parsed != region.World && !region.Known(parsed) {
		l.fail(path, "region %s is not in the table of regions", id)
	}
}

func (l *loader) date(path, day string) {
	if day == "" {
		return
	}
	if _, err := calendar.ParseDate(day); err != nil {
		l.fail(path, "%v", err)
	}
}

func (l *loader) oneOf(path, value string, of ...string) {
	if value != "" && !slices.Contains(of, value) {
		l.fail(path, "%.40q is none of %s", value, strings.Join(of, ", "))
	}
}

// once holds a list of words to be there once each.
func (l *loader) once(path string, words []string) {
	for i, w := range words {
		if slices.Contains(words[:i], w) {
			l.fail(path, "%q stands twice", w)
		}
	}
}

func (l *loader) checkSources() {
	b := &l.book
	l.unique("sources", len(b.Sources), func(i int) string { return b.Sources[i].ID })
	for _, s := range b.Sources {
		path := "sources[" + s.ID + "]"
		l.date(path+".in-force", s.InForce)
		l.date(path+".until", s.Until)
		if s.InForce != "" && s.Until != "" && s.Until <= s.InForce {
			l.fail(path+".until", "until %s, before it came into force on %s", s.Until, s.InForce)
		}
		l.oneOf(path+".reliability", s.Reliability, "primary", "secondary", "unverified")
	}
}

// cites holds sources to those that the text lists: "id" or "id#article".
func (l *loader) cites(path string, sources []string) {
	l.once(path, sources)
	for _, s := range sources {
		id, article, hash := strings.Cut(s, "#")
		switch {
		case !slices.ContainsFunc(l.book.Sources, func(o Source) bool { return o.ID == id }):
			l.fail(path, "source %.60q is not in sources: add it there, or cite another", id)
		case hash && article == "":
			l.fail(path, "source %q names no article after #", s)
		}
	}
}

func (l *loader) checkMeasure(m *Measure) {
	path := "measures[" + m.ID + "]"
	l.oneOf(path+".class", m.Class, "I", "II", "III")
	l.known(path+".region", m.Region)
	l.cites(path+".source", m.Source)
	l.once(path+".activities", m.Activities)
	for _, kind := range m.Subjects {
		l.oneOf(path+".subjects", kind, "organisation", "public-body", "person", "unknown")
	}
	if m.Field != "*" {
		l.code(path+".field", m.Field)
	}
	for _, id := range m.Activities {
		if _, leaf := activity.Find(id); !leaf && len(activity.Leaves(id)) > 0 {
			l.fail(path+".activities", "%s is a branch, which can grow: name its leaves", id)
		}
	}
}

// path is the place of a list's field.
func (l *List) path(field string) string { return "lists[" + l.ID + "]." + field }

func (l *loader) checkList(list *List) {
	l.code(list.path("field"), list.Field)
	l.known(list.path("region"), string(list.Region))
	l.cites(list.path("source"), list.Source)
	for _, kind := range list.Authorities {
		l.oneOf(list.path("authorities"), kind, authorityKinds...)
	}
	for field, words := range map[string][]string{"rulings": list.Rulings, "authorities": list.Authorities, "subjects": list.Subjects, "capacities": list.Capacities} {
		l.once(list.path(field), words)
	}
	l.checkGrounds(list)
	l.unique(list.path("exclusions"), len(list.Exclusions), func(i int) string { return list.Exclusions[i].ID })
	for _, x := range list.Exclusions {
		l.cites(list.path("exclusions["+x.ID+"].source"), x.Source)
	}
	for _, method := range list.Notice.Methods {
		l.code(list.path("notice.methods"), method)
	}
	l.once(list.path("notice.methods"), list.Notice.Methods)
	l.cites(list.path("notice.source"), list.Notice.Source)
	l.cites(list.path("objection.source"), list.Objection.Source)
	l.cites(list.path("claims.source"), list.Claims.Source)
	l.checkExits(list)
	l.checkExemption(list)
	l.checkComplete(list)
	l.checkReported(list)
}

func (l *loader) checkGrounds(list *List) {
	l.unique(list.path("grounds"), len(list.Grounds), func(i int) string { return list.Grounds[i].ID })
	for i := range list.Grounds {
		g := &list.Grounds[i]
		path := list.path("grounds[" + g.ID + "]")
		l.cites(path+".source", g.Source)
		if g.Mode != "fixed-term" && !(g.Term.IsZero() && g.TermMax.IsZero()) && g.Mode != "conditional" {
			l.fail(path+".term", "a ground that lasts until performance has no term")
		}
		if g.Term.IsZero() && !g.TermMax.IsZero() && g.Mode == "fixed-term" {
			l.fail(path+".term", "give the term that holds when none is decided")
		}
	}
}

func (l *loader) checkExits(list *List) {
	for i := range list.Exits {
		x := &list.Exits[i]
		path := list.path("exits[" + itoa(i) + "]")
		l.code(path+".event", x.Event)
		l.oneOf(path+".effect", x.Effect, Lifts, Marks)
		l.cites(path+".source", x.Source)
		l.once(path+".grounds", x.Grounds)
		for _, g := range x.Grounds {
			if !slices.ContainsFunc(list.Grounds, func(o Ground) bool { return o.ID == g }) {
				l.fail(path+".grounds", "list %s has no ground %.40q", list.ID, g)
			}
		}
		for _, need := range x.Needs {
			if _, ok := factOf(need); !ok {
				l.oneOf(path+".needs", need, needNames()...)
			}
		}
		if x.Effect == Marks && !(x.After.IsZero() && x.Then.IsZero()) {
			l.fail(path+".effect", "an exit that only marks has no days to wait for")
		}
	}
}

func (l *loader) checkExemption(list *List) {
	x := list.Exemption
	if x == nil {
		return
	}
	l.cites(list.path("exemption.source"), x.Source)
	if x.Max.N == 0 {
		l.fail(list.path("exemption.max"), "give a term of a day or more")
	}
	for _, prefix := range x.Activities {
		if !l.restricts(list, prefix) {
			l.fail(list.path("exemption.activities"), "%.60q exempts from nothing that list %s restricts", prefix, list.ID)
		}
	}
}

// restricts reports whether a measure of the list restricts an activity that a
// prefix covers.
func (l *loader) restricts(list *List, prefix string) bool {
	return slices.ContainsFunc(l.book.Measures, func(m Measure) bool {
		return slices.Contains(list.Measures, m.ID) && slices.ContainsFunc(m.Activities, func(a string) bool { return activity.Covers(prefix, a) })
	})
}

func (l *loader) checkComplete(list *List) {
	for i, c := range list.Complete {
		path := list.path("complete[" + itoa(i) + "]")
		if _, ok := ident.Lookup(ident.Scheme(c.Scheme)); !ok && c.Scheme != "name" && c.Scheme != "" {
			l.fail(path+".scheme", "%.40q is no scheme of identifiers, nor name", c.Scheme)
		}
		if slices.ContainsFunc(list.Complete[:i], func(o Complete) bool { return o.Scheme == c.Scheme }) {
			l.fail(path+".scheme", "scheme %s stands twice", c.Scheme)
		}
		l.date(path+".since", c.Since)
	}
}

func (l *loader) checkReported(list *List) {
	if r := list.Reported; r != nil {
		l.cites(list.path("reported.attested"), r.Attested)
		l.oneOf(list.path("reported.permanent"), r.Permanent, "screening")
	}
	for i, r := range list.Recognises {
		path := list.path("recognises[" + itoa(i) + "]")
		l.cites(path+".source", r.Source)
		if book, name, ok := strings.Cut(r.List, "/"); !ok || !standing.ValidCode(r.List) || book == "" || name == "" {
			l.fail(path+".list", "%.60q is no list: write rulebook/list", r.List)
		}
	}
}

func needNames() []string {
	var out []string
	for _, n := range needs {
		out = append(out, n.name)
	}
	return out
}

// factOf is the fact that an exit's need names.
func factOf(need string) (standing.Facts, bool) {
	for _, n := range needs {
		if n.name == need {
			return n.fact, true
		}
	}
	return 0, false
}
