package ident_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/openstanding/standing/ident"
)

// soundVAT are numbers of companies and public bodies, or made up.
var soundVAT = []string{
	"ATU14189108", "BE0417497106", "BG175074752", "CY10259033P", "CZ25123891",
	"DE143454214", "DE129273398", "DK24256790", "EE100931558", "EL094259216", "ESA15075062", "ESP0000000J",
	"FI01120389", "FR10632012100", "FR23000047372", "FRK7399859412", "HR33392005961", "HU12892312", "IE6388047V", "IE8D79739I",
	"IT00905811006", "LT119511515", "LT100001919017", "LU26375245", "LV40003521600", "MT11679112",
	"NL002230884B01", "NL002455799B11", "PL8567346215", "PT501964843", "RO24736200", "SE556012579001",
	"SI50223054", "SK2022749619", "XI980780684", "XI242338087388", "XIGD100", "XIHA501", "XIGD888810003",
}

func TestSoundVATNumbers(t *testing.T) {
	countries := map[string]bool{}
	for _, v := range soundVAT {
		id, err := ident.New(ident.SchemeEUVAT, v)
		if err != nil || id.Value != v {
			t.Errorf("New(%s) = %v, %v", v, id, err)
		}
		countries[v[:2]] = true
	}
	for _, c := range strings.Fields("AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI") {
		if !countries[c] {
			t.Errorf("no number of %s among the vectors", c)
		}
	}
}

// Any other last digit must be caught, except where that digit is no check: a
// Dutch or Swedish suffix, a British branch or department.
func TestVATChecksTheLastDigit(t *testing.T) {
	for _, v := range soundVAT {
		if unchecked := v[:2] == "NL" || v[:2] == "SE" || v[:2] == "XI" && len(v) != 11; unchecked {
			continue
		}
		body, last := v[:len(v)-1], v[len(v)-1]
		if last > '9' {
			continue
		}
		for _, c := range "0123456789" {
			if _, err := ident.New(ident.SchemeEUVAT, body+string(c)); err == nil && byte(c) != last {
				t.Errorf("%s%c passes beside %s", body, c, v)
			}
		}
	}
}

// A number one character short or with a sign in it is never sound.
func TestVATChecksLengthAndAlphabet(t *testing.T) {
	for _, v := range soundVAT {
		for _, wrong := range []string{v[:len(v)-1], v + "0", v[:len(v)-3] + "%" + v[len(v)-2:]} {
			_, err := ident.New(ident.SchemeEUVAT, wrong)
			var e *ident.Error
			if !errors.As(err, &e) {
				t.Errorf("%s passes beside %s", wrong, v)
			} else if strings.Contains(wrong, "%") && (e.Rule != "alphabet" || e.At != len(v)-2) {
				t.Errorf("New(%s): %v, want alphabet at %d", wrong, err, len(v)-2)
			}
		}
	}
}

// Numbers of natural persons, made so that they are nobody's: birth dates to
// come, serials never given, the placeholders that the authorities print.
func TestVATNumbersOfPersons(t *testing.T) {
	for _, prefix := range []string{
		"BG995231000",  // born 2099-12-31
		"CZ531231000",  // born 2053-12-31
		"CZ538231001",  // the same, month raised by 70: a woman, serials used up
		"CZ60000000",   // a person without a birth number
		"ES00000000",   // the placeholder of the identity card
		"ESX0000000",   // and that of foreigners
		"ESK0000000",   //
		"LV3112992000", // born 2099-12-31
		"LV3200000000", // without a date
		"PT12345678",   // the placeholder
		"PT45000000",   // a person abroad
		"SE991231000",  // a serial that is not given out
	} {
		suffix := ""
		if strings.HasPrefix(prefix, "SE") {
			suffix = "01"
		}
		found := 0
		for _, c := range "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
			id, err := ident.New(ident.SchemeEUVAT, prefix+string(c)+suffix)
			if err != nil {
				continue
			}
			found++
			if !id.Personal() {
				t.Errorf("%s is not protected as a person's", id.Mask())
			}
		}
		if found == 0 || found > 3 {
			t.Errorf("%d check characters fit %s", found, prefix)
		}
	}
}

func TestVATFaults(t *testing.T) {
	for _, c := range []struct {
		value, rule string
		at          int
	}{
		{"GB980780684", "prefix", 1}, {"EU372022452", "prefix", 1}, {"", "prefix", 1}, {"D", "prefix", 1}, {"XX1", "prefix", 1},
		{"AT14189108", "length", 0}, {"ATX14189108", "prefix", 3}, {"ATU1418910A", "alphabet", 11}, {"ATU14189109", "check-luhn", 11},
		{"BE2417497106", "prefix", 3}, {"BE0417497107", "check-mod97", 11}, {"BE0000000000", "range", 3}, {"BE04174971", "length", 0},
		{"BG17507475", "length", 0}, {"BG175074753", "check-mod11", 11}, {"BGA75074752", "alphabet", 3},
		{"CY12259033P", "prefix", 3}, {"CY102590331", "alphabet", 11}, {"CY10259033A", "check-mod26", 11}, {"CY1025", "length", 0}, {"CYA0259033P", "alphabet", 3},
		{"CZ95123891", "prefix", 3}, {"CZ25123892", "check-mod11", 10}, {"CZ5399990001", "date", 3}, {"CZ549999000", "date", 3}, {"CZ1", "length", 0},
		{"DE043454214", "range", 3}, {"DE143454215", "check-mod11-10", 11}, {"DE14345421", "length", 0},
		{"DK04256790", "range", 3}, {"DK24256791", "check-mod11", 10},
		{"EE100931559", "check-mod10", 11}, {"EL094259217", "check-mod11", 11}, {"EL000000000", "range", 3},
		{"ESI5075062A", "alphabet", 3}, {"ESA15075063", "check-luhn", 11}, {"ES00000000A", "check-mod23", 11}, {"ESA1507506", "length", 0}, {"ESA1507A062", "alphabet", 8},
		{"FI01120388", "check-mod11", 10}, {"FR10632012101", "check-luhn", 13}, {"FR11632012100", "check-mod97", 3},
		{"FRI0632012100", "alphabet", 3}, {"FR1O632012100", "alphabet", 4}, {"FR106320121", "length", 0}, {"FR1063201210A", "alphabet", 13},
		{"HR33392005962", "check-mod11-10", 13}, {"HU12892313", "check-mod10", 10}, {"HU00000000", "range", 3},
		{"IE6388047W", "check-mod23", 10}, {"IE63880A7V", "alphabet", 8}, {"IE8-D7A739I", "alphabet", 6}, {"IE8_79739I", "alphabet", 4},
		{"IE6433435IZ", "alphabet", 11}, {"IE63", "length", 0},
		{"IT00905811007", "check-luhn", 13}, {"IT00905812006", "region", 10}, {"IT00000001006", "range", 3},
		{"LT119511516", "check-mod11", 11}, {"LT119511525", "shape", 10}, {"LT1195", "length", 0},
		{"LU26375246", "check-mod89", 9}, {"LU00000000", "range", 3}, {"LV40003521601", "check-mod11", 13}, {"LV31139920009", "date", 3},
		{"MT11679113", "check-mod37", 9}, {"MT01679112", "range", 3},
		{"NL002230885B01", "check-mod11", 11}, {"NL002230884A01", "alphabet", 12}, {"NL002230884B00", "range", 13}, {"NL000000000B01", "range", 3}, {"NLB", "length", 0}, {"NLB01", "length", 0},
		{"PL8567346216", "check-mod11", 12}, {"PT501964844", "check-mod11", 11}, {"PT001964843", "range", 3},
		{"RO18547291", "check-mod11", 10}, {"RO08547290", "range", 3}, {"RO1", "length", 0}, {"RO12345678901", "length", 0},
		{"SE556012579101", "check-luhn", 12}, {"SE556012579000", "range", 13}, {"SE556012579095", "range", 13},
		{"SI50223055", "check-mod11", 10}, {"SI00223054", "range", 3}, {"SK2022749618", "check-mod11", 12}, {"SK2012749619", "range", 5},
		{"XI980780685", "check-mod97", 10}, {"XIGD500", "range", 5}, {"XIHA499", "range", 5}, {"XIGD888810004", "check-mod97", 12}, {"XIGD1", "length", 0}, {"XI9807", "length", 0}, {"XIGD1A0", "alphabet", 6},
	} {
		_, err := ident.New(ident.SchemeEUVAT, c.value)
		var e *ident.Error
		if !errors.As(err, &e) || e.Rule != c.rule || e.At != c.at {
			t.Errorf("New(%s): %v, want %s at %d", c.value, err, c.rule, c.at)
		}
		if e != nil && e.Rule != "prefix" && !strings.HasSuffix(e.Standard, ", "+c.value[:2]) {
			t.Errorf("New(%s) names as its standard %q", c.value, e.Standard)
		}
	}
}
