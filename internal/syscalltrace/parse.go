package syscalltrace

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// Call is one system call on a file descriptor.
type Call struct {
	PID    int
	Name   string // write, fsync, ...
	FD     int
	Path   string // what the descriptor refers to; "" if strace could not say
	Data   string // what was written, its first 256 bytes; "" for a sync
	Result int64  // as returned; -1 for an error and for a call that never returned
	Begin  int    // line of the trace where it began, from 1
	End    int    // line where it returned, at least Begin; the largest int if it never did
}

// Trace is the calls of a program in the order in which they began.
type Trace []Call

func (c Call) syncs() bool  { return c.Name == "fsync" || c.Name == "fdatasync" }
func (c Call) writes() bool { return !c.syncs() }
func (c Call) ok() bool     { return c.Result >= 0 }

var (
	// 17 write(1</tmp/x>, "ack 1\n", 6) = 6
	// 17 fsync(5</tmp/x> <unfinished ...>
	begun = regexp.MustCompile(`^(?:(\d+) +)?(\w+)\((\d+)(?:<(.*?)>)?([,) ].*)$`)
	// 17 <... fsync resumed>) = 0
	resumed = regexp.MustCompile(`^(?:(\d+) +)?<\.\.\. (\w+) resumed>(.*)$`)
	result  = regexp.MustCompile(`\) += (-?\d+|\?)(?: [^"]*)?$`)
	quoted  = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)
	octal   = regexp.MustCompile(`^[0-7]{1,3}`)
)

// ParseFile reads what strace wrote to a file; see [Parse].
func ParseFile(name string) (Trace, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("syscalltrace: %w", err)
	}
	defer f.Close()
	return Parse(f)
}

// Parse reads the output of strace -f -y: file descriptors with their paths, and
// calls that another thread interrupted in two lines. Calls without a descriptor
// and other lines are passed over.
func Parse(r io.Reader) (Trace, error) {
	var trace Trace
	open := map[int]int{} // calls that have not returned, by process: index into trace
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for number := 1; lines.Scan(); number++ {
		line := lines.Text()
		if m := resumed.FindStringSubmatch(line); m != nil {
			pid, _ := strconv.Atoi(m[1])
			if i, ok := open[pid]; ok && trace[i].Name == m[2] {
				trace[i].Result, trace[i].End = resultOf(m[3], number)
				delete(open, pid)
			}
			continue
		}
		m := begun.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		c := Call{Name: m[2], Path: m[4], Begin: number}
		c.PID, _ = strconv.Atoi(m[1])
		c.FD, _ = strconv.Atoi(m[3])
		rest, unfinished := strings.CutSuffix(m[5], "<unfinished ...>")
		if !c.syncs() {
			c.Data = data(rest)
		}
		if unfinished {
			open[c.PID] = len(trace)
			c.Result, c.End = -1, math.MaxInt
		} else {
			c.Result, c.End = resultOf(rest, number)
		}
		trace = append(trace, c)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("syscalltrace: read the trace: %w", err)
	}
	return trace, nil
}

// resultOf reads the end of a line: ") = 6" or ") = -1 EIO (Input/output error)"
// or ") = ?", which is a call that never returned.
func resultOf(rest string, line int) (value int64, end int) {
	m := result.FindStringSubmatch(rest)
	if m == nil || m[1] == "?" {
		return -1, math.MaxInt
	}
	value, err := strconv.ParseInt(m[1], 10, 64)
	if err != nil {
		return -1, math.MaxInt
	}
	return value, line
}

// data joins the quoted strings of the arguments; writev has several.
func data(arguments string) string {
	var b strings.Builder
	for _, m := range quoted.FindAllStringSubmatch(arguments, -1) {
		unescape(&b, m[1])
	}
	return b.String()
}

// unescape undoes the C escapes of strace, whose octal numbers are as short as
// they can be.
func unescape(b *strings.Builder, s string) {
	plain := map[byte]byte{'n': '\n', 't': '\t', 'r': '\r', 'v': '\v', 'f': '\f'}
	for s != "" {
		if s[0] != '\\' || len(s) == 1 {
			b.WriteByte(s[0])
			s = s[1:]
			continue
		}
		s = s[1:]
		if digits := octal.FindString(s); digits != "" {
			n, _ := strconv.ParseUint(digits, 8, 16)
			b.WriteByte(byte(n))
			s = s[len(digits):]
			continue
		}
		if c, ok := plain[s[0]]; ok {
			b.WriteByte(c)
		} else {
			b.WriteByte(s[0])
		}
		s = s[1:]
	}
}
