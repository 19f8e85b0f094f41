package source

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// keys tells repeated keys of one snapshot apart.
type keys struct{ seen map[[16]byte]uint32 }

func newKeys() *keys { return &keys{seen: map[[16]byte]uint32{}} }

// unique returns key at its first coming, then key#2, key#3. The numbers follow
// the order of the file, so that of repeated entries it is the count that is
// stable, not which is which. A source's own id may look like a number given
// here; that number is then passed over.
func (k *keys) unique(key string) string {
	id := digest(key)
	if k.seen[id] == 0 {
		k.seen[id] = 1
		return key
	}
	for {
		k.seen[id]++
		numbered := key + "#" + strconv.FormatUint(uint64(k.seen[id]), 10)
		if other := digest(numbered); k.seen[other] == 0 {
			k.seen[other] = 1
			return numbered
		}
	}
}

func digest(key string) [16]byte {
	sum := sha256.Sum256([]byte(key))
	return [16]byte(sum[:16])
}

// digestKey makes a key of the values that identify an entry, blind to case and
// white space, so that tidying by the publisher does not make it a new entry.
func digestKey(values []string) string {
	h := sha256.New()
	for _, v := range values {
		v = strings.ToLower(tidy(v))
		h.Write([]byte(strconv.Itoa(len(v)) + ":" + v))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
