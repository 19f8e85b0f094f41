package ident

import "strings"

// provinces are the first two digits of GB/T 2260 codes. Only these are
// checked: the rest of that table changes with every reorganisation, and a
// number stays sound when its region is abolished.
const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"

// isProvince takes digits only: with the blanks of the list they cannot match
// across two entries.
func isProvince(region string) bool {
	return len(region) >= 2 && strings.Contains(provinces, region[:2])
}

// checkRegistrarRegion accepts a province's region or that of the central
// registrar, whose code 100000 is no province's. The region begins at offset.
func checkRegistrarRegion(value string, offset int) fault {
	region := value[offset : offset+6]
	if region == "100000" || isProvince(region) {
		return fault{}
	}
	return fault{rule: "region", at: offset + 1, reason: "no province has this region code; GB/T 2260 lists them"}
}
