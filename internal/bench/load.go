package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// child runs the command and returns its time and peak memory in bytes.
func child(bin string, args ...string) (time.Duration, int64, string, error) {
	cmd := exec.Command(bin, args...)
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	start := time.Now()
	err := cmd.Run()
	took := time.Since(start)
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		return took, usage.Maxrss * 1024, out.String(), err
	}
	return took, 0, out.String(), err
}

// load measures loading, verifying and starting a generated register, each in a
// process of its own.
func (b *bench) load() error {
	bin, err := b.standing()
	if err != nil {
		return err
	}
	data := filepath.Join(b.dir, "country")
	took, peak, _, err := child(bin, "synth", "--parties", strconv.Itoa(b.parties), "--seed", "1", "--data", data)
	if err != nil {
		return err
	}
	b.add(fmt.Sprintf("load %d generated parties into SQLite", b.parties), took < 180*time.Second && peak < 2<<30,
		fmt.Sprintf("%.0f s, peak %.2f GiB", took.Seconds(), float64(peak)/(1<<30)), "180 s, under 2 GiB", "")
	if err := b.start(bin, data); err != nil {
		return err
	}
	took, peak, out, err := child(bin, "verify", "--data", data)
	if err != nil {
		return err
	}
	acts := 0
	fmt.Sscanf(strings.TrimPrefix(out, "verified: "), "%d", &acts)
	perMillion := took.Seconds() * 1e6 / float64(max(acts, 1))
	b.add(fmt.Sprintf("verify %d acts in statements, per million", acts), perMillion <= 30, fmt.Sprintf("%.1f s, peak %.2f GiB", perMillion, float64(peak)/(1<<30)), "30 s", "")
	return nil
}

// start measures the time from start to the first answer.
func (b *bench) start(bin, data string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, bin, "serve", "--data", data, "--listen", "127.0.0.1:0", "--rate", "0", "--publish", "-")
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	defer cmd.Wait()
	defer cmd.Process.Signal(syscall.SIGTERM)
	line, err := bufio.NewReader(pipe).ReadString('\n')
	if err != nil {
		return err
	}
	url := strings.TrimSpace(strings.TrimPrefix(line, "listening on "))
	r, err := http.Get(url + "/api/v1/check?party=uscc:91110105MA0000007L&activity=" + activity)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(r.Body)
	r.Body.Close()
	if err != nil || r.StatusCode != 200 {
		return fmt.Errorf("first answer: %s %s %v", r.Status, body, err)
	}
	took := time.Since(start)
	b.add(fmt.Sprintf("start with %d parties until the first answer", b.parties), took <= 10*time.Second, fmt.Sprintf("%.1f s", took.Seconds()), "10 s", "")
	return b.asks(url)
}

// asks measures checks over HTTP beside a bare handler that answers the same
// bytes, in one run.
func (b *bench) asks(url string) error {
	question := url + "/api/v1/check?party=uscc:91110105MA0000007L&activity=" + activity
	r, err := http.Get(question)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(r.Body)
	r.Body.Close()
	if err != nil {
		return err
	}
	header := r.Header
	bare, stop, err := listen(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for k, v := range header {
			if k != "Date" && k != "Content-Length" {
				w.Header()[k] = v
			}
		}
		w.Write(body)
	}))
	if err != nil {
		return err
	}
	defer stop()
	var ours, plain float64
	for range 3 {
		o, err := hammer(question, b.seconds/3)
		if err != nil {
			return err
		}
		p, err := hammer(bare+"/api/v1/check?party=uscc:91110105MA0000007L&activity="+activity, b.seconds/3)
		if err != nil {
			return err
		}
		ours, plain = max(ours, o), max(plain, p)
	}
	b.add("HTTP checks beside a bare net/http handler that answers the same bytes", ours/plain >= 0.7, fmt.Sprintf("%.2f of it (%.0f/s, bare %.0f/s)", ours/plain, ours, plain), "0.7", "asker on the same 2 cores")
	return nil
}
