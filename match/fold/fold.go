package fold

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Text returns the folded form of s. It takes any bytes; what is not UTF-8
// separates words as punctuation does. Text(Text(s)) == Text(s).
func Text(s string) string { return string(Append(nil, s)) }

// Append appends the folded form of s to dst, as if dst were empty.
func Append(dst []byte, s string) []byte {
	f := folder{out: dst, begin: len(dst)}
	f.text(s)
	return f.out
}

// Words returns the pieces of s that its writer set apart, each folded:
// "北京 科技 (Holdings)" is three. Joined, they may be other than Text(s),
// which knows no spaces beside Chinese.
func Words(s string) []string {
	f := folder{gaps: true}
	f.text(s)
	var words []string
	from := 0
	for i, c := range f.out {
		if c == ' ' {
			words = append(words, string(f.out[from:i]))
			from = i + 1
		}
	}
	if from < len(f.out) {
		words = append(words, string(f.out[from:]))
	}
	return words
}

// Mapped is a folded text that knows where each of its bytes came from.
type Mapped struct {
	Text     string
	from, to []int32 // in the original, of every byte of Text
}

// Map is [Text] with the way back, for highlighting. Texts of 2 GiB and more
// are cut.
func Map(s string) Mapped {
	f := folder{track: true}
	f.text(s[:min(len(s), 1<<31-1)])
	return Mapped{string(f.out), f.from, f.to}
}

// Source returns the bytes of the original, half-open, that became the bytes
// from..to of the folded text, 0 <= from < to <= len(m.Text).
func (m Mapped) Source(from, to int) (int, int) {
	return int(m.from[from]), int(m.to[to-1])
}

// folder writes a folded text.
type folder struct {
	out      []byte
	begin    int  // of the text in out
	gaps     bool // keep a space wherever there was one
	pending  bool // a space, if a character follows that needs one
	lastUnit bool // the last character is a unit of its own
	track    bool
	from, to []int32
	at, end  int32 // of the source of what is being written
}

func (f *folder) text(s string) {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			f.source(i, i+1)
			i += f.ascii(s, i, c)
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if size == 1 {
			f.pending = true
			i++
			continue
		}
		f.source(i, i+size)
		switch {
		case hanFirst <= r && r <= hanLast:
			f.write(han.simple(r))
		case 'А' <= r && r <= 'Я' && !markFollows(s[i+size:]):
			f.write(r - 'А' + 'а')
		case 'а' <= r && r <= 'я' && !markFollows(s[i+size:]):
			f.write(r)
		default:
			size = norm.NFKC.NextBoundaryInString(s[i:], true)
			f.source(i, i+size)
			f.segment(s[i : i+size])
		}
		i += size
	}
}

// ascii folds the character c at s[i] and returns how many bytes it took.
func (f *folder) ascii(s string, i int, c byte) int {
	switch {
	case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		if f.atStart() && i+1 < len(s) && s[i+1] == '.' {
			if n := f.acronym(s[i:], i); n > 0 {
				return n
			}
		}
		f.writeASCII(c | 0x20)
	case '0' <= c && c <= '9':
		f.writeASCII(c)
	case c == '\'' || c == '`': // O'Brien
	case c == '&':
		f.pending = true
		for _, c := range []byte("and") {
			f.writeASCII(c)
		}
		f.pending = true
	default:
		f.pending = true
	}
	return 1
}

// acronym writes "S.A.R.L." as one word, and returns its length; 0 if s, which
// stands at offset at, does not begin with two letters or more with points between.
func (f *folder) acronym(s string, at int) int {
	letters, n := 0, 0
	for n+1 < len(s) && isASCIILetter(s[n]) && s[n+1] == '.' {
		letters++
		n += 2
	}
	if n < len(s) && isASCIILetter(s[n]) && (n+1 == len(s) || s[n+1] < utf8.RuneSelf && !isASCIILetter(s[n+1]) && !isDigit(s[n+1])) {
		letters++
		n++
	}
	if letters < 2 {
		return 0
	}
	for i := 0; i < n; i += 2 {
		f.source(at+i, at+i+1)
		f.writeASCII(s[i] | 0x20)
	}
	f.pending = f.pending || s[n-1] == '.'
	return n
}

// segment folds characters that compose with nothing around them.
func (f *folder) segment(s string) {
	var space [64]byte
	for _, r := range string(norm.NFKC.AppendString(space[:0], s)) {
		f.letter(r)
	}
}

// letter folds one character of a text in normal form.
func (f *folder) letter(r rune) {
	switch {
	case r < utf8.RuneSelf:
		f.ascii(string(r), 0, byte(r))
		return
	case isDropped(r):
		return
	case unicode.Is(unicode.Nd, r):
		f.write(digit(r))
		return
	case unicode.IsMark(r):
		f.mark(r)
		return
	case !unicode.IsLetter(r) && !unicode.IsNumber(r) && !(IsUnit(r) && r >= 0x20000): // Han of a later Unicode
		f.pending = true
		return
	}
	r = han.simple(unicode.ToLower(unicode.ToUpper(r)))
	if losesMarks(r) {
		if d := norm.NFD.PropertiesString(string(r)).Decomposition(); d != nil {
			r, _ = utf8.DecodeRune(d)
		}
	}
	if plain, ok := letters[r]; ok {
		for _, r := range plain {
			f.write(r)
		}
		return
	}
	f.write(r)
}

// mark writes the vowel signs of Indic and Thai letters, which tell names apart,
// and drops accents, points and harakat.
func (f *folder) mark(r rune) {
	if r >= 0x900 && !unicode.In(r, unicode.Inherited, unicode.Me) && !f.pending && len(f.out) > f.begin {
		f.out = utf8.AppendRune(f.out, r)
		f.note(utf8.RuneLen(r))
	}
}

func (f *folder) atStart() bool { return f.pending || f.lastUnit || len(f.out) == f.begin }

func (f *folder) write(r rune) {
	unit := IsUnit(r)
	f.space(unit)
	f.lastUnit = unit
	f.out = utf8.AppendRune(f.out, r)
	f.note(utf8.RuneLen(r))
}

func (f *folder) writeASCII(c byte) {
	f.space(false)
	f.lastUnit = false
	f.out = append(f.out, c)
	f.note(1)
}

// space writes the pending space, if what follows needs one.
func (f *folder) space(unit bool) {
	if !f.pending {
		return
	}
	f.pending = false
	if len(f.out) > f.begin && (f.gaps || !unit && !f.lastUnit) {
		f.out = append(f.out, ' ')
		f.note(1)
	}
}

func (f *folder) source(from, to int) { f.at, f.end = int32(from), int32(to) }

// note records where the last n bytes came from.
func (f *folder) note(n int) {
	for range n {
		if !f.track {
			return
		}
		f.from, f.to = append(f.from, f.at), append(f.to, f.end)
	}
}
