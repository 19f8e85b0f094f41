package e2e

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// requestLimit bounds one request of a script.
const requestLimit = 30 * time.Second

// commands are what scripts may use beside the commands of testscript; they are
// described in scripts/README.md.
func commands(program string) map[string]func(ts *testscript.TestScript, neg bool, args []string) {
	return map[string]func(ts *testscript.TestScript, neg bool, args []string){
		program:    programCommand(program),
		"exitcode": positive("exitcode", exitCode),
		"http":     positive("http", request),
		"jsonpath": jsonPath,
		"serve-bg": positive("serve-bg", serve),
		"kill9":    positive("kill9", kill9),
		"restart":  positive("restart", restart),
		"stop-bg":  positive("stop-bg", stop),
		"output":   positive("output", output),
	}
}

// positive refuses "!" before a command for which it has no meaning.
func positive(name string, command func(ts *testscript.TestScript, args []string)) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg {
			ts.Fatalf("! %s: has no meaning", name)
		}
		command(ts, args)
	}
}

// programCommand makes "standing args" the same as "exec standing args".
func programCommand(program string) func(ts *testscript.TestScript, neg bool, args []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		code := run(ts, program, args)
		if code == 0 && neg {
			ts.Fatalf("%s succeeded, and should not", program)
		}
		if code != 0 && !neg {
			ts.Fatalf("%s: exit code %d", program, code)
		}
	}
}

// exitCode is: exitcode N program args...
func exitCode(ts *testscript.TestScript, args []string) {
	if len(args) < 2 {
		ts.Fatalf("usage: exitcode N program [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if got := run(ts, args[1], args[2:]); got != want {
		ts.Fatalf("%s: exit code %d, want %d", args[1], got, want)
	}
}

// call is one parsed http command.
type call struct {
	method, url string
	header      http.Header
	body        string
	status      int // 0: any 2xx
}

const httpUsage = "usage: http [-H 'Name: value']... [-d BODY|@FILE] METHOD PATH [STATUS]"

// parseCall reads the arguments of http. read returns the text of a file; base
// stands before paths that begin with a slash.
func parseCall(args []string, base string, read func(string) string) (call, error) {
	c := call{header: http.Header{}}
	for len(args) >= 2 && strings.HasPrefix(args[0], "-") {
		switch value := args[1]; args[0] {
		case "-H":
			name, value, ok := strings.Cut(value, ":")
			if !ok {
				return c, fmt.Errorf("header %q has no colon; %s", args[1], httpUsage)
			}
			c.header.Add(name, strings.TrimSpace(value))
		case "-d":
			c.body = value
			if file, ok := strings.CutPrefix(value, "@"); ok {
				c.body = read(file)
			}
		default:
			return c, fmt.Errorf("unknown flag %s; %s", args[0], httpUsage)
		}
		args = args[2:]
	}
	if len(args) < 2 || len(args) > 3 {
		return c, errors.New(httpUsage)
	}
	c.method, c.url = args[0], args[1]
	if strings.HasPrefix(c.url, "/") {
		if base == "" {
			return c, errors.New("$ADDR is not set: no serve-bg yet")
		}
		c.url = base + c.url
	}
	if len(args) == 3 {
		status, err := strconv.Atoi(args[2])
		if err != nil {
			return c, fmt.Errorf("status %q: %w; %s", args[2], err, httpUsage)
		}
		c.status = status
	}
	if c.header.Get("Content-Type") == "" && (strings.HasPrefix(c.body, "{") || strings.HasPrefix(c.body, "[")) {
		c.header.Set("Content-Type", "application/json")
	}
	return c, nil
}

// request is the command http: the body of the answer goes to stdout, its status
// line and header to stderr.
func request(ts *testscript.TestScript, args []string) {
	c, err := parseCall(args, ts.Getenv("ADDR"), ts.ReadFile)
	ts.Check(err)
	req, err := http.NewRequest(c.method, c.url, strings.NewReader(c.body))
	ts.Check(err)
	req.Header = c.header
	client := http.Client{
		Timeout:       requestLimit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		// A connection kept open would tell of the server that was killed.
		Transport: &http.Transport{DisableKeepAlives: true},
	}
	resp, err := client.Do(req)
	ts.Check(err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	ts.Check(err)
	fmt.Fprintf(ts.Stderr(), "%s %s\n", resp.Proto, resp.Status)
	ts.Check(resp.Header.Write(ts.Stderr()))
	_, err = ts.Stdout().Write(body)
	ts.Check(err)
	if c.status == 0 && resp.StatusCode/100 != 2 || c.status != 0 && c.status != resp.StatusCode {
		want := "2xx"
		if c.status != 0 {
			want = strconv.Itoa(c.status)
		}
		ts.Fatalf("%s %s: status %s, want %s\n%s", c.method, c.url, resp.Status, want, body)
	}
}

// jsonPath is: jsonpath PATH [VALUE], or jsonpath -env NAME PATH.
func jsonPath(ts *testscript.TestScript, neg bool, args []string) {
	name := ""
	if len(args) == 3 && args[0] == "-env" && !neg {
		name, args = args[1], args[2:]
	}
	if len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: [!] jsonpath PATH [VALUE], or jsonpath -env NAME PATH")
	}
	text := ts.ReadFile("stdout")
	got, err := lookUp(text, args[0])
	if !errors.Is(err, errAbsent) {
		ts.Check(err)
	}
	switch holds := err == nil && (len(args) == 1 || got == args[1]); {
	case name != "" && err == nil:
		ts.Setenv(name, got)
	case holds && neg:
		ts.Fatalf("%s is %q, and should not be, in\n%s", args[0], got, text)
	case !holds && !neg && err != nil:
		ts.Fatalf("%v in\n%s", err, text)
	case !holds && !neg:
		ts.Fatalf("%s is %q, want %q, in\n%s", args[0], got, args[1], text)
	}
}

// environment returns the variables of a script as they are now, which
// testscript gives to programs only.
func environment(ts *testscript.TestScript) []string {
	ts.Check(ts.Exec("sh", "-c", `env -0 >"$TMPDIR/environment"`))
	data, err := os.ReadFile(ts.Getenv("TMPDIR") + "/environment")
	ts.Check(err)
	return strings.Split(strings.TrimRight(string(data), "\x00"), "\x00")
}
