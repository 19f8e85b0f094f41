package portal

import (
	_ "embed"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/strict"
)

// The kinds of text that can be tried on the charter's pages.
const (
	tryRulebook  = "rulebook"  // a fragment put into trialBook, or a rulebook of one's own
	tryAct       = "act"       // an act on a case of which the text says what is out of the ordinary
	tryProgramme = "programme" // what a pilot or private scheme would compute
)

// maxTrial bounds a text in bytes.
const maxTrial = 64 << 10

// trialBook is the rulebook into which fragments are put: the smallest that the
// charter passes.
//
//go:embed trials/rulebook.yaml
var trialBook string

// trial is what came of a text.
type trial struct {
	found []finding
}

// finding is one thing that is wrong with a text.
type finding struct {
	line    int    // in the text; 0: not known
	article int    // 0: the text does not get as far as the charter
	clause  string // "7.1"
	where   string // path, or kind and case of an act
	what    string // in English
	do      string // in English; "" where what says it
}

func (t *trial) passes() bool { return len(t.found) == 0 }

// try runs a text of a kind. An error says that it cannot be tried at all.
func try(kind, text string) (*trial, error) {
	if len(text) > maxTrial {
		return nil, standing.Errorf(standing.TooLarge, "the text is longer than %d bytes", maxTrial)
	}
	if !utf8.ValidString(text) {
		return nil, standing.Errorf(standing.Invalid, "the text is not valid UTF-8")
	}
	text = strings.ReplaceAll(text, "\r\n", "\n") // as forms send it
	switch kind {
	case tryRulebook:
		return tryFragment(text), nil
	case tryAct:
		return tryOneAct(text), nil
	case tryProgramme:
		return tryScores(text), nil
	}
	return nil, standing.Errorf(standing.Invalid, "%.40q is no kind of text that can be tried", kind)
}

// tryFragment loads a rulebook: the text itself where it names one, else
// trialBook with the text put into it.
func tryFragment(text string) *trial {
	var whole rulebook.Rulebook
	_, problems := strict.Decode([]byte(text), &whole)
	if whole.Name != "" {
		_, err := rulebook.Load([]byte(text))
		return tried(err, true)
	}
	if problems = slices.DeleteFunc(problems, isMissing); len(problems) > 0 {
		return tried(problems, true)
	}
	merged, err := put(text, trialBook)
	if err != nil {
		return &trial{found: []finding{{what: err.Error()}}}
	}
	_, err = rulebook.Load([]byte(merged))
	return tried(err, false)
}

// isMissing reports a key that a fragment need not have: the rulebook into which
// it is put has it.
func isMissing(p strict.Problem) bool {
	return strings.HasPrefix(p.Message, "key ") && strings.HasSuffix(p.Message, " is missing") || p.Message == "no English text (en), which all other languages fall back on"
}

// tried makes findings of the problems of a text. Lines are those of the reader's
// text, or of no interest.
func tried(err error, own bool) *trial {
	t := &trial{}
	problems, ok := err.(rulebook.Errors)
	if err != nil && !ok {
		t.found = append(t.found, finding{what: err.Error()})
	}
	for _, p := range problems {
		f := finding{where: p.Path, what: p.Message}
		if own {
			f.line = p.Line
		}
		if clause, ok := strings.CutPrefix(p.Rule, "charter "); ok {
			f.clause, f.article = clause, articleOf(clause)
		}
		t.found = append(t.found, f)
	}
	return t
}

// articleOf is the article of a clause "7.1".
func articleOf(clause string) int {
	n := 0
	for _, r := range clause {
		if r < '0' || r > '9' {
			break
		}
		n = n*10 + int(r-'0')
	}
	return n
}

// put puts a fragment into a text: keys into keys, items of a sequence into those
// of the same id or event, everything else instead of what was there. Both have
// been read strictly, so that they hold nothing that could mean something else.
func put(fragment, into string) (string, error) {
	var base, over yaml.MapSlice
	if err := yaml.UnmarshalWithOptions([]byte(into), &base, yaml.UseOrderedMap()); err != nil {
		return "", err
	}
	if err := yaml.UnmarshalWithOptions([]byte(fragment), &over, yaml.UseOrderedMap()); err != nil {
		return "", err
	}
	out, err := yaml.MarshalWithOptions(overlay(base, over), yaml.IndentSequence(true))
	return string(out), err
}

func overlay(base, over any) any {
	switch o := over.(type) {
	case yaml.MapSlice:
		b, ok := base.(yaml.MapSlice)
		if !ok {
			return over
		}
		for _, item := range o {
			at := slices.IndexFunc(b, func(x yaml.MapItem) bool { return x.Key == item.Key })
			if at < 0 {
				b = append(b, item)
			} else {
				b[at].Value = overlay(b[at].Value, item.Value)
			}
		}
		return b
	case []any:
		b, ok := base.([]any)
		if !ok || len(o) == 0 || nameOf(o[0]) == "" {
			return over
		}
		for _, item := range o {
			at := slices.IndexFunc(b, func(x any) bool { return nameOf(x) != "" && nameOf(x) == nameOf(item) })
			if at < 0 {
				b = append(b, item)
			} else {
				b[at] = overlay(b[at], item)
			}
		}
		return b
	}
	return over
}

// nameOf is by what an item of a sequence is known.
func nameOf(item any) string {
	m, ok := item.(yaml.MapSlice)
	if !ok {
		return ""
	}
	for _, key := range []string{"id", "event", "scheme"} {
		for _, x := range m {
			if s, ok := x.Value.(string); ok && x.Key == key {
				return s
			}
		}
	}
	return ""
}

// programme is a scheme that can be tried: what it computes of whom.
type programme struct {
	Name   string  `yaml:"programme"`
	Scores []score `yaml:"scores"`
}

type score struct {
	ID          string `yaml:"id"`
	Persons     bool   `yaml:"persons,omitempty"`
	OnRequest   bool   `yaml:"on-request,omitempty"`
	Adverse     bool   `yaml:"adverse,omitempty"`
	Authorities bool   `yaml:"authorities-see-it,omitempty"`
	Condition   bool   `yaml:"condition-of-services,omitempty"`
}

func tryScores(text string) *trial {
	var p programme
	doc, problems := strict.Decode([]byte(text), &p)
	if len(problems) > 0 {
		return tried(problems, true)
	}
	proposal := charter.Proposal{Name: p.Name, Version: "1", Jurisdiction: "*"}
	for _, s := range p.Scores {
		proposal.Scores = append(proposal.Scores, charter.Score{ID: s.ID, Persons: s.Persons, OnRequest: s.OnRequest, Adverse: s.Adverse, Authorities: s.Authorities, Condition: s.Condition})
	}
	return judged(charter.CheckRulebook(proposal), doc)
}

// judged makes findings of violations.
func judged(vs []charter.Violation, doc *strict.Document) *trial {
	t := &trial{}
	for _, v := range vs {
		f := finding{article: v.Article, clause: v.Clause, where: v.Where, what: v.What, do: v.Do}
		if doc != nil {
			f.line, _ = doc.Position(v.Where)
		}
		t.found = append(t.found, f)
	}
	return t
}
