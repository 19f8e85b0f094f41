package ident

import "fmt"

// Unified social credit codes: registrar, class, region of the registrar (6),
// organisation code (9), check. Source: GB 32100-2015. Unique, lifelong and
// unchanged when the bearer moves or renames: the region is that of the first
// registrar, not where the bearer sits now.
var uscc = definition{
	Info: Info{
		Scheme: SchemeUSCC, Name: "Unified social credit code", NameZH: "统一社会信用代码",
		Standard: "GB 32100-2015", Jurisdiction: "CN", Checked: true, Example: "91110105MA0000007L",
	},
	separators: "-",
	check:      checkUSCC,
	// Class 2 of the market registrar, an individual business, is one person.
	personal: func(v string) bool { return len(v) >= 2 && v[:2] == "92" },
}

const (
	usccAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	usccAllowed  = "only digits and letters other than I, O, S, V and Z"
)

// usccValues is the index of each character in usccAlphabet, -1 for others.
var usccValues = func() (values [256]int8) {
	for i := range values {
		values[i] = -1
	}
	for i, c := range usccAlphabet {
		values[c] = int8(i)
	}
	return values
}()

// usccWeights are 3^i mod 31; that of the check character is 1, so that a sound
// code weighs a multiple of 31.
var usccWeights = [18]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1}

func checkUSCC(v string) fault {
	if len(v) != 18 {
		return wrongLength(v, "18")
	}
	sum := 0
	for i := range len(v) {
		value := usccValues[v[i]]
		if value < 0 || value > 9 && i >= 2 && i < 8 {
			return usccAlien(v, i)
		}
		sum += int(value) * usccWeights[i]
	}
	if f := usccShape(v); f.broken() {
		return f
	}
	inner := v[16] == orgCheck(v[8:16])
	switch {
	case sum%31 != 0 && inner:
		return fault{rule: "check-mod31", at: 18, reason: "the check character " + mistyped +
			"; characters 9 to 17 fit together, so look at 1 to 8 and 18 first"}
	case sum%31 != 0:
		return badCheck("mod31", 18)
	case !inner:
		f := badCheck("gb11714", 17)
		f.standard = cnOrg.Standard
		return f
	}
	return fault{}
}

func usccAlien(v string, i int) fault {
	if i >= 2 && i < 8 {
		return alien(i+1, rune(v[i]), onlyDigits)
	}
	return alien(i+1, rune(v[i]), usccAllowed)
}

// usccShape checks the parts of a code of 18 characters of the alphabet. A pair
// of registrar and class that the 2015 table does not know is let through:
// classes were added since (residents' and villagers' committees), and refusing
// a real body is worse than not naming its class.
func usccShape(v string) fault {
	if c := v[0]; (c < '1' || c > '9') && c != 'A' && c != 'N' && c != 'Y' {
		return fault{rule: "prefix", at: 1, reason: "no registrar has this code; it is 1 to 9, A, N or Y"}
	}
	if c := v[1]; (c < '1' || c > '5') && c != '9' {
		return fault{rule: "prefix", at: 2, reason: "no class has this code; it is 1 to 5 or 9"}
	}
	if !isDigit(v[16]) && v[16] != 'X' {
		return alien(17, rune(v[16]), "only digits and X")
	}
	return checkRegistrarRegion(v, 2)
}

// USCC is the parts of a unified social credit code.
type USCC struct {
	Authority byte   // the registrar's kind, '9' for market regulation
	Class     byte   // the bearer's kind, within the registrar's
	Region    string // GB/T 2260 code of the first registrar, 6 digits
	OrgCode   string // canonical cn-org value, 9 characters
}

// USCCParts takes a code apart. The error is an [*Error], for an identifier of
// another scheme or one that [New] would not have made.
func USCCParts(i Identifier) (USCC, error) {
	if i.Scheme != SchemeUSCC {
		return USCC{}, &Error{Scheme: SchemeUSCC, Rule: "scheme", Standard: uscc.Standard, Reason: "an identifier of another scheme has no such parts"}
	}
	if f := checkUSCC(i.Value); f.broken() {
		return USCC{}, f.err(&uscc)
	}
	v := i.Value
	return USCC{Authority: v[0], Class: v[1], Region: v[2:8], OrgCode: v[8:17]}, nil
}

// USCCFrom returns the code made of its parts, both check characters computed:
// region has 6 digits, orgBody the 8 characters of an organisation code without
// its check. The error is an [*Error].
func USCCFrom(authority, class byte, region string, orgBody string) (Identifier, error) {
	if len(region) != 6 || len(orgBody) != 8 {
		reason := fmt.Sprintf("parts of %d and %d characters where a region of 6 and a body of 8 must stand", len(region), len(orgBody))
		return Identifier{}, fault{rule: "length", reason: reason}.err(&uscc)
	}
	body := string([]byte{authority, class}) + region + orgBody
	return complete(&uscc, body, 16, func(body string) string {
		code := body + string(orgCheck(body[8:]))
		return code[16:] + string(usccCheck(code))
	})
}

// usccCheck computes the check character of the first 17.
func usccCheck(code string) byte {
	sum := 0
	for i := range 17 {
		sum += max(int(usccValues[code[i]]), 0) * usccWeights[i]
	}
	return usccAlphabet[(31-sum%31)%31]
}
