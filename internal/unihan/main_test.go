package main

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSimplify(t *testing.T) {
	u := &database{map[rune][]rune{}, map[rune][]rune{}, map[rune]bool{}}
	for line := range strings.Lines(`# a comment
U+8AAA	kSimplifiedVariant	U+8BF4
U+8AAC	kZVariant	U+8AAA
U+4E7E	kSimplifiedVariant	U+4E7E U+5E72
U+503C	kGB0	5424
U+8BF4	kGB0	4321
U+5024	kZVariant	U+503C
U+503C	kZVariant	U+5024
U+53F0	kSimplifiedVariant	U+53F0
U+53F0	kMandarin	tái
U+9EC3	kSimplifiedVariant	U+9EC4<kMatthews
`) {
		if err := u.line(strings.TrimSuffix(line, "\n")); err != nil {
			t.Fatal(err)
		}
	}
	got := u.simplify()
	follow(got)
	if want := map[rune]rune{0x8AAC: '说', 0x8AAA: '说', '乾': '干', 0x5024: 0x503C, 0x9EC3: '黄'}; !maps.Equal(want, got) {
		t.Errorf("got %q", got)
	}
	if err := u.line("U+XX	kZVariant	U+8AAA"); err == nil {
		t.Error("U+XX was read")
	}
}

// TestCommitted holds the committed table to what is made, where the database is
// at hand.
func TestCommitted(t *testing.T) {
	dir := os.Getenv("UNIHAN")
	if dir == "" {
		dir = "/usr/share/unicode"
	}
	out := filepath.Join(t.TempDir(), "table.go")
	if err := run(dir, "../../match/fold/variants.txt", out); os.IsNotExist(err) {
		t.Log("the table is not compared with Unihan")
		t.Skip("package unicode-data is not installed: " + err.Error())
	} else if err != nil {
		t.Fatal(err)
	}
	made, _ := os.ReadFile(out)
	committed, err := os.ReadFile("../../match/fold/han_table.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(committed, made) {
		t.Error("match/fold/han_table.go is not what Unihan says: run go generate ./match/fold")
	}
}
