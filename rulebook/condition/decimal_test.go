package condition

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// TestDecimal holds comparison of digits to comparison of fractions.
func TestDecimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`-?[0-9]{1,6}(\.[0-9]{1,6})?`)
		s, u := number.Draw(t, "s"), number.Draw(t, "u")
		d, ok := parseDecimal(s)
		e, also := parseDecimal(u)
		x, _ := new(big.Rat).SetString(s)
		y, _ := new(big.Rat).SetString(u)
		if !ok || !also || d.compare(e) != x.Cmp(y) {
			t.Fatalf("%s and %s compare as %d, want %d", s, u, d.compare(e), x.Cmp(y))
		}
	})
	for _, bad := range []string{"", "-", ".", "1.", ".1", "+1", "1e2", "1/2", "0x1", "1_0", " 1", "1 ", "--1", "1.2.3", "１", "00000000000000000000000000000000000000000"} {
		if _, ok := parseDecimal(bad); ok {
			t.Errorf("%q is taken for a decimal", bad)
		}
	}
}
