package standing_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"github.com/openstanding/standing"
)

func TestParseInstant(t *testing.T) {
	for text, want := range map[string]standing.Instant{
		"": 0, "open": standing.Forever, "2026-11-22": 1795305600, "2026-11-22T15:04:05Z": 1795359845, "2026-11-22T23:04:05+08:00": 1795359845,
		"1900-01-01": standing.MinInstant, "2199-12-31T23:59:59Z": standing.MaxInstant, "1970-01-01T00:00:01Z": 1, "1969-12-31T23:59:59Z": -1,
	} {
		if got, err := standing.ParseInstant(text); err != nil || got != want {
			t.Errorf("%q: %d, %v; expected %d", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"0000-01-01": "outside the years 1900 to 2199", "9999-12-31": "outside the years 1900 to 2199", "1899-12-31": "outside", "2200-01-01": "outside",
		"2026-02-30": "is not a date", "22.11.2026": "is not a date", "2026-11-22 15:04": "is not a date", "tomorrow": "is not a date", "1795305600": "is not a date",
		"1970-01-01": "zero of computers", "1970-01-01T08:00:00+08:00": "zero of computers",
		strings.Repeat("9", 1000): "is not a date",
	} {
		got, err := standing.ParseInstant(text)
		if standing.KindOf(err) != standing.Invalid || !strings.Contains(err.Error(), want) || len(err.Error()) > 200 {
			t.Errorf("%.40q: %d, %v; expected %s", text, got, err, want)
		}
	}
}

func TestInstantPrints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := standing.Instant(rapid.Int64Range(int64(standing.MinInstant), int64(standing.MaxInstant)).Filter(func(i int64) bool { return i != 0 }).Draw(t, "at"))
		if got, err := standing.ParseInstant(at.String()); err != nil || got != at || !at.Valid() || standing.At(at.Time()) != at {
			t.Fatalf("%d prints as %s, is read as %d, %v", at, at, got, err)
		}
	})
	for _, at := range []standing.Instant{0, standing.Forever, standing.MinInstant - 1, standing.MaxInstant + 1} {
		if at.Valid() {
			t.Errorf("an act may carry %d", at)
		}
	}
}

func TestCaseID(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := standing.CaseID(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
		for _, text := range []string{id.String(), strings.ToUpper(id.String()), origin + "/listing/" + id.String()} {
			if got, err := standing.ParseCaseID(text); err != nil || got != id {
				t.Fatalf("%s is read as %s, %v", text, got, err)
			}
		}
		// One id has one text: the two bits that 26 letters have to spare are zero.
		last := []byte(id.String())
		last[25] = "0123456789abcdefghjkmnpqrstvwxyz"[strings.IndexByte("0123456789abcdefghjkmnpqrstvwxyz", last[25])|rapid.IntRange(1, 3).Draw(t, "bits")]
		if got, err := standing.ParseCaseID(string(last)); err == nil {
			t.Fatalf("%s is read as %s", last, got)
		}
	})
	for _, text := range []string{"", "1", strings.Repeat("0", 25), strings.Repeat("0", 27), strings.Repeat("u", 26), "0000000000000\n0000000000000", strings.Repeat("é", 13)} {
		if got, err := standing.ParseCaseID(text); standing.KindOf(err) != standing.Invalid || !got.IsZero() {
			t.Errorf("%q is read as %s, %v", text, got, err)
		}
	}
}

func TestNewCaseID(t *testing.T) {
	early, err := standing.NewCaseID(day("2026-01-01"), strings.NewReader("0123456789"))
	if err != nil {
		t.Fatal(err)
	}
	late, err := standing.NewCaseID(day("2026-01-02"), strings.NewReader("0123456789"))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Compare(early[:], late[:]) >= 0 || early.String() >= late.String() {
		t.Errorf("%s does not sort before %s", early, late)
	}
	if !bytes.Equal(early[6:], []byte("0123456789")) {
		t.Errorf("the id's random part is %q", early[6:])
	}
	if _, err := standing.NewCaseID(day("2026-01-01"), strings.NewReader("short")); standing.KindOf(err) != standing.Internal {
		t.Errorf("without randomness: %v", err)
	}
	if _, err := standing.NewCaseID(day("2026-01-01"), iotest.ErrReader(errors.New("no entropy"))); !strings.Contains(err.Error(), "no entropy") {
		t.Errorf("without randomness: %v", err)
	}
}

func TestKeyedCaseID(t *testing.T) {
	one := standing.KeyedCaseID(court, []byte("key"))
	// Frozen: the same command must meet the same case for ever.
	if got := one.String(); got != "0000000002rgqzf1z0ypva5qxc" {
		t.Errorf("the keyed id is %s", got)
	}
	for _, other := range []standing.CaseID{standing.KeyedCaseID(registry, []byte("key")), standing.KeyedCaseID(court, []byte("kez")), standing.KeyedCaseID(court+"\x00", []byte("key"))} {
		if other == one {
			t.Error("another command meets the same case")
		}
	}
}

func TestTexts(t *testing.T) {
	var in, out struct {
		Case  standing.CaseID
		Hash  standing.Digest
		Empty standing.Digest
		At    standing.Instant
		Name  standing.InstantName
		Party standing.PartyKind
	}
	in.Case, in.Hash, in.At, in.Name, in.Party = caseID(7), digest("x"), day("2026-01-01"), standing.StaleAfter, standing.PublicBody
	b, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &out); err != nil || out != in {
		t.Fatalf("%s is read as %+v, %v", b, out, err)
	}
	var (
		id    standing.CaseID
		hash  standing.Digest
		at    standing.Instant
		name  standing.InstantName
		party standing.PartyKind
	)
	for what, read := range map[string]func([]byte) error{"case": id.UnmarshalText, "digest": hash.UnmarshalText, "instant": at.UnmarshalText,
		"instant-9": name.UnmarshalText, "company": party.UnmarshalText} {
		if err := read([]byte(what)); standing.KindOf(err) != standing.Invalid {
			t.Errorf("%q: %v", what, err)
		}
	}
	for n := range standing.InstantName(40) {
		var again standing.InstantName
		known := !strings.HasPrefix(n.String(), "instant-")
		if err := again.UnmarshalText([]byte(n.String())); (err == nil) != known || known && again != n {
			t.Errorf("instant %d prints as %s, is read as %d, %v", n, n, again, err)
		}
	}
}

func TestValidCode(t *testing.T) {
	for _, s := range []string{"a", "cn-courts/judgment-defaulters", "air-travel.business", "register.example:8080", strings.Repeat("z", 96), "0"} {
		if !standing.ValidCode(s) {
			t.Errorf("%q is no code", s)
		}
	}
	for _, s := range []string{"", "A", "a b", "a_b", "é", "张", "a\x00", "a\n", "a@b", "a,b", strings.Repeat("z", 97)} {
		if standing.ValidCode(s) {
			t.Errorf("%q is a code", s)
		}
	}
}

// A code is no place for a name, and yet a name in Latin letters or a number can
// be spelt as one: the alphabet alone keeps nobody out. This test is the record
// of that; who may put which code in which field is the clerk's to hold.
func TestCodesCanBeNames(t *testing.T) {
	for _, s := range []string{"zhang-san", "ouyang.xiuying", "110000180001010013", "13800138000", "2024-jing-0105-zhi-123"} {
		if !standing.ValidCode(s) {
			t.Errorf("%q is no longer a code: say so in the documents", s)
		}
	}
}

func TestListID(t *testing.T) {
	if defaulters.Rulebook() != "cn-courts" || defaulters.Name() != "judgment-defaulters" {
		t.Errorf("%s, %s", defaulters.Rulebook(), defaulters.Name())
	}
	if l := standing.ListID("cn-courts"); l.Rulebook() != "cn-courts" || l.Name() != "" {
		t.Errorf("%s, %s", l.Rulebook(), l.Name())
	}
}

func TestKinds(t *testing.T) {
	names := map[string]bool{}
	for _, k := range standing.Kinds() {
		named, ok := standing.KindNamed(k.String())
		if !k.Known() || !ok || named != k || names[k.String()] || k.Noun() == standing.NoCase || k.Noun().String() == "none" {
			t.Errorf("kind %d %s: found again %v %d", k, k, ok, named)
		}
		names[k.String()] = true
		block := map[standing.CaseKind][2]standing.Kind{standing.ConstitutionCase: {1, 79}, standing.SourceCase: {80, 89}, standing.LooksCase: {90, 99},
			standing.PartyCase: {100, 199}, standing.RulingCase: {200, 299}, standing.ListingCase: {300, 399}}[k.Noun()]
		if k < block[0] || k > block[1] {
			t.Errorf("kind %d %s stands outside the block of its noun", k, k)
		}
	}
	if len(names) != 48 {
		t.Errorf("%d kinds: a new one needs an example, a story and a line here", len(names))
	}
	for _, k := range []standing.Kind{0, 9, 79, 103, 199, 213, 319, 323, 399, 400, 65535} {
		if k.Known() || k.Opens() || k.Noun() != standing.NoCase || k.String() != "unknown" {
			t.Errorf("kind %d is %s", k, k)
		}
	}
	if _, ok := standing.KindNamed("unknown"); ok {
		t.Error("there is a kind of the name unknown")
	}
}

func TestProtected(t *testing.T) {
	for k, want := range map[standing.PartyKind]bool{standing.UnknownParty: true, standing.Person: true, standing.Organisation: false, standing.PublicBody: false, 9: true} {
		if k.Protected() != want {
			t.Errorf("%s is protected: %v", k, k.Protected())
		}
	}
}

func TestErrors(t *testing.T) {
	cause := errors.New("disk full")
	err := standing.Errorf(standing.Unavailable, "cannot record: %v", cause)
	if err.Error() != "cannot record: disk full" || standing.KindOf(fmt.Errorf("outer: %w", err)) != standing.Unavailable {
		t.Errorf("%v", err)
	}
	refusal := standing.RefusedBy("charter 2.1", "serve notice first", "no notice was served for %s", "x")
	if refusal.Error() != "no notice was served for x [charter 2.1]: serve notice first" || refusal.Kind != standing.Refused {
		t.Errorf("%v", refusal)
	}
	if standing.KindOf(cause) != standing.Internal {
		t.Error("an error of nobody's kind is not internal")
	}
	hidden := standing.Errorf(standing.Internal, "cannot record %.1s", cause)
	if !errors.Is(hidden, cause) {
		t.Errorf("%v has lost its cause", hidden)
	}
}
