package ident

import "strconv"

// number checks that value is exactly length digits.
func number(value string, length int) fault {
	if len(value) != length {
		return wrongLength(value, strconv.Itoa(length))
	}
	return digits(value)
}

func digits(value string) fault {
	for i := 0; i < len(value); i++ {
		if !isDigit(value[i]) {
			return alien(i+1, rune(value[i]), onlyDigits)
		}
	}
	return fault{}
}

func alphanumeric(value string) fault {
	for i := 0; i < len(value); i++ {
		if value36(value[i]) < 0 {
			return alien(i+1, rune(value[i]), onlyAlphanumeric)
		}
	}
	return fault{}
}

func isDigit(c byte) bool  { return c-'0' <= 9 }
func isLetter(c byte) bool { return c-'A' <= 'Z'-'A' }

// value36 is the base-36 value of a digit or capital letter, -1 for others.
func value36(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case isLetter(c):
		return int(c-'A') + 10
	}
	return -1
}

// weigh is the sum of the first len(weights) digits, each times its weight.
func weigh(digits string, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += int(digits[i]-'0') * w
	}
	return sum
}

// decimal is the value of a short run of digits.
func decimal(digits string) int {
	n := 0
	for i := 0; i < len(digits); i++ {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

// endsIn checks that the last digit of value is want; a want of 10 or more is
// the mark of numbers that are never issued.
func endsIn(value string, want int, check string) fault {
	if int(value[len(value)-1]-'0') != want {
		return badCheck(check, len(value))
	}
	return fault{}
}

// luhn checks digits by ISO/IEC 7812-1 annex B; the last one is the check.
func luhn(digits string) fault {
	return endsIn(digits, (10-luhnSum(digits[:len(digits)-1])%10)%10, "luhn")
}

// luhnSum adds digits, every second one doubled and cast out of nines,
// beginning with the last.
func luhnSum(digits string) int {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum
}

// mod1110 is the check digit of ISO 7064 MOD 11,10 (GB/T 17710) over digits.
func mod1110(digits string) int {
	p := 10
	for i := 0; i < len(digits); i++ {
		p = (p + int(digits[i]-'0')) % 10
		if p == 0 {
			p = 10
		}
		p = p * 2 % 11
	}
	return (11 - p) % 10
}

// mod97 is the rest by 97 of the decimal number that results from writing each
// character as its base-36 value: ISO 7064 MOD 97-10.
func mod97(alphanumeric string) int {
	rest := 0
	for i := 0; i < len(alphanumeric); i++ {
		if v := value36(alphanumeric[i]); v < 10 {
			rest = (rest*10 + v) % 97
		} else {
			rest = (rest*100 + v) % 97
		}
	}
	return rest
}

// isDate reports whether the day exists in the Gregorian calendar.
func isDate(year, month, day int) bool {
	if month < 1 || month > 12 || day < 1 {
		return false
	}
	days := 31
	switch month {
	case 4, 6, 9, 11:
		days = 30
	case 2:
		days = 28
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			days = 29
		}
	}
	return day <= days
}

// notZero refuses a run of zeros, which every register keeps free.
func notZero(digits string) fault {
	for i := range len(digits) {
		if digits[i] != '0' {
			return fault{}
		}
	}
	return fault{rule: "range", at: 1, reason: "zeros alone number nobody"}
}

// twoDigits writes a number under 100 with its leading zero.
func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

// leadingZero is the fault of a number that never begins with zero but does.
var leadingZero = fault{rule: "range", at: 1, reason: "the first digit is never zero"}
