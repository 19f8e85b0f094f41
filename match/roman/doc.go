// Package roman writes folded texts of other scripts in plain Latin letters, so
// that a name can be compared with its spellings in passports and lists:
//
//	roman.Text(fold.Text("Газпром нефть")) == "gazprom neft"
//	roman.Skeleton("mohammed") == roman.Skeleton(roman.Text(fold.Text("محمد")))
//
// One script has many romanisations; these follow what passports and registers
// print most often, without marks: Cyrillic as in ICAO Doc 9303, Greek as in
// ELOT 743, Hangul as in the Revised Romanisation of 2000 (letter by letter),
// kana as in Hepburn, Hebrew and Arabic by their consonants and long vowels,
// Thai by the Royal Institute's values of letters as they stand, without the
// vowels that are only spoken. [Skeleton] takes away what the systems differ in.
// Chinese characters stay: their readings are the matter of package pinyin.
package roman
