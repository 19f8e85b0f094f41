package index_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"testing"

	"github.com/openstanding/standing/check/index"
	"pgregory.net/rapid"
)

// sipReference is SipHash-2-4 with 128 bits of output as the authors' paper and
// reference code describe it, over bytes.
func sipReference(secret, text []byte) (out [16]byte) {
	k0, k1 := binary.LittleEndian.Uint64(secret), binary.LittleEndian.Uint64(secret[8:])
	v := [4]uint64{k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d ^ 0xee, k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573}
	rounds := func(n int) {
		for range n {
			v[0] += v[1]
			v[1] = bits.RotateLeft64(v[1], 13) ^ v[0]
			v[0] = bits.RotateLeft64(v[0], 32)
			v[2] += v[3]
			v[3] = bits.RotateLeft64(v[3], 16) ^ v[2]
			v[0] += v[3]
			v[3] = bits.RotateLeft64(v[3], 21) ^ v[0]
			v[2] += v[1]
			v[1] = bits.RotateLeft64(v[1], 17) ^ v[2]
			v[2] = bits.RotateLeft64(v[2], 32)
		}
	}
	padded := append([]byte{}, text...)
	for len(padded)%8 != 7 {
		padded = append(padded, 0)
	}
	padded = append(padded, byte(len(text)))
	for ; len(padded) > 0; padded = padded[8:] {
		m := binary.LittleEndian.Uint64(padded)
		v[3] ^= m
		rounds(2)
		v[0] ^= m
	}
	v[2] ^= 0xee
	rounds(4)
	binary.LittleEndian.PutUint64(out[:], v[0]^v[1]^v[2]^v[3])
	v[1] ^= 0xdd
	rounds(4)
	binary.LittleEndian.PutUint64(out[8:], v[0]^v[1]^v[2]^v[3])
	return out
}

// The published answers of the reference code: secret 00 01 .. 0f, texts
// 00 01 .. of the given length.
func TestSipReference(t *testing.T) {
	var count [64]byte
	for i := range count {
		count[i] = byte(i)
	}
	for length, want := range map[int]string{
		0:  "a3817f04ba25a8e66df67214c7550293",
		1:  "da87c1d86b99af44347659119b22fc45",
		7:  "a1f1ebbed8dbc153c0b84aa61ff08239",
		8:  "3b62a9ba6258f5610f83e264f31497b4",
		15: "5493e99933b0a8117e08ec0f97cfc3d9",
		16: "6ee2a4ca67b054bbfd3315bf85230577",
		63: "5150d1772f50834a503e069a973fbd7c",
	} {
		if got := sipReference(count[:16], count[:length]); hex.EncodeToString(got[:]) != want {
			t.Errorf("length %d: %x, want %s", length, got, want)
		}
	}
}

// Stored keys depend on this: a change of the label, the frame or the function
// would make every register's look-up rows worthless.
func TestHasherIsSipHash(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pepper := [32]byte(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "pepper"))
		scheme := rapid.StringMatching(`[a-z0-9.-]{0,20}`).Draw(t, "scheme")
		value := rapid.String().Draw(t, "value")
		mac := hmac.New(sha256.New, pepper[:])
		mac.Write([]byte("standing/index-key/v1\x00"))
		want := sipReference(mac.Sum(nil), []byte(scheme+":"+value))
		var got index.Key
		index.NewHasher(pepper).Key(&got, scheme, value)
		if got != want {
			t.Fatalf("Key(%q, %q) = %x, want %x", scheme, value, got, want)
		}
	})
}

func TestHasherGolden(t *testing.T) {
	h := index.NewHasher([32]byte([]byte("a pepper of thirty-two bytes ...")))
	for _, c := range []struct{ scheme, value, want string }{
		{"uscc", "91370102MA3C7XYZ1P", "26dd8e7b77566ff4b4d5f732c25bdffe"},
		{"cnid", "110000180001010013", "a0db99bc02ea9510afa117e7169cec03"},
		{"cnid", "11000018000101003X", "8cf483b74de5e325acb70f0caf14e081"},
		{"a-scheme-of-length", "", "10259ea91c7cf821054666d038b3ee76"},
	} {
		var k index.Key
		h.Key(&k, c.scheme, c.value)
		if got := hex.EncodeToString(k[:]); got != c.want {
			t.Errorf("Key(%q, %q) = %s, want %s", c.scheme, c.value, got, c.want)
		}
	}
}

func TestHasherKeepsApart(t *testing.T) {
	a, b := index.NewHasher([32]byte{1}), index.NewHasher([32]byte{2})
	seen := map[index.Key]string{}
	for _, h := range []struct {
		name string
		*index.Hasher
	}{{"first", a}, {"second", b}} {
		for _, text := range [][2]string{{"lei", "x"}, {"le", "ix"}, {"lei", ""}, {"lei", "x\x00"}, {"lei", "\x00x"}, {"leixxxx", "x"}, {"leixxxxx", "x"}} {
			var k index.Key
			h.Key(&k, text[0], text[1])
			name := h.name + " pepper, " + text[0] + ":" + text[1]
			if other, ok := seen[k]; ok {
				t.Errorf("%q and %q share a key", name, other)
			}
			seen[k] = name
		}
	}
}
