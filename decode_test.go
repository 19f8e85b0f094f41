package standing_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing"
)

// craft makes an act from its fields in hex, so that it can be wrong.
func craft(fields ...string) []byte {
	b, err := hex.DecodeString(fmt.Sprintf("%02x", 0xa0+len(fields)) + strings.Join(fields, ""))
	if err != nil {
		panic(err)
	}
	return b
}

func text(s string) string {
	switch {
	case len(s) < 24:
		return fmt.Sprintf("%02x%x", 0x60+len(s), s)
	case len(s) < 256:
		return fmt.Sprintf("78%02x%x", len(s), s)
	}
	return fmt.Sprintf("79%04x%x", len(s), s)
}

func byteString(n int) string { return fmt.Sprintf("59%04x%s", n, strings.Repeat("ab", n)) }

const (
	format1  = "0101"
	erased   = "021866" // party.erased
	theCase  = "0450019aa92ebc005eed000000000000000a"
	happened = "071a67d0ce80"
)

var register = "03" + text(origin)

func TestDecodeActRefuses(t *testing.T) {
	base := func(more ...string) []byte {
		return craft(append([]string{format1, erased, register, theCase, happened}, more...)...)
	}
	if _, err := standing.DecodeAct(base()); err != nil {
		t.Fatalf("what the cases vary is itself refused: %v", err)
	}
	many := func(head, each string, n int) string { return head + strings.Repeat(each, n) }
	ref := "830150019aa92ebc005eed000000000000001400"
	cases := []struct {
		name string
		act  []byte
		kind standing.ErrorKind
		want string
	}{
		{"nothing", nil, standing.Invalid, "act bytes end early at byte 0"},
		{"an array", []byte{0x80}, standing.Invalid, "unexpected type 0x80 in act bytes at byte 0"},
		{"too many bytes", make([]byte, standing.MaxActBytes+1), standing.TooLarge, "act of 16385 bytes: at most 16384"},
		{"format 2", craft("0102", erased, register, theCase), standing.Unsupported, "act format 2 is not known: stop and use a newer version at byte 3"},
		{"format 2 with other fields", craft("0102", "0201", "ff00"), standing.Unsupported, "act format 2 is not known: stop and use a newer version at byte 3"},
		{"no format", craft(erased, register, theCase, happened), standing.Invalid, "act bytes are not in their one canonical form"},
		{"unknown kind", craft(format1, "02190190", register, theCase, happened), standing.Unsupported, "act kind 400 is not known: stop and use a newer version"},
		{"reserved kind", craft(format1, "0219013f", register, theCase, happened), standing.Unsupported, "act kind 319 is not known: stop and use a newer version"},
		{"kind out of bounds", craft(format1, "021a00010000", register, theCase, happened), standing.Invalid, "number 65536 over its bound 65535 at byte 9"},
		{"unknown field", base("181900"), standing.Unsupported, "field 25 is not known: stop and use a newer version at byte 50"},
		{"field 0", craft("0001", format1, erased, register, theCase), standing.Invalid, "field 0 out of order at byte 2"},
		{"duplicate field", craft(format1, erased, register, register, theCase), standing.Invalid, "field 3 out of order at byte 25"},
		{"fields out of order", craft(format1, erased, theCase, register), standing.Invalid, "field 3 out of order at byte 25"},
		{"more fields than can be", append([]byte{0xb8, 65}, make([]byte, 130)...), standing.Invalid, "65 items over the bound of 64 at byte 2"},
		{"no register", craft(format1, erased, theCase, happened), standing.Invalid, "act names no register"},
		{"no case", craft(format1, erased, register, happened), standing.Invalid, "act bytes are not in their one canonical form"},
		{"short case", craft(format1, erased, register, "044f"+strings.Repeat("00", 15)), standing.Invalid, "16 bytes expected, 15 found at byte 41"},
		{"long case", craft(format1, erased, register, "0451"+strings.Repeat("00", 17)), standing.Invalid, "string of 17 bytes over its bound of 16 at byte 26"},
		{"trailing byte", append(base(), 0), standing.Invalid, "1 bytes too many at byte 48"},
		{"cut short", base()[:40], standing.Invalid, "string of 16 bytes cut short at byte 26"},
		{"not the shortest number", craft(format1, "021900ff", register, theCase, happened), standing.Invalid, "number not in its shortest form at byte 7"},
		{"not the shortest key", craft(format1, "180201", register, theCase, happened), standing.Invalid, "number not in its shortest form at byte 5"},
		{"indefinite length", append([]byte{0xbf}, base()[1:]...), standing.Invalid, "length cut short in act bytes at byte 1"},
		{"a float", base("0dfb0000000000000000"), standing.Invalid, "unexpected type 0xfb in act bytes at byte 49"},
		{"a tag", base("07c11a67d0ce80"), standing.Invalid, "field 7 out of order at byte 49"},
		{"zero written out", base("0800"), standing.Invalid, "unexpected type 0x00 in act bytes at byte 49"},
		{"version 0 written out", craft(format1, erased, register, theCase, "0500", happened), standing.Invalid, "act bytes are not in their one canonical form"},
		{"empty digest written out", base("135820" + strings.Repeat("00", 32)), standing.Invalid, "act bytes are not in their one canonical form"},
		{"empty refs written out", base("0a80"), standing.Invalid, "act bytes are not in their one canonical form"},
		{"version out of bounds", craft(format1, erased, register, theCase, "051b0000010000000001", happened), standing.Invalid, "number 1099511627777 over its bound 1099511627776 at byte 52"},
		{"year 9999", craft(format1, erased, register, theCase, "071b0000003afff4417f"), standing.Invalid, "instant occurred is outside the years 1900 to 2199 at byte 52"},
		{"year 0", craft(format1, erased, register, theCase, "073b0000000e7791f6ff"), standing.Invalid, "instant occurred is outside the years 1900 to 2199 at byte 52"},
		{"no date at all", craft(format1, erased, register, theCase, "0700"), standing.Invalid, "instant occurred is outside the years 1900 to 2199 at byte 44"},
		{"for ever", craft(format1, erased, register, theCase, "071b7fffffffffffffff"), standing.Invalid, "instant occurred is open at byte 52"},
		{"far before", craft(format1, erased, register, theCase, "073b4000000000000000"), standing.Invalid, "number out of bounds at byte 52"},
		{"instant in year 9999", base("0da1051b0000003afff4417f"), standing.Invalid, "instant from is outside the years 1900 to 2199 at byte 60"},
		{"unknown instant", base("0da1081a67d0ce80"), standing.Unsupported, "instant 8 is not known: stop and use a newer version at byte 51"},
		{"instants out of order", base("0da2051a67d0ce80041a67d0ce80"), standing.Invalid, "instants out of order at byte 57"},
		{"an instant twice", base("0da2051a67d0ce80051a67d0ce80"), standing.Invalid, "instants out of order at byte 57"},
		{"too many instants", base("0db821" + strings.Repeat("0101", 33)), standing.Invalid, "33 items over the bound of 32 at byte 51"},
		{"no code at all", base("0b60"), standing.Invalid, `"" is not a code at byte 50`},
		{"a name for a code", base("0b" + text("Zhang San")), standing.Invalid, `"Zhang San" is not a code at byte 59`},
		{"characters for a code", base("0b" + text("张三")), standing.Invalid, `"张三" is not a code at byte 56`},
		{"invalid UTF-8", base("0b62fffe"), standing.Invalid, `"\xff\xfe" is not a code at byte 52`},
		{"bytes for a text", base("0b426162"), standing.Invalid, "unexpected type 0x42 in act bytes at byte 49"},
		{"long code", base("0b" + text(strings.Repeat("a", 97))), standing.Invalid, "string of 97 bytes over its bound of 96 at byte 51"},
		{"region in words", base("09" + text("CN 37")), standing.Invalid, `region "CN 37": segment "CN 37": write two or three characters of A-Z and 0-9, as in CN/37/10 at byte 55`},
		{"a number for a region", base("09" + text("110000180001010013")), standing.Invalid, `region "110000180001010013": segment "110000180001010013": write two or three characters of A-Z and 0-9, as in CN/37/10 at byte 68`},
		{"long region", base("09" + text(strings.Repeat("A", 33))), standing.Invalid, "string of 33 bytes over its bound of 32 at byte 51"},
		{"too many refs", base("0a" + many("91", ref, 17)), standing.Invalid, "17 items over the bound of 16 at byte 50"},
		{"half a ref", base("0a818201" + theCase[2:]), standing.Invalid, "a reference has three parts at byte 51"},
		{"unknown role", base("0a8183" + "06" + theCase[2:] + "00"), standing.Unsupported, "role 6 of a reference is not known: stop and use a newer version at byte 52"},
		{"severity out of bounds", base("0c190100"), standing.Invalid, "number 256 over its bound 255 at byte 52"},
		{"addressee out of bounds", base("0e1841"), standing.Invalid, "number 65 over its bound 64 at byte 51"},
		{"unknown party", base("0f04"), standing.Invalid, "number 4 over its bound 3 at byte 50"},
		{"unknown facts", base("10190400"), standing.Unsupported, "facts 0x400 is not known: stop and use a newer version at byte 52"},
		{"too many codes", base("12" + many("9841", "6161", 65)), standing.Invalid, "65 items over the bound of 64 at byte 51"},
		{"long payload", base("14" + byteString(1025)), standing.Invalid, "string of 1025 bytes over its bound of 1024 at byte 52"},
		{"long key", base("155821" + strings.Repeat("ab", 33)), standing.Invalid, "string of 33 bytes over its bound of 32 at byte 51"},
		{"half a source", base("1683" + text("iadb") + "5820" + strings.Repeat("ab", 32) + "1a67d0ce80"), standing.Invalid, "a source has four parts at byte 50"},
		{"undated source", base("1684" + text("iadb") + "5820" + strings.Repeat("ab", 32) + "0000"), standing.Invalid, "instant of the source is outside the years 1900 to 2199 at byte 90"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a, err := standing.DecodeAct(c.act)
			if err == nil {
				t.Fatalf("read as %+v", *a)
			}
			if err.Error() != c.want || standing.KindOf(err) != c.kind {
				t.Errorf("%s: %v\nexpected %s: %s", standing.KindOf(err), err, c.kind, c.want)
			}
		})
	}
}

func TestDecodeEntryRefuses(t *testing.T) {
	good := entryExamples()["single"].Encode()
	vary := func(change func(*standing.Entry)) []byte {
		e := *entryExamples()["single"]
		sig := *e.Signature
		e.Signature = &sig
		change(&e)
		return e.Encode()
	}
	resolved := func(hexed string) []byte {
		b, err := hex.DecodeString(hexed)
		if err != nil {
			t.Fatal(err)
		}
		return append(bytes.Clone(good[:len(good)-1]), b...)
	}
	cases := []struct {
		name  string
		entry []byte
		kind  standing.ErrorKind
		want  string
	}{
		{"nothing", nil, standing.Invalid, "act bytes end early at byte 0"},
		{"too many bytes", make([]byte, 65536), standing.TooLarge, "65536 bytes: at most 65535"},
		{"format 2", append([]byte{0x87, 2}, good[2:]...), standing.Unsupported, "entry format 2 is not known: stop and use a newer version at byte 2"},
		{"format 2 with other parts", []byte{0x88, 2}, standing.Unsupported, "entry format 2 is not known: stop and use a newer version at byte 2"},
		{"eight parts", append([]byte{0x88}, good[1:]...), standing.Invalid, "a log entry has seven parts at byte 2"},
		{"broken act", vary(func(e *standing.Entry) { e.Bytes = e.Bytes[:len(e.Bytes)-1] }), standing.Invalid, "string of 32 bytes cut short"},
		{"act of a newer kind", vary(func(e *standing.Entry) { e.Bytes = craft(format1, "02190190", register, theCase, happened) }), standing.Unsupported, "act kind 400 is not known"},
		{"recorded in year 9999", vary(func(e *standing.Entry) { e.RecordedAt = 253402300799 }), standing.Invalid, "instant of recording is outside the years 1900 to 2199"},
		{"recorded never", vary(func(e *standing.Entry) { e.RecordedAt = standing.Forever }), standing.Invalid, "instant of recording is open"},
		{"no act of its statement", vary(func(e *standing.Entry) { e.Count = 0 }), standing.Invalid, "act 0 of a statement of 0"},
		{"statement too long", vary(func(e *standing.Entry) { e.Count = 4097 }), standing.Invalid, "number 4097 over its bound 4096"},
		{"third signature", vary(func(e *standing.Entry) {
			e.Signature.Second = &standing.Signature{Second: &standing.Signature{}}
		}), standing.Invalid, "a signature has four parts, and a second one at most"},
		{"on behalf of a name", vary(func(e *standing.Entry) { e.Signature.OnBehalfOf = "张三" }), standing.Invalid, `"张三" is nobody on whose behalf can be signed`},
		{"endless signature", vary(func(e *standing.Entry) { e.Signature.Bytes = make([]byte, 1025) }), standing.Invalid, "string of 1025 bytes over its bound of 1024"},
		{"trailing byte", append(bytes.Clone(good), 0), standing.Invalid, "1 bytes too many"},
		{"unknown resolution", resolved("a10701"), standing.Invalid, "number 7 over its bound 6"},
		{"resolution out of order", resolved("a206010501"), standing.Invalid, "resolution field 5 out of order"},
		{"false written out", resolved("a10500"), standing.Invalid, "bytes are not in their one canonical form"},
		{"nothing written out", resolved("a10480"), standing.Invalid, "bytes are not in their one canonical form"},
		{"no digest written out", resolved("a1015820" + strings.Repeat("00", 32)), standing.Invalid, "bytes are not in their one canonical form"},
		{"too many endings", resolved("a10499" + "0101"), standing.Invalid, "257 items over the bound of 256"},
		{"half an ending", resolved("a1048181" + theCase[2:]), standing.Invalid, "an ending has two parts"},
		{"ending in year 9999", resolved("a1048182" + theCase[2:] + "1b0000003afff4417f"), standing.Invalid, "instant of an ending is outside the years 1900 to 2199"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			e, err := standing.DecodeEntry(12, c.entry)
			if err == nil {
				t.Fatalf("read as %+v", *e)
			}
			if !strings.HasPrefix(err.Error(), "log entry 12: "+c.want) || standing.KindOf(err) != c.kind {
				t.Errorf("%s: %v\nexpected %s: log entry 12: %s", standing.KindOf(err), err, c.kind, c.want)
			}
		})
	}
}

// anyAct draws an act that can be written: any field set or not.
func anyAct(t *rapid.T) standing.Act {
	code := rapid.StringMatching(`[a-z0-9.\-/:]{1,96}`)
	digests := rapid.Custom(func(t *rapid.T) standing.Digest {
		return standing.Digest(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "digest"))
	})
	ids := rapid.Custom(func(t *rapid.T) standing.CaseID {
		return standing.CaseID(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "id"))
	})
	instant := rapid.Custom(func(t *rapid.T) standing.Instant {
		at := standing.Instant(rapid.Int64Range(int64(standing.MinInstant), int64(standing.MaxInstant)).Draw(t, "at"))
		return max(at, at|1) // never zero
	})
	some := func(what string) bool { return rapid.Bool().Draw(t, what) }
	a := standing.Act{Kind: rapid.SampledFrom(standing.Kinds()).Draw(t, "kind"), Register: code.Draw(t, "register"), Case: ids.Draw(t, "case"),
		Version: rapid.Uint64Max(1<<40).Draw(t, "version"), Severity: rapid.Uint8().Draw(t, "severity"),
		Addressee: rapid.Uint8Max(standing.MaxAddressees).Draw(t, "addressee"), Party: standing.PartyKind(rapid.Uint8Max(3).Draw(t, "party")),
		Facts: standing.Facts(rapid.Uint32Max(1<<10-1).Draw(t, "facts"))}
	if some("who") {
		a.Authority, a.Holder = standing.AuthorityID(code.Draw(t, "authority")), standing.AuthorityID(code.Draw(t, "holder"))
		a.Officer = standing.OfficerID(ids.Draw(t, "officer"))
	}
	if some("when") {
		a.Occurred = instant.Draw(t, "occurred")
		for _, n := range []standing.InstantName{standing.Decided, standing.From, standing.Until, standing.StaleAfter} {
			if some(n.String()) {
				a.Instants = a.Instants.With(n, instant.Draw(t, n.String()))
			}
		}
	}
	if some("where") {
		a.List, a.Code = standing.ListID(code.Draw(t, "list")), code.Draw(t, "code")
		a.Region = rapid.StringMatching(`\*|[A-Z]{2}(/[A-Z0-9]{2,3}){0,3}`).Draw(t, "region")
		a.Codes = rapid.SliceOfN(code, 0, 8).Draw(t, "codes")
	}
	for range rapid.IntRange(0, 4).Draw(t, "refs") {
		a.Refs = append(a.Refs, standing.Ref{Role: standing.RefRole(rapid.Uint8Range(1, 5).Draw(t, "role")), Case: ids.Draw(t, "ref"), Version: rapid.Uint64Max(1<<40).Draw(t, "cited")})
	}
	if some("bytes") {
		a.Commitment, a.Digest = digests.Draw(t, "commitment"), digests.Draw(t, "digest")
		a.Payload, a.Key = rapid.SliceOfN(rapid.Byte(), 1, 1024).Draw(t, "payload"), rapid.SliceOfN(rapid.Byte(), 1, 32).Draw(t, "key")
	}
	if some("source") {
		a.Source = &standing.Provenance{Source: code.Draw(t, "source"), Snapshot: digests.Draw(t, "snapshot"), Date: instant.Draw(t, "date"), Row: rapid.Uint64Max(1<<40).Draw(t, "row")}
	}
	if len(a.Codes) == 0 {
		a.Codes = nil
	}
	return a
}

// anyEntry draws an entry around an act.
func anyEntry(t *rapid.T, a *standing.Act) *standing.Entry {
	e := &standing.Entry{Act: a, Bytes: a.Encode(), RecordedAt: standing.Instant(rapid.Int64Range(1, int64(standing.MaxInstant)).Draw(t, "recorded"))}
	e.Count = uint16(rapid.IntRange(1, standing.MaxStatementActs).Draw(t, "count"))
	e.Index = uint16(rapid.IntRange(0, int(e.Count)-1).Draw(t, "index"))
	signature := func() *standing.Signature {
		return &standing.Signature{Signer: keyID(rapid.Byte().Draw(t, "signer")), OnBehalfOf: rapid.SampledFrom([]string{"", "party", "creditor"}).Draw(t, "behalf"),
			Algorithm: standing.Algorithm(rapid.Uint8().Draw(t, "algorithm")), Bytes: rapid.SliceOfN(rapid.Byte(), 1, 64).Draw(t, "signature")}
	}
	e.Signer = keyID(1)
	if e.Index == 0 {
		e.Signature = signature()
		e.Signer = e.Signature.Signer
		if rapid.Bool().Draw(t, "second") {
			e.Signature.Second = signature()
		}
	}
	e.Resolution.Provisional, e.Resolution.Screening = rapid.Bool().Draw(t, "provisional"), rapid.Bool().Draw(t, "screening")
	if rapid.Bool().Draw(t, "resolved") {
		e.Resolution.Rulebook, e.Resolution.Calendar = digest("rulebook"), digest("calendar")
		e.Resolution.Instants = instants(standing.WindowEnd, e.RecordedAt, standing.TermEnd, standing.Forever)
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "endings") {
		e.Resolution.Endings = append(e.Resolution.Endings, standing.Ending{Listing: caseID(byte(i)), At: e.RecordedAt})
	}
	return e
}

func TestActsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyAct(t)
		b := a.Encode()
		read, err := standing.DecodeAct(b)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(*read, a) {
			t.Fatalf("written %+v\nread %+v", a, *read)
		}
		oneByteOff(t, b, func(b []byte) ([]byte, error) {
			a, err := standing.DecodeAct(b)
			if err != nil {
				return nil, err
			}
			return a.Encode(), nil
		})
	})
}

func TestEntriesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := anyAct(t)
		e := anyEntry(t, &a)
		b := e.Encode()
		read, err := standing.DecodeEntry(0, b)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(read, e) {
			t.Fatalf("written %+v\nread %+v", *e, *read)
		}
		oneByteOff(t, b, func(b []byte) ([]byte, error) {
			e, err := standing.DecodeEntry(0, b)
			if err != nil {
				return nil, err
			}
			return e.Encode(), nil
		})
	})
}

// oneByteOff changes, drops or adds a byte: the result is refused, or it is the
// one form of something else.
func oneByteOff(t *rapid.T, b []byte, again func([]byte) ([]byte, error)) {
	at := rapid.IntRange(0, len(b)-1).Draw(t, "place")
	changed := bytes.Clone(b)
	changed[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "change"))
	for _, other := range [][]byte{changed, append(bytes.Clone(b[:at]), b[at+1:]...), append(bytes.Clone(b[:at]), append([]byte{changed[at]}, b[at:]...)...)} {
		if out, err := again(other); err == nil && !bytes.Equal(out, other) {
			t.Fatalf("%x\nis read as %x", other, out)
		}
	}
}

func FuzzDecodeAct(f *testing.F) {
	for _, a := range examples() {
		f.Add(a.Encode())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := standing.DecodeAct(b)
		if err != nil {
			if k := standing.KindOf(err); k != standing.Invalid && k != standing.Unsupported && k != standing.TooLarge {
				t.Fatalf("%s: %v", k, err)
			}
			return
		}
		if !bytes.Equal(a.Encode(), b) {
			t.Fatalf("%x is read as %x", b, a.Encode())
		}
	})
}

func FuzzDecodeEntry(f *testing.F) {
	for _, e := range entryExamples() {
		f.Add(e.Encode())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := standing.DecodeEntry(1, b)
		if err != nil {
			if k := standing.KindOf(err); k != standing.Invalid && k != standing.Unsupported && k != standing.TooLarge {
				t.Fatalf("%s: %v", k, err)
			}
			return
		}
		if !bytes.Equal(e.Encode(), b) {
			t.Fatalf("%x is read as %x", b, e.Encode())
		}
	})
}
