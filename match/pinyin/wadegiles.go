package pinyin

import "strings"

// wadeInitials and wadeFinals turn pinyin into Wade-Giles without apostrophes
// and points, as lists print it and folding leaves it; longer initials first.
var wadeInitials = [...][2]string{
	{"zh", "ch"}, {"ch", "ch"}, {"sh", "sh"}, {"b", "p"}, {"d", "t"}, {"g", "k"}, {"j", "ch"}, {"q", "ch"}, {"x", "hs"}, {"r", "j"},
	{"z", "ts"}, {"c", "ts"}, {"p", "p"}, {"t", "t"}, {"k", "k"}, {"m", "m"}, {"f", "f"}, {"n", "n"}, {"l", "l"}, {"h", "h"}, {"s", "s"},
	{"w", "w"}, {"y", "y"},
}

var wadeFinals = map[string]string{
	"ian": "ien", "ie": "ieh", "ong": "ung", "iong": "iung", "uo": "o", "ue": "ueh", "er": "erh",
}

// wadeWhole are syllables that no rule gives.
var wadeWhole = map[string]string{
	"zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "ssu", "yi": "i", "you": "yu", "ye": "yeh",
	"yan": "yen", "yong": "yung", "yue": "yueh", "ge": "ko", "ke": "ko", "he": "ho", "e": "o", "guo": "kuo", "kuo": "kuo", "huo": "huo",
	"shuo": "shuo", "gui": "kuei", "kui": "kuei", "er": "erh",
}

// WadeGiles returns syllables of pinyin as in Wade-Giles: "zhong guo" as
// "chung kuo".
func WadeGiles(pinyin string) string {
	words := strings.Fields(pinyin)
	for i, w := range words {
		words[i] = wadeSyllable(w)
	}
	return strings.Join(words, " ")
}

func wadeSyllable(s string) string {
	if whole, ok := wadeWhole[s]; ok {
		return whole
	}
	for _, initial := range wadeInitials {
		final, ok := strings.CutPrefix(s, initial[0])
		if !ok {
			continue
		}
		if to, ok := wadeFinals[final]; ok {
			final = to
		}
		return initial[1] + final
	}
	return s
}
