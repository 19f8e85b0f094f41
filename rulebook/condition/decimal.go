package condition

import (
	"cmp"
	"strings"
)

// decimal is an exact decimal number: digits as they were written, without
// those that do not count. Comparing digits needs no arithmetic and no memory.
type decimal struct {
	negative bool
	whole    string // no leading zero; "" is zero
	fraction string // no trailing zero
}

// maxDigits bounds a decimal's text.
const maxDigits = 40

// parseDecimal accepts digits with at most one point between them and a minus
// in front; no exponent, no fraction, no separators.
func parseDecimal(s string) (decimal, bool) {
	body, negative := strings.CutPrefix(s, "-")
	whole, fraction, point := strings.Cut(body, ".")
	if len(s) > maxDigits || !digits(whole) || point && !digits(fraction) {
		return decimal{}, false
	}
	d := decimal{negative, strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")}
	if d.whole == "" && d.fraction == "" {
		d.negative = false
	}
	return d, true
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// compare is -1, 0 or +1 as d is less than, equal to or more than e.
func (d decimal) compare(e decimal) int {
	switch {
	case d.negative && !e.negative:
		return -1
	case !d.negative && e.negative:
		return 1
	}
	order := cmp.Or(cmp.Compare(len(d.whole), len(e.whole)), cmp.Compare(d.whole, e.whole), cmp.Compare(d.fraction, e.fraction))
	if d.negative {
		return -order
	}
	return order
}
