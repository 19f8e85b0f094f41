package ident_test

import (
	"testing"

	"github.com/openstanding/standing/ident"
)

func BenchmarkParse(b *testing.B) {
	for _, text := range []string{
		"uscc:91100000100003962T", "uscc:9110 0000 1000 0396 2t", "uscc:91100000100003962X",
		"lei:HWUPKR0MPOU8FGXBT394", "eu-vat:DE143454214", "cn-citizen:11000018000101003X",
		"br-cnpj:12ABC34501DE35", "ref:(2020)京01执123号",
	} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ident.Parse(text)
			}
		})
	}
}

// The path of a sound canonical value must not allocate: every check takes it.
func TestParseOfCanonicalDoesNotAllocate(t *testing.T) {
	for _, s := range ident.Schemes() {
		text := string(s.Scheme) + ":" + s.Example
		got := testing.AllocsPerRun(100, func() {
			if _, err := ident.Parse(text); err != nil {
				t.Fatal(err)
			}
		})
		if got != 0 && s.Scheme != ident.SchemeRef {
			t.Errorf("Parse(%s) allocates %v times", text, got)
		}
	}
}
