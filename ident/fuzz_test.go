package ident_test

import (
	"errors"
	"testing"

	"github.com/openstanding/standing/ident"
)

func FuzzParse(f *testing.F) {
	for scheme, values := range sound {
		for _, v := range values {
			f.Add(string(scheme) + ":" + v)
		}
	}
	for _, v := range soundVAT {
		f.Add("eu-vat:" + v)
	}
	for _, s := range ident.Schemes() {
		f.Add(string(s.Scheme) + ":")
	}
	f.Add("uscc：９１１０００００１００００３９６２Ｔ")
	f.Add("eu-vat:NLB01")
	f.Add("eu-vat:IE8+79739I")
	f.Add("ref: （２０２０）京01\u3000执\x00")
	f.Fuzz(func(t *testing.T, text string) {
		id, err := ident.Parse(text)
		var e *ident.Error
		if err != nil {
			if !errors.As(err, &e) || e.Rule == "" || e.Reason == "" || e.At < 0 || e.At > ident.MaxText {
				t.Fatalf("Parse(%q): a poor error: %#v", text, err)
			}
			if id != (ident.Identifier{}) {
				t.Fatalf("Parse(%q): %v beside %v", text, id, err)
			}
			return
		}
		if again, err := ident.Parse(id.String()); err != nil || again != id {
			t.Fatalf("Parse(%q) = %q, which parses to %q, %v", text, id, again, err)
		}
		id.Personal()
		id.Mask()
		if _, err := ident.USCCParts(id); (err == nil) != (id.Scheme == ident.SchemeUSCC) {
			t.Fatalf("USCCParts(%q): %v", id, err)
		}
	})
}

// FuzzPersonal holds that no literal, however wrong, makes a method panic.
func FuzzPersonal(f *testing.F) {
	for _, s := range ident.Schemes() {
		f.Add(string(s.Scheme), "92")
	}
	f.Add("eu-vat", "ES")
	f.Add("eu-vat", "LV\xff")
	f.Fuzz(func(t *testing.T, scheme, value string) {
		id := ident.Identifier{Scheme: ident.Scheme(scheme), Value: value}
		id.Personal()
		id.Mask()
		if _, err := ident.USCCParts(id); err == nil {
			if _, err := ident.New(id.Scheme, id.Value); err != nil {
				t.Fatalf("USCCParts took %q, New does not: %v", id, err)
			}
		}
	})
}
