package privacy

import (
	"crypto/sha256"
	"fmt"
)

// commitLabel keeps these digests apart from every other use of SHA-256. Frozen.
const commitLabel = "standing/opening/v1\x00"

// Commit returns the salted commitment that stands in an act in the place of
// its opening: SHA-256("standing/opening/v1" || 0x00 || salt || opening).
// The salt must be 32 random bytes used for this opening alone and kept
// sealed with it: with it gone, nobody can test a guess.
func Commit(salt [32]byte, opening []byte) [32]byte {
	buf := make([]byte, 0, 512)
	buf = append(buf, commitLabel...)
	buf = append(buf, salt[:]...)
	return sha256.Sum256(append(buf, opening...))
}

// Verify reports whether commitment was made from salt and opening.
func Verify(commitment, salt [32]byte, opening []byte) bool {
	return Commit(salt, opening) == commitment
}

// A Pepper is the secret behind the look-up index. It lives outside the
// database; without it the index can be neither read nor guessed. It does not
// print.
type Pepper [32]byte

// Key returns the look-up key of text: HMAC-SHA-256(pepper, text), RFC 2104.
// For an identifier the text is "scheme:value" in canonical form; for names see
// [NameKeyText] and [PersonKeyTexts].
//
// It is written out because every check begins here: without crypto/hmac's
// eight allocations it takes less than half the time.
func (p Pepper) Key(text string) [32]byte {
	var inner, outer [sha256.BlockSize]byte
	copy(inner[:], p[:])
	copy(outer[:], p[:])
	for i := range inner {
		inner[i] ^= 0x36
		outer[i] ^= 0x5c
	}
	in := sha256.Sum256(append(append(make([]byte, 0, 256), inner[:]...), text...))
	return sha256.Sum256(append(append(make([]byte, 0, 128), outer[:]...), in[:]...))
}

// Format keeps a pepper out of logs, whatever the verb.
func (Pepper) Format(s fmt.State, _ rune) { fmt.Fprint(s, "pepper(hidden)") }
