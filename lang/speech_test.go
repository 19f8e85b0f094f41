package lang

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
	"github.com/openstanding/standing/ident"
)

// TestErrorsSpeak: an error says in Chinese what it says in English, with what
// was filled in, wherever its format has been on the way.
func TestErrorsSpeak(t *testing.T) {
	zh := All()[1]
	inner := standing.Errorf(standing.Invalid, "list %s has no ground %s", "a/b", "c")
	_, wrong := ident.Parse("uscc:91")
	for _, c := range []struct {
		err  error
		want string
	}{
		{inner, "名单 a/b 没有事由 c"},
		{standing.RefusedBy("charter 2.1", "serve notice first", "no notice was served"), "未送达告知 [charter 2.1]: 请先送达告知"},
		{standing.Errorf(standing.NotFound, "no list %.80q is in force here", "x"), `名单 "x" 在此未施行`},
		{standing.Errorf(standing.Invalid, "act %s of the statement: %s", "3", inner.Phrase()), "声明中的第 3 项行为：名单 a/b 没有事由 c"},
		{standing.Errorf(standing.Conflict, "%s has no %s", "a", "b").Advise("ask for %s", "c"), "a has no b: 可以请求：c"},
		{fmt.Errorf("log.pub: %w", inner), "log.pub：名单 a/b 没有事由 c"},
		{fmt.Errorf("somewhere: %w", inner), "somewhere: 名单 a/b 没有事由 c"},
		{errors.New("list a/b has no ground c"), "名单 a/b 没有事由 c"},
		{&standing.Error{What: "no list %", Do: "try again"}, "no list %: 请重试"},
		{standing.Errorf(standing.Invalid, "%v", wrong), "uscc: 实有 2 个字符，应为 18 个 (length, GB 32100-2015)"},
		{charter.AsError([]charter.Violation{{Article: 2, Clause: "2.1", Where: "lists[a]", What: "list a tells nobody", Do: "name how a party is told"}}), "lists[a]: 名单 a 不告知任何人 [charter 2.1]: 请写明如何告知当事人"},
		{errors.New("nobody wrote this"), "nobody wrote this"},
	} {
		if got := zh.Line(c.err); got != c.want {
			t.Errorf("%q is said %q, want %q", c.err, got, c.want)
		}
		if got := All()[0].Line(c.err); got != c.err.Error() {
			t.Errorf("in English %q is said %q", c.err, got)
		}
	}
	if what, _, lang := zh.Tell(errors.New("nobody wrote this")); what != "nobody wrote this" || lang != "en" {
		t.Errorf("an unknown text: %q in %q", what, lang)
	}
	if _, _, lang := zh.Tell(inner); lang != "" {
		t.Errorf("a known text is in %q", lang)
	}
}

// TestChangedErrors: an error that was changed after it was made says what it is
// now.
func TestChangedErrors(t *testing.T) {
	zh := All()[1]
	e := standing.Errorf(standing.Invalid, "no list %.80q is in force here", "x")
	e.What = "disk full: " + e.What
	if got := zh.Line(e); got != `磁盘已满：名单 "x" 在此未施行` {
		t.Errorf("%q", got)
	}
}

// TestMessagesAreChinese: no message was left in English by mistake.
func TestMessagesAreChinese(t *testing.T) {
	for english, text := range All()[1].messages {
		if !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) || strings.ContainsRune("：，（、", r) }) && strings.Contains(english, " ") && !strings.HasPrefix(english, "standing: %s") {
			t.Errorf("%q is said %q", english, text)
		}
	}
}

func FuzzMessage(f *testing.F) {
	zh := All()[1]
	for _, s := range []string{"list a has no ground b", strings.Repeat(": ", 5000), "no list %!s(", "", "\x00", strings.Repeat("list ", 700)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { zh.Message(s) })
}

// TestThirdLanguage: a language is one file, and what it lacks is in English.
func TestThirdLanguage(t *testing.T) {
	pl := &Catalogue{Lang: "pl", english: All()[0].text}
	err := pl.read([]byte(`{"lang.tag": "pl", "verdict.clear": "wolny", "search.count.one": "{0} strona", "search.count.few": "{0} strony", "search.count.many": "{0} stron",
		"messages": {"list %s has no ground %s": "lista %s nie ma podstawy %s"}}`))
	if err != nil {
		t.Fatal(err)
	}
	pl.Tag = pl.T("lang.tag")
	for got, want := range map[string]string{
		pl.T("verdict.clear"):      "wolny",
		pl.T("verdict.restricted"): All()[0].T("verdict.restricted"),
		pl.N("search.count", 1):    "1 strona",
		pl.N("search.count", 3):    "3 strony",
		pl.N("search.count", 5):    "5 stron",
		pl.N("search.count", 22):   "22 strony",
		pl.Date(1795305600):        "22 November 2026",
		pl.Line(standing.Errorf(standing.Invalid, "list %s has no ground %s", "a", "b")): "lista a nie ma podstawy b",
		pl.Line(standing.Errorf(standing.Invalid, "no notice was served")):               "no notice was served",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, bad := range []string{"", "[]", `{"a": 1}`, `{"messages": "x"}`} {
		if err := new(Catalogue).read([]byte(bad)); err == nil {
			t.Errorf("%s is taken for a catalogue", bad)
		}
	}
}
