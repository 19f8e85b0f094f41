package rulebook

import (
	"fmt"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/rulebook/activity"
	"github.com/openstanding/standing/rulebook/calendar"
)

// Explain is the rulebook as a text that people can read, in Markdown: every
// rule with its sources, nothing left out. The language is "en" or "zh".
func Explain(c *Compiled, lang string) string {
	e := &explainer{c: c, lang: lang}
	e.head()
	for i := range c.Lists {
		e.list(&c.Lists[i])
	}
	e.measures()
	e.sources()
	return e.b.String()
}

type explainer struct {
	b    strings.Builder
	c    *Compiled
	lang string
}

// say is the English or the Chinese wording.
func (e *explainer) say(en, zh string) string {
	if e.lang == "zh" {
		return zh
	}
	return en
}

func (e *explainer) line(format string, args ...any) { fmt.Fprintf(&e.b, format+"\n", args...) }

// cite prints sources in brackets, as the text has them.
func (e *explainer) cite(sources []string) string {
	if len(sources) == 0 {
		return ""
	}
	return " [" + strings.Join(sources, ", ") + "]"
}

// term prints a term in the language.
func (e *explainer) term(t calendar.Term) string {
	if e.lang != "zh" {
		return t.String()
	}
	unit := map[calendar.Unit]string{calendar.CalendarDays: "日", calendar.WorkingDays: "个工作日", calendar.Months: "个月", calendar.Years: "年"}[t.Unit]
	return itoa(t.N) + unit
}

func (e *explainer) head() {
	c := e.c
	e.line("# %s\n", c.Title.In(e.lang))
	if about := c.About.In(e.lang); about != "" {
		e.line("%s\n", about)
	}
	e.line("- %s: %s, %s", e.say("Rulebook", "规则"), c.Name, c.Version)
	e.line("- %s: %s (%s)", e.say("Holds in", "适用地域"), e.region(c.Jurisdiction), c.Jurisdiction)
	e.line("- %s: %s, %s", e.say("Days are counted in", "期日计算"), c.Calendar.Title(), c.Zone)
	e.line("- SHA-256: %s\n", c.Digest)
}

func (e *explainer) region(id region.ID) string {
	if name := region.Name(id, e.lang); name != "" {
		return name
	}
	return string(id)
}

func (e *explainer) list(l *List) {
	e.line("## %s\n", l.Title.In(e.lang))
	e.line("`%s`%s\n", e.c.ListID(l), e.cite(l.Source))
	e.line("- %s: %s", e.say("Field", "领域"), l.Field)
	e.line("- %s: %s (%s)", e.say("Region", "地域"), e.region(l.Region), l.Region)
	e.line("- %s: %s", e.say("Severity", "严重程度"), e.severity(l.Severity))
	e.line("- %s: %s", e.say("Rests on", "依据的文书"), strings.Join(l.Rulings, ", "))
	e.line("- %s: %s", e.say("Who may list", "列入机关"), strings.Join(l.Authorities, ", "))
	e.line("- %s: %s (%s)", e.say("Who can be listed", "可列入者"), strings.Join(l.Subjects, ", "), strings.Join(l.Capacities, ", "))
	e.line("- %s: %s", e.say("Publication", "公布"), l.Publication)
	for _, c := range l.Complete {
		e.line("- %s: %s, %s %s", e.say("Complete for", "可完整查询的标识"), c.Scheme, e.say("since", "自"), c.Since)
	}
	e.reported(l)
	e.grounds(l)
	e.process(l)
	e.exits(l)
	e.line("### %s\n", e.say("What follows", "后果"))
	if len(l.Measures) == 0 {
		e.line("%s\n", e.say("Nothing: the list restricts nobody.", "无：该名单不产生任何限制。"))
		return
	}
	for _, id := range l.Measures {
		m := e.c.measures[id]
		e.line("- %s (`%s`, %s)", m.Title.In(e.lang), m.ID, e.region(l.RegionOf(m)))
	}
	e.line("")
}

func (e *explainer) severity(level uint8) string {
	for _, s := range e.c.Severities {
		if s.Level == level {
			return fmt.Sprintf("%s (%d)", s.Title.In(e.lang), level)
		}
	}
	return itoa(int(level))
}

func (e *explainer) reported(l *List) {
	if r := l.Reported; r != nil {
		e.line("- %s: %s; %s %s%s", e.say("Taken over from", "转录自"), r.Publisher.In(e.lang), e.say("open ends hold after a snapshot for", "快照后无终止日条目的有效期"),
			e.term(r.MaxAge), e.cite(r.Attested))
	}
	for _, r := range l.Recognises {
		e.line("- %s: %s%s", e.say("Recognises decisions for", "承认以下名单的决定"), r.List, e.cite(r.Source))
	}
}

func (e *explainer) grounds(l *List) {
	e.line("\n### %s\n", e.say("Grounds", "事由"))
	for i := range l.Grounds {
		g := &l.Grounds[i]
		e.line("- **%s** (`%s`)%s", g.Title.In(e.lang), g.ID, e.cite(g.Source))
		if g.Default {
			e.line("  - %s", e.say("the obligation is due and unperformed", "义务已到期而未履行"))
		}
		if g.Ordered {
			e.line("  - %s", e.say("the ruling itself orders the entry", "裁判本身命令列入"))
		}
		if g.When != "" {
			e.line("  - %s: `%s`", e.say("when", "条件"), g.When)
		}
		e.line("  - %s", e.lasts(l, g))
	}
	for _, x := range l.Exclusions {
		e.line("- %s: %s (`%s`)%s", e.say("Not where", "排除情形"), x.Title.In(e.lang), x.ID, e.cite(x.Source))
	}
	e.line("")
}

// lasts says how long an effect on a ground lasts.
func (e *explainer) lasts(l *List, g *Ground) string {
	switch {
	case g.Mode == "fixed-term" && !g.TermMax.IsZero():
		return fmt.Sprintf("%s %s %s %s", e.say("for", "期限"), e.term(g.Term), e.say("to", "至"), e.term(g.TermMax))
	case g.Mode == "fixed-term":
		return e.say("for ", "期限") + e.term(g.Term)
	case g.Mode == "conditional":
		return e.say("until the conditions of release are met; ends unless renewed after ", "直至满足解除条件；不续期即终止的期限：") + e.term(l.Review)
	}
	return e.say("until performed; ends unless renewed after ", "直至履行；不续期即终止的期限：") + e.term(l.Review)
}

func (e *explainer) process(l *List) {
	e.line("### %s\n", e.say("Before and against it", "事前与救济"))
	e.line("- %s: %s%s", e.say("Notice is served by", "告知方式"), strings.Join(l.Notice.Methods, ", "), e.cite(l.Notice.Source))
	e.line("- %s: %s", e.say("Time for objections", "异议期"), e.term(l.Notice.Window))
	e.line("- %s: %s%s", e.say("Objections are decided within", "异议决定期限"), e.term(l.Objection.Within), e.cite(l.Objection.Source))
	e.line("- %s: %s%s", e.say("A proven claim that is not answered rests the effect after", "附证明的主张逾期未答复即中止效力"), e.term(l.Claims.Within), e.cite(l.Claims.Source))
	e.line("- %s: %s", e.say("Object to", "异议受理"), l.ObjectTo.In(e.lang))
	if !l.RelistBar.IsZero() {
		e.line("- %s: %s", e.say("After deletion at the creditor's request, that creditor asks again no sooner than after", "应申请人请求删除后，其再次申请的间隔"), e.term(l.RelistBar))
	}
	if x := l.Exemption; x != nil {
		e.line("- %s: %s %s%s", e.say("Exemptions", "豁免"), e.say("for at most", "最长"), e.term(x.Max), e.cite(x.Source))
	}
	e.line("")
}

func (e *explainer) exits(l *List) {
	e.line("### %s\n", e.say("Ways out", "出口"))
	for i := range l.Exits {
		x := &l.Exits[i]
		effect := e.say("lifts", "解除")
		if x.Effect == Marks {
			effect = e.say("is marked", "仅作标注")
		}
		var rows []string
		add := func(t calendar.Term, en, zh string) {
			if !t.IsZero() {
				rows = append(rows, fmt.Sprintf(e.say(en, zh), e.term(t)))
			}
		}
		add(x.Within, "within %s of the ruling", "裁判后%s内")
		add(x.After, "no sooner than %s after the effect began", "效力开始满%s之后")
		add(x.Then, "%s after the event", "事件发生%s之后")
		if len(x.Needs) > 0 {
			rows = append(rows, e.say("needs ", "须具备")+strings.Join(x.Needs, ", "))
		}
		if len(x.Grounds) > 0 {
			rows = append(rows, e.say("for ", "适用事由")+strings.Join(x.Grounds, ", "))
		}
		e.line("- **%s** (`%s`): %s%s", x.Title.In(e.lang), x.Event, strings.Join(append([]string{effect}, rows...), "; "), e.cite(x.Source))
	}
	e.line("")
}

func (e *explainer) measures() {
	e.line("## %s\n", e.say("Measures", "措施目录"))
	for i := range e.c.Measures {
		m := &e.c.Measures[i]
		e.line("- **%s** (`%s`)%s", m.Title.In(e.lang), m.ID, e.cite(m.Source))
		var names []string
		for _, id := range m.Activities {
			names = append(names, activity.Title(id, e.lang)+" (`"+id+"`)")
		}
		e.line("  - %s: %s", e.say("restricts", "限制"), strings.Join(names, ", "))
		e.line("  - %s %s, %s; %s: %s", e.say("class", "类别"), m.Class, e.severity(m.Severity), e.say("carried out by", "执行者"), m.Executor.In(e.lang))
		if len(m.Subjects) > 0 {
			e.line("  - %s: %s", e.say("meets", "适用对象"), strings.Join(m.Subjects, ", "))
		}
	}
	e.line("")
}

func (e *explainer) sources() {
	e.line("## %s\n", e.say("Sources", "出处"))
	for _, s := range e.c.Sources {
		e.line("- `%s`: %s. %s (%s)", s.ID, s.Title.In(e.lang), s.Citation, s.Reliability)
		if s.Unsettled != "" {
			e.line("  - %s: %s", e.say("not settled", "未定事项"), s.Unsettled)
		}
	}
}

// Cited finds the source that a citation "id" or "id#article" names, and the
// article, which may be empty.
func (c *Compiled) Cited(citation string) (source *Source, article string, ok bool) {
	id, article, _ := strings.Cut(citation, "#")
	for i := range c.Sources {
		if c.Sources[i].ID == id {
			return &c.Sources[i], article, true
		}
	}
	return nil, "", false
}

// Illustrative reports whether the list rests on a source of which something is
// not settled; every answer under it then says so.
func (c *Compiled) Illustrative(list standing.ListID) bool {
	l, ok := c.lists[list.Name()]
	if !ok {
		return false
	}
	for _, citation := range l.Source {
		if s, _, ok := c.Cited(citation); ok && s.Unsettled != "" {
			return true
		}
	}
	return false
}
