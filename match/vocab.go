package match

import (
	"math"
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/openstanding/standing/match/roman"
	"github.com/openstanding/standing/match/trade"
	"github.com/openstanding/standing/match/word"
)

// vocab is the distinct words of the names of a list. Words are never taken out;
// their counts are.
type vocab struct {
	ids   map[string]uint32 // the first word with a text; others follow by entry.next
	words []entry
	signs []sign
}

// sign is what tells most words apart without a look at them.
type sign struct {
	letters uint32
	length  uint8
	latin   bool // the text is in Latin letters
}

// near is false if a Latin word cannot be within limit letters of another.
func (a sign) near(b sign, limit int) bool {
	d := int(a.length) - int(b.length)
	return d <= limit && -d <= limit && bits.OnesCount32(a.letters&^b.letters) <= limit && bits.OnesCount32(b.letters&^a.letters) <= limit
}

// none ends a chain of words.
const none = math.MaxUint32

// first returns the first word with a text, or none.
func (v *vocab) first(text string) uint32 {
	if id, ok := v.ids[text]; ok {
		return id
	}
	return none
}

// find returns the word of a class with a text, or none.
func (v *vocab) find(c class, text string) uint32 {
	id := v.first(text)
	for id != none && v.words[id].class != c {
		id = v.words[id].next
	}
	return id
}

// entry is a word of the list.
type entry struct {
	text   string
	spell  []string
	ideas  []uint16
	bones  uint32 // hash of its skeleton; 0 if it has none
	count  uint32 // names that have it
	next   uint32 // the next word with this text and another class
	class  class
	script bool // text is not ASCII
	bony   bool // the skeleton is long enough to say something alone
}

// latin is how the word is spelt first in Latin letters; "" if nobody knows.
func (e *entry) latin() string {
	if !e.script {
		return e.text
	}
	if len(e.spell) > 0 {
		return e.spell[0]
	}
	return ""
}

// letters is the set of letters of a Latin word.
func letters(s string) uint32 {
	m := uint32(0)
	for i := range len(s) {
		m |= 1 << (s[i] & 31)
	}
	return m
}

// newEntry completes a token to an entry.
func newEntry(t token) entry {
	e := entry{text: t.text, spell: t.spell, class: t.class, script: !isASCII(t.text)}
	if t.class == code {
		return e
	}
	if t.class != legal {
		e.ideas = trade.Ideas(t.text)
	}
	if l := e.latin(); l != "" && t.class != number {
		b := roman.Skeleton(l)
		e.bones, e.bony = hashText(saltBones, b), len(b) >= 3
	}
	return e
}

// sign returns the sign of a word.
func (e *entry) sign() sign {
	return sign{letters(e.text), uint8(min(255, len(e.text))), !e.script}
}

// intern returns the number of a token; added is true if it is new.
func (v *vocab) intern(t token) (id uint32, added bool) {
	if id := v.find(t.class, t.text); id != none {
		return id, false
	}
	t.text = strings.Clone(t.text)
	return v.append(newEntry(t)), true
}

// append adds a word that is not there.
func (v *vocab) append(e entry) uint32 {
	id := uint32(len(v.words))
	e.next = none
	if first, ok := v.ids[e.text]; ok {
		e.next, v.words[first].next = v.words[first].next, id
	} else {
		v.ids[e.text] = id
	}
	v.words = append(v.words, e)
	v.signs = append(v.signs, e.sign())
	return id
}

// Salts keep keys of different sorts apart.
const (
	saltBones = 0x9E3779B97F4A7C15
	saltIdea  = 0xC2B2AE3D27D4EB4F
	saltShort = 0x165667B19E3779F9
	saltHan   = 0x27D4EB2F165667C5
)

func mix(x uint64) uint32 {
	x ^= x >> 32
	x *= 0xD6E8FEB86659FD93
	x ^= x >> 32
	x *= 0xD6E8FEB86659FD93
	return uint32(x >> 32)
}

func hashText(salt uint64, s string) uint32 {
	h := salt
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 0x100000001B3
	}
	return mix(h) | 1
}

// prefix is how many letters of a word have deletion keys.
const prefix = 7

// deletionKeys appends the keys of what is left of the beginning of a word when
// up to two letters are left out (one, if it is short): two words within that
// distance of one another share one.
func deletionKeys(keys []uint32, s string) []uint32 {
	n := min(len(s), prefix)
	if n == 0 {
		return keys
	}
	x := uint64(0)
	for i := range n {
		x = x<<8 | uint64(s[i])
	}
	keys = append(keys, mix(x))
	depth := allowed(len(s))
	if depth == 0 {
		return keys
	}
	for i := range n {
		one := without(x, i)
		keys = append(keys, mix(one))
		if depth == 1 {
			continue
		}
		for j := i; j < n-1; j++ {
			keys = append(keys, mix(without(one, j)))
		}
	}
	return keys
}

// without leaves byte i, counted from the end, out of packed bytes.
func without(x uint64, i int) uint64 {
	low := uint64(1)<<(8*i) - 1
	return x>>8&^low | x&low
}

// indexKeys appends the keys under which a word of the list is found.
func (e *entry) indexKeys(keys []uint32) []uint32 {
	if e.class == code || e.class == legal || e.class == joining || e.class == number {
		return keys
	}
	if !e.script {
		keys = deletionKeys(keys, e.text)
		for _, full := range word.Full(e.text) {
			keys = append(keys, hashText(saltShort, full))
		}
	}
	if e.script {
		for i, s := range e.spell {
			if i == 3 {
				break
			}
			keys = deletionKeys(keys, s)
		}
		keys = hanKeys(keys, e.text)
	}
	if e.bony {
		keys = append(keys, e.bones)
	}
	for _, idea := range e.ideas {
		keys = append(keys, mix(saltIdea+uint64(idea)))
	}
	return keys
}

// hanKeys appends keys of what is left when a character of a longer word in
// another script is left out.
func hanKeys(keys []uint32, s string) []uint32 {
	if utf8.RuneCountInString(s) < 3 || len(s) > 48 {
		return keys
	}
	keys = append(keys, hashText(saltHan, s))
	var buf [64]byte
	for i, r := range s {
		b := append(append(buf[:0], s[:i]...), s[i+utf8.RuneLen(r):]...)
		keys = append(keys, hashText(saltHan, string(b)))
	}
	return keys
}
