package source

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// The encodings that a source may declare. A byte order mark overrules them,
// since nothing else begins like one.
const (
	encUTF8    = "utf-8"              // a line that is not UTF-8 is rejected
	encWindows = "windows-1252"       // every line
	encMixed   = "utf-8+windows-1252" // lines that are not UTF-8 are Windows-1252, and noted
	encUTF16LE = "utf-16le"
	encUTF16BE = "utf-16be"
)

// line is one physical line, without its end. A line with a fault has the
// beginning of its text only.
type line struct {
	no    int
	text  string
	note  string // how it was decoded, if not plainly
	fault string // why it cannot be read
}

// lines reads physical lines of bounded length as UTF-8.
type lines struct {
	br       *bufio.Reader
	encoding string
	max      int
	no       int
	back     []line // given back, last first
}

func newLines(r io.Reader, encoding string, max int) *lines {
	br := bufio.NewReaderSize(r, 64<<10)
	// An error here comes again at the first read.
	mark, _ := br.Peek(3)
	switch {
	case bytes.HasPrefix(mark, []byte{0xEF, 0xBB, 0xBF}):
		br.Discard(3)
		encoding = encUTF8
	case bytes.HasPrefix(mark, []byte{0xFF, 0xFE}):
		encoding = encUTF16LE
	case bytes.HasPrefix(mark, []byte{0xFE, 0xFF}):
		encoding = encUTF16BE
	}
	switch encoding {
	case encUTF16LE:
		br = bufio.NewReader(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(br))
	case encUTF16BE:
		br = bufio.NewReader(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Reader(br))
	}
	return &lines{br: br, encoding: encoding, max: max}
}

// next returns the next line; io.EOF at the end; any other error is the
// reader's own.
func (l *lines) next() (line, error) {
	if n := len(l.back); n > 0 {
		got := l.back[n-1]
		l.back = l.back[:n-1]
		return got, nil
	}
	raw, long, err := l.readLine()
	if err != nil {
		return line{}, err
	}
	l.no++
	got := line{no: l.no}
	if long {
		got.text = strings.ToValidUTF8(string(raw), "")
		got.fault = fmt.Sprintf("longer than %d bytes", l.max)
		return got, nil
	}
	got.text, got.note, got.fault = l.decode(bytes.TrimSuffix(raw, []byte{'\r'}))
	return got, nil
}

// unread gives lines back, to be read again in their order.
func (l *lines) unread(ls []line) {
	for i := len(ls) - 1; i >= 0; i-- {
		l.back = append(l.back, ls[i])
	}
}

// shownOfLong is how much of a line that is too long is kept for the reject.
const shownOfLong = 1 << 10

// readLine returns a line without its '\n'; of one longer than l.max it keeps
// the beginning, skips the rest and says so.
func (l *lines) readLine() (raw []byte, long bool, err error) {
	for {
		part, err := l.br.ReadSlice('\n')
		if !long {
			raw = append(raw, part...)
		}
		if len(raw) > l.max+2 { // the line end does not count
			long, raw = true, raw[:min(len(raw), shownOfLong)]
		}
		switch err {
		case nil:
			return bytes.TrimSuffix(raw, []byte{'\n'}), long, nil
		case bufio.ErrBufferFull:
			continue
		case io.EOF:
			if len(raw) == 0 {
				return nil, false, io.EOF
			}
			return raw, long, nil
		}
		return nil, false, err
	}
}

func (l *lines) decode(raw []byte) (text, note, fault string) {
	switch {
	case l.encoding == encWindows:
		text, fault = decodeWindows(raw)
	case utf8.Valid(raw):
		text = string(raw)
	case l.encoding == encMixed:
		note = "read as Windows-1252: not UTF-8"
		text, fault = decodeWindows(raw)
	default:
		return strings.ToValidUTF8(string(raw), "?"), "", "not UTF-8"
	}
	if fault == "" {
		fault = badRune(text)
	}
	return text, note, fault
}

func decodeWindows(raw []byte) (text, fault string) {
	b, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(b, utf8.RuneError) {
		return strings.ToValidUTF8(string(raw), "?"), "a byte that Windows-1252 does not define"
	}
	return string(b), ""
}

// badRune says why a text cannot be what the publisher wrote: it has a control
// character.
func badRune(text string) string {
	for _, r := range text {
		if r < ' ' && r != '\t' && r != '\r' || r >= 0x7F && r < 0xA0 {
			return fmt.Sprintf("control character %U", r)
		}
	}
	return ""
}
