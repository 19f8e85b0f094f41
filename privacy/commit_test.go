package privacy_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing/privacy"
)

func TestCommit(t *testing.T) {
	salt := [32]byte{1, 2, 3}
	for _, opening := range [][]byte{nil, []byte("name: Example Ltd"), make([]byte, 5000)} {
		want := sha256.Sum256(slices.Concat([]byte("standing/opening/v1"), []byte{0}, salt[:], opening))
		got := privacy.Commit(salt, opening)
		if got != want {
			t.Errorf("Commit(%d bytes) = %x, want %x", len(opening), got, want)
		}
		if !privacy.Verify(got, salt, opening) {
			t.Errorf("Verify refuses a true opening of %d bytes", len(opening))
		}
		if privacy.Verify(got, [32]byte{1, 2, 4}, opening) || privacy.Verify(got, salt, append(opening, 'x')) {
			t.Errorf("Verify accepts another salt or opening")
		}
	}
	const golden = "3ef91aafebde66571a7890c8867849bcef1ae9f6b03fb0e6f176b345813b0e81"
	if got := privacy.Commit(salt, []byte("name: Example Ltd")); hex.EncodeToString(got[:]) != golden {
		t.Errorf("commitments changed: acts already written could not be opened: %x", got)
	}
}

func TestPepperKey(t *testing.T) {
	p := privacy.Pepper([]byte("a secret pepper of thirty-two by"))
	for _, text := range []string{"", "cn.uscc:91100000100003962T", strings.Repeat("long", 100)} {
		mac := hmac.New(sha256.New, p[:])
		mac.Write([]byte(text))
		if got := p.Key(text); [32]byte(mac.Sum(nil)) != got {
			t.Errorf("Key(%q) = %x is not its HMAC", text, got)
		}
	}
	if p.Key("a") == (privacy.Pepper{8}).Key("a") {
		t.Error("two peppers give one key")
	}
}

func TestPepperDoesNotPrint(t *testing.T) {
	p := privacy.Pepper([]byte("a secret pepper of thirty-two by"))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d", "%q"} {
		out := fmt.Sprintf(verb, struct{ P privacy.Pepper }{p}) + fmt.Sprintf(verb, p)
		if strings.Contains(out, "secret") || strings.Contains(out, "736563") || strings.Contains(out, "115") || strings.Contains(out, "0x73") {
			t.Errorf("%s prints the pepper: %s", verb, out)
		}
	}
}

func BenchmarkPepperKey(b *testing.B) {
	p := privacy.Pepper{7}
	b.ReportAllocs()
	for b.Loop() {
		p.Key("cn.uscc:91100000100003962T")
	}
}

func BenchmarkCommit(b *testing.B) {
	opening := make([]byte, 300)
	b.ReportAllocs()
	for b.Loop() {
		privacy.Commit([32]byte{1}, opening)
	}
}
