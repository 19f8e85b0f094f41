package syscalltrace_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openstanding/standing/internal/syscalltrace"
)

func TestParse(t *testing.T) {
	trace, err := syscalltrace.Parse(strings.NewReader(`17 write(5</tmp/a b.log>, "hello\n\"x\\\0\377\0012", 10) = 10
17 pwrite64(5</tmp/a b.log>, "y"..., 4096, 3 <unfinished ...>
18 fsync(5</tmp/a b.log>)         = 0
17 <... pwrite64 resumed>)           = 4096
18 fdatasync(6</tmp/c> <unfinished ...>
18 +++ exited with 0 +++
write(1<pipe:[123]>, "says ) = 5", 10) = -1 EIO (Input/output error)
19 writev(7<TCP:[1.2.3.4:5->6.7.8.9:10]>, [{iov_base="ab", iov_len=2}, {iov_base="c", iov_len=1}], 2) = 3
19 write(8, "lost", 4) = ?
19 --- SIGURG {si_signo=SIGURG} ---
`))
	if err != nil {
		t.Fatal(err)
	}
	want := syscalltrace.Trace{
		{PID: 17, Name: "write", FD: 5, Path: "/tmp/a b.log", Data: "hello\n\"x\\\x00\xff\x012", Result: 10, Begin: 1, End: 1},
		{PID: 17, Name: "pwrite64", FD: 5, Path: "/tmp/a b.log", Data: "y", Result: 4096, Begin: 2, End: 4},
		{PID: 18, Name: "fsync", FD: 5, Path: "/tmp/a b.log", Result: 0, Begin: 3, End: 3},
		{PID: 18, Name: "fdatasync", FD: 6, Path: "/tmp/c", Result: -1, Begin: 5, End: math.MaxInt},
		{Name: "write", FD: 1, Path: "pipe:[123]", Data: "says ) = 5", Result: -1, Begin: 7, End: 7},
		{PID: 19, Name: "writev", FD: 7, Path: "TCP:[1.2.3.4:5->6.7.8.9:10]", Data: "abc", Result: 3, Begin: 8, End: 8},
		{PID: 19, Name: "write", FD: 8, Data: "lost", Result: -1, Begin: 9, End: math.MaxInt},
	}
	if diff := cmp.Diff(want, trace); diff != "" {
		t.Error(diff)
	}
}

func TestAckAfterSync(t *testing.T) {
	const (
		write = "1 write(5</d/log>, \"x\", 1) = 1\n"
		sync  = "1 fdatasync(5</d/log>) = 0\n"
		ack   = "1 write(1<pipe:[1]>, \"ack 1\\n\", 6) = 6\n"
	)
	for _, c := range []struct{ name, trace, want string }{
		{"synced", write + sync + ack + write + write + sync + ack, ""},
		{"two acknowledgements of one sync", write + sync + ack + ack, ""},
		{"writes after the last acknowledgement", write + sync + ack + write, ""},
		{"acknowledged over a socket", write + sync + `1 sendto(9<TCP:[1]>, "HTTP/1.1 200 OK\r\n\r\nack 1", 24, 0, NULL, 0) = 24`, ""},
		{"never synced", write + ack, "not synced"},
		{"only the first is synced", write + sync + ack + write + ack, "line 5 of the trace: the write to /d/log that ended at line 4"},
		{"synced too early", sync + write + ack, "not synced"},
		{"synced too late", write + ack + sync, "not synced"},
		{"another file synced", write + "1 fsync(6</d/other>) = 0\n" + ack, "not synced"},
		{"the sync failed", write + "1 fsync(5</d/log>) = -1 EIO (Input/output error)\n" + ack, "not synced"},
		{"the sync has not ended", write + "2 fsync(5</d/log> <unfinished ...>\n" + ack + "2 <... fsync resumed>) = 0\n", "not synced"},
		{"the sync began before the write had ended",
			"1 write(5</d/log>, \"x\", 1 <unfinished ...>\n2 fsync(5</d/log> <unfinished ...>\n1 <... write resumed>) = 1\n2 <... fsync resumed>) = 0\n" + ack, "not synced"},
		{"no acknowledgement", write + sync, "no write of"},
		{"no write to the file", sync + ack, "nothing was written"},
		{"empty", "", "no write of"},
	} {
		t.Run(c.name, func(t *testing.T) {
			trace, err := syscalltrace.Parse(strings.NewReader(c.trace))
			if err != nil {
				t.Fatal(err)
			}
			err = syscalltrace.AckAfterSync(trace, "/d/log", "ack ")
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("AckAfterSync = %v, want %q", err, c.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add("17 write(5</tmp/a>, \"hello\\n\\377\", 10) = 10\n17 fsync(5</tmp/a> <unfinished ...>\n17 <... fsync resumed>) = 0\n")
	f.Add("write(1, \"\\")
	f.Fuzz(func(t *testing.T, text string) {
		trace, err := syscalltrace.Parse(strings.NewReader(text))
		if err != nil {
			return
		}
		for i, c := range trace {
			if c.End < c.Begin || i > 0 && c.Begin <= trace[i-1].Begin {
				t.Errorf("call %d of %q is out of order: %+v", i, text, c)
			}
		}
	})
}
