// Package pinyin reads Chinese names aloud, as registers and passports spell
// them in Latin letters, without tones and points:
//
//	pinyin.Text("重庆长安汽车") == "chong qing chang an qi che"
//	pinyin.Person("单雄信")     // "shan", "xiong xin", true
//	pinyin.Surname("陳")        // "chen", "chan", "tan", "chin", "ting", "tran"
//	pinyin.WadeGiles("zhong")  // "chung"
//
// It reads characters as they are, before folding: 著 is read zhu, but folded
// to 着, zhe.
//
// A character has mostly one reading in names; where it has another in a word
// that firms and places are named with, or as a surname, a table says so. The
// readings are those of the go-pinyin project, the other romanisations those
// under which bearers of the surnames are listed in Hong Kong, Taiwan, Malaysia,
// Singapore and Vietnam.
package pinyin

//go:generate go run ../../internal/pinyintable readings.go
