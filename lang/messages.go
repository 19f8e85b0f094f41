package lang

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/openstanding/standing"
)

// Message is what the program says with an English text or format, in this
// language: the format to be filled in. A text that is not in the catalogue but
// has the form of one of its formats, such as an answer of another server, is
// recognised and comes back filled in. What is not known is returned as it is.
func (c *Catalogue) Message(english string) string {
	s, _ := c.message(english)
	return s
}

// Knows reports whether Message has the text in this language.
func (c *Catalogue) Knows(english string) bool {
	_, known := c.message(english)
	return known
}

func (c *Catalogue) message(english string) (text string, known bool) {
	if c.messages == nil {
		return english, true
	}
	if s, ok := c.messages[english]; ok {
		return s, true
	}
	return c.recognise(english, 0)
}

// Sprintf is fmt.Sprintf in this language. What stands in the blanks is said in
// it too where it is an error or a standing.Phrase.
func (c *Catalogue) Sprintf(format string, args ...any) string {
	return standing.Phrasef(format, args...).Say(c.Message)
}

// Tell says in this language what is wrong and what to do about it; lang names
// the language of both if it is another one, as where the catalogue lacks a
// message. An error of another type has nothing to do about it.
func (c *Catalogue) Tell(err error) (what, do, lang string) {
	translate := func(english string) string {
		s, known := c.message(english)
		if !known {
			lang = "en"
		}
		return s
	}
	var e *standing.Error
	if errors.As(err, &e) {
		what, do = e.Say(translate)
		return what, do, lang
	}
	if own, ok := err.(interface {
		Say(func(string) string) string
	}); ok {
		return own.Say(translate), "", lang
	}
	return translate(err.Error()), "", lang
}

// Line is the error in one line, as Error of a standing.Error is in English.
func (c *Catalogue) Line(err error) string {
	if own, ok := err.(interface {
		Say(func(string) string) string
	}); ok {
		return own.Say(c.Message)
	}
	var e *standing.Error
	if !errors.As(err, &e) {
		return c.Message(err.Error())
	}
	if error(e) != err {
		before, after, _ := strings.Cut(err.Error(), e.Error())
		return c.Message(before) + c.Line(e) + c.Message(after)
	}
	line, do := e.Say(c.Message)
	if e.Rule != "" {
		line += " [" + e.Rule + "]"
	}
	if do != "" {
		line += ": " + do
	}
	if e.Err != nil {
		line += " (" + c.Message(e.Err.Error()) + ")"
	}
	return line
}

// verb is a blank of a format, as package fmt has it.
var verb = regexp.MustCompile(`%([-+# 0]*[\d.]*)(\[\d+\])?([a-zA-Z])`)

// form is a format taken apart: the texts between its blanks, in order, and the
// other language's format with every blank made to take a text.
type form struct {
	texts []string
	other string
	bytes int // of texts
}

// What is recognised, at most: a text of this many bytes, blanks within blanks
// to this depth, what follows one of so many colons, by forms of at least so
// many bytes of text. An error can quote what a stranger sent.
const (
	longest  = 4000
	deepest  = 2
	colons   = 6
	smallest = 6
)

func newForms(messages map[string]string) []form {
	var forms []form
	for english, other := range messages {
		texts := verb.Split(strings.ReplaceAll(english, "%%", "\x00"), -1)
		if len(texts) == 1 {
			continue
		}
		f := form{texts: texts, other: verb.ReplaceAllString(other, "%${2}s")}
		for i := range texts {
			texts[i] = strings.ReplaceAll(texts[i], "\x00", "%")
			f.bytes += len(texts[i])
		}
		if f.bytes >= smallest {
			forms = append(forms, f)
		}
	}
	slices.SortFunc(forms, func(a, b form) int {
		return cmp.Or(cmp.Compare(b.bytes, a.bytes), slices.Compare(a.texts, b.texts))
	})
	return forms
}

// recognise finds the form that says most of a text and fills in the other
// language's.
func (c *Catalogue) recognise(text string, depth int) (string, bool) {
	if len(text) > longest || depth > deepest {
		return text, false
	}
	for _, f := range c.forms() {
		blanks, ok := f.match(text)
		if !ok {
			continue
		}
		args := make([]any, len(blanks))
		for i, b := range blanks {
			args[i] = b
			if s, ok := c.messages[b]; ok {
				args[i] = s
			} else if s, ok := c.recognise(b, depth+1); ok {
				args[i] = s
			}
		}
		return fmt.Sprintf(f.other, args...), true
	}
	return c.joined(text, depth)
}

// joined says a text that is put together of a place or a cause and, after a
// colon, what is the matter there.
func (c *Catalogue) joined(text string, depth int) (string, bool) {
	for i, tried := strings.Index(text, ": "), 0; i >= 0 && tried < colons; tried++ {
		before, after := text[:i], text[i+2:]
		s, known := c.messages[after]
		if !known {
			s, known = c.recognise(after, depth+1)
		}
		if known {
			if b, ok := c.messages[before]; ok {
				before = b
			} else if b, ok := c.recognise(before, depth+1); ok {
				before = b
			}
			return before + ": " + s, true
		}
		next := strings.Index(after, ": ")
		if next < 0 {
			break
		}
		i += 2 + next
	}
	return text, false
}

// match takes a text apart by the form: each text between blanks where it comes
// first, the last at the end.
func (f *form) match(text string) (blanks []string, ok bool) {
	rest, ok := strings.CutPrefix(text, f.texts[0])
	if !ok {
		return nil, false
	}
	last := len(f.texts) - 1
	for _, t := range f.texts[1:last] {
		before, after, found := strings.Cut(rest, t)
		if !found {
			return nil, false
		}
		blanks, rest = append(blanks, before), after
	}
	rest, ok = strings.CutSuffix(rest, f.texts[last])
	return append(blanks, rest), ok
}
