// Package fold brings texts that a reader would call the same to one form, so
// that they can be compared byte by byte and found in an index:
//
//	fold.Text("株式會社 ＡＢＣ（Żółć）") == "株式会社abc zolc"
//
// It does to every text alike what needs no knowledge of languages: Unicode
// NFKC and case folding (Unicode Standard Annex 15 and section 3.13), marks off
// Latin, Greek, Cyrillic, Hebrew and Arabic letters, traditional and variant
// Chinese characters to simplified ones (Unihan), punctuation to single spaces,
// and no spaces beside characters of scripts that are written without them.
// What needs knowledge (legal forms, romanisation) is done by other packages,
// on folded text.
//
// A folded text is a row of units. A unit is a word, or in scripts without
// spaces one character; [Starts] says where a unit begins, so "移动" is found in
// "中国移动" and "bei" in "hebei beijing" only at its second word.
package fold

//go:generate go run ../../internal/unihan variants.txt han_table.go
