package ident

// checkXI: Northern Ireland by the British rules: nine digits, of which the last
// two check the others by 97 (since 2009 also shifted by 55), three more for a
// branch, or GD or HA with a number of departments (under 500) and health
// authorities (from 500), short or as GD8888 and HA8888 with a check. Source:
// VIES construction rules, GB; HMRC on VAT registration numbers.
func checkXI(n string) fault {
	if len(n) >= 2 && (n[:2] == "GD" || n[:2] == "HA") {
		return checkBodyXI(n)
	}
	if len(n) != 9 && len(n) != 12 {
		return wrongLength(n, "9 or 12")
	}
	if f := digits(n); f.broken() {
		return f
	}
	if f := notZero(n[:9]); f.broken() {
		return f
	}
	total := weigh(n, 8, 7, 6, 5, 4, 3, 2) + decimal(n[7:9])
	if total%97 == 0 || (total+55)%97 == 0 && n[0] != '0' {
		return fault{}
	}
	return badChecks("mod97", 8)
}

func checkBodyXI(n string) fault {
	long := len(n) == 11 && n[2:6] == "8888"
	if len(n) != 5 && !long {
		return wrongLength(n, "5, or 11 with 8888,")
	}
	if f := digits(n[2:]); f.broken() {
		return f.after(2)
	}
	body, at := n[2:], 3
	if long {
		body, at = n[6:], 7
	}
	if (decimal(body[:3]) < 500) != (n[0] == 'G') {
		return fault{rule: "range", at: at, reason: "GD goes with 000 to 499, HA with 500 to 999"}
	}
	if long && decimal(body[:3])%97 != decimal(body[3:]) {
		return badChecks("mod97", 10)
	}
	return fault{}
}
