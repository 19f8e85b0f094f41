package ident_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openstanding/standing/ident"
)

const (
	alphabet31 = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	alphabet36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// drawUSCC draws any sound code.
func drawUSCC(t *rapid.T) ident.Identifier {
	province := rapid.SampledFrom(strings.Fields("10 11 15 23 37 44 54 65 82")).Draw(t, "province")
	region := "100000"
	if province != "10" {
		region = province + rapid.StringMatching(`[0-9]{4}`).Draw(t, "county")
	}
	authority := rapid.SampledFrom([]byte("123456789ANY")).Draw(t, "authority")
	class := rapid.SampledFrom([]byte("123459")).Draw(t, "class")
	body := rapid.StringOfN(rapid.SampledFrom([]rune(alphabet31)), 8, 8, -1).Draw(t, "body")
	id, err := ident.USCCFrom(authority, class, region, body)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// Modulo the prime 31 with weights that all differ, no single mistake and no
// swap of neighbours can pass: there are no collisions to document.
func TestUSCCCatchesEverySingleMistake(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := drawUSCC(t).Value
		for i := range code {
			for _, c := range alphabet36 {
				if wrong := code[:i] + string(c) + code[i+1:]; wrong != code {
					mustRefuse(t, ident.SchemeUSCC, wrong, code)
				}
			}
		}
		everySwap(code, func(wrong string) { mustRefuse(t, ident.SchemeUSCC, wrong, code) })
	})
}

// The check of GB 11714 works by 11 on values up to 35: two characters whose
// values differ by 11, 22 or 33 (0 and B, 1 and C, ...) are the same to it, and
// swapping such neighbours passes as well. Everything else is caught.
func TestOrgCodeCatchesAllButItsCollisions(t *testing.T) {
	value := func(c byte) int { return strings.IndexByte(alphabet36, c) }
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringOfN(rapid.SampledFrom([]rune(alphabet36)), 8, 8, -1).Filter(
			func(s string) bool { return !strings.HasPrefix(s, "P") }).Draw(t, "body")
		id, err := ident.OrgCodeFrom(body)
		if err != nil {
			t.Fatal(err)
		}
		code := id.Value
		for i := range 8 {
			for _, c := range alphabet36 {
				if (value(byte(c))-value(code[i]))%11 != 0 {
					mustRefuse(t, ident.SchemeOrg, code[:i]+string(c)+code[i+1:], code)
				}
			}
		}
		for i := range 7 {
			if (value(code[i])-value(code[i+1]))%11 != 0 {
				mustRefuse(t, ident.SchemeOrg, swap(code, i), code)
			}
		}
	})
}

func TestCitizenNumberCatchesEverySingleMistake(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id, err := ident.CitizenFrom("1100001800" + rapid.StringMatching(`(01|12)(0[1-9]|2[0-9])[0-9]{3}`).Draw(t, "rest"))
		if err != nil {
			t.Fatal(err)
		}
		number := id.Value
		for i := range number {
			for _, c := range "0123456789X" {
				if wrong := number[:i] + string(c) + number[i+1:]; wrong != number {
					mustRefuse(t, ident.SchemeCitizen, wrong, number)
				}
			}
		}
		everySwap(number, func(wrong string) { mustRefuse(t, ident.SchemeCitizen, wrong, number) })
	})
}

// MOD 11,10 catches every wrong digit; of swaps it is not held to.
func TestRegCatchesEveryWrongDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id, err := ident.RegFrom("440301" + rapid.StringMatching(`[0-9]{8}`).Draw(t, "sequence"))
		if err != nil {
			t.Fatal(err)
		}
		for i := range id.Value {
			for _, c := range "0123456789" {
				if wrong := id.Value[:i] + string(c) + id.Value[i+1:]; wrong != id.Value {
					mustRefuse(t, ident.SchemeReg, wrong, id.Value)
				}
			}
		}
	})
}

// LEI and CNPJ: what a generator makes is sound, and a wrong check is caught.
func TestGeneratedLEIAndCNPJ(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lei, err := ident.LEIFrom(rapid.StringMatching(`[0-9A-Z]{18}`).Draw(t, "prefix"))
		if err != nil {
			t.Fatal(err)
		}
		cnpj, err := ident.CNPJFrom(rapid.StringMatching(`[0-9A-Z]{11}[1-9A-Z]`).Draw(t, "body"))
		if err != nil {
			t.Fatal(err)
		}
		for i := range 100 {
			end := string([]byte{byte('0' + i/10), byte('0' + i%10)})
			for _, id := range []ident.Identifier{lei, cnpj} {
				body := id.Value[:len(id.Value)-2]
				if body+end != id.Value {
					mustRefuse(t, id.Scheme, body+end, id.Value)
				}
			}
		}
	})
}

// However a code is printed, it is the same identifier.
func TestPrintedFormsOfUSCCAreOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := drawUSCC(t)
		var b strings.Builder
		for _, r := range id.Value {
			b.WriteString(rapid.SampledFrom([]string{"", "", " ", "-", "\u3000"}).Draw(t, "gap"))
			switch rapid.IntRange(0, 2).Draw(t, "form") {
			case 0:
				r += '０' - '0'
			case 1:
				r = []rune(strings.ToLower(string(r)))[0]
			}
			b.WriteRune(r)
		}
		if got, err := ident.New(ident.SchemeUSCC, b.String()); err != nil || got != id {
			t.Fatalf("New(%q) = %v, %v, want %v", b.String(), got, err, id)
		}
	})
}

func mustRefuse(t *rapid.T, scheme ident.Scheme, wrong, right string) {
	if _, err := ident.New(scheme, wrong); err == nil {
		t.Fatalf("%s passes beside %s", wrong, right)
	}
}

func everySwap(code string, visit func(string)) {
	for i := range len(code) - 1 {
		if code[i] != code[i+1] {
			visit(swap(code, i))
		}
	}
}

func swap(s string, i int) string { return s[:i] + s[i+1:i+2] + s[i:i+1] + s[i+2:] }
