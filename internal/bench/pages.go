package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// pages measures what a reader waits for: every kind of page, and searches, one
// after another over a connection that stays open.
func (b *bench) pages() error {
	bin, err := b.standing()
	if err != nil {
		return err
	}
	data := filepath.Join(b.dir, "country")
	if _, err := os.Stat(data); err != nil {
		if _, _, _, err := child(bin, "synth", "--parties", strconv.Itoa(b.parties), "--seed", "1", "--data", data); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Minute)
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
	v := &visitor{base: strings.TrimSpace(strings.TrimPrefix(line, "listening on "))}
	if err := v.ready(ctx); err != nil {
		return err
	}
	b.add(fmt.Sprintf("start with %d parties until all of it can be browsed", b.parties), true, fmt.Sprintf("%.0f s, then %.2f GiB", time.Since(start).Seconds(), resident(cmd.Process.Pid)), "none", "in the background; checks are answered from the first second")
	if err := v.sample(); err != nil {
		return err
	}
	var every []time.Duration
	worst := ""
	var worst99 time.Duration
	for name, address := range v.addresses() {
		took, err := v.visit(address, max(200, int(b.seconds*40)))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		every = append(every, took...)
		p50, p99 := percentiles(took)
		fmt.Fprintf(os.Stderr, "  %-28s p50 %8s  p99 %8s\n", name, p50.Round(10*time.Microsecond), p99.Round(10*time.Microsecond))
		if p99 > worst99 {
			worst, worst99 = name, p99
		}
		if name == "search" {
			b.add(fmt.Sprintf("search by name or identifier at %d parties, p99", b.parties), p99 <= 30*time.Millisecond, p99.Round(10*time.Microsecond).String(), "30 ms", "the page, as a reader gets it")
		}
	}
	p50, p99 := percentiles(every)
	b.add(fmt.Sprintf("any page at %d parties, p50 / p99", b.parties), p50 <= 5*time.Millisecond && worst99 <= 50*time.Millisecond,
		fmt.Sprintf("%s / %s, the slowest page's p99 %s (%s)", p50.Round(10*time.Microsecond), p99.Round(10*time.Microsecond), worst99.Round(10*time.Microsecond), worst), "5 / 50 ms", "")
	return nil
}

func percentiles(took []time.Duration) (p50, p99 time.Duration) {
	slices.Sort(took)
	return took[len(took)/2], took[len(took)*99/100]
}

// resident is the memory of a process in GiB.
func resident(pid int) float64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(b), "VmRSS:")
	var kb float64
	fmt.Sscan(rest, &kb)
	return kb / (1 << 20)
}

// visitor asks a register as somebody's browser would.
type visitor struct {
	base     string
	parties  []string
	names    []string
	listings []string
	rulings  []string
	lists    []string
}

func (v *visitor) get(path string, out any) error {
	r, err := http.Get(v.base + path)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	if r.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s %.200s", path, r.Status, body)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(body, out)
}

// ready waits until nothing is left to be taken in.
func (v *visitor) ready(ctx context.Context) error {
	for {
		var day struct{ Behind, Position uint64 }
		if err := v.get("/api/v1/today", &day); err == nil && day.Behind == 0 && day.Position > 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// sample collects what the register has, from all over it.
func (v *visitor) sample() error {
	for _, sort := range []string{"name", "newest"} {
		next := ""
		for range 20 {
			var page struct {
				Items []struct {
					Party string
					Names []string
				}
				Next string
			}
			if err := v.get("/api/v1/parties?limit=100&sort="+sort+next, &page); err != nil {
				return err
			}
			for _, p := range page.Items {
				v.parties, v.names = append(v.parties, p.Party), append(v.names, p.Names...)
			}
			if page.Next == "" {
				break
			}
			next = "&cursor=" + page.Next
		}
	}
	var page struct {
		Items []struct{ ID, Ruling, List string }
	}
	if err := v.get("/api/v1/listings?limit=100", &page); err != nil {
		return err
	}
	for _, l := range page.Items {
		v.listings, v.rulings, v.lists = append(v.listings, l.ID), append(v.rulings, l.Ruling), append(v.lists, l.List)
	}
	return nil
}

// addresses are ways to make an address of each kind.
func (v *visitor) addresses() map[string]func(r *rand.Rand) string {
	one := func(r *rand.Rand, of []string) string { return of[r.IntN(len(of))] }
	fixed := func(path string) func(*rand.Rand) string { return func(*rand.Rand) string { return path } }
	return map[string]func(r *rand.Rand) string{
		"home":             fixed("/"),
		"entries":          fixed("/entries"),
		"lists":            fixed("/lists"),
		"measures":         fixed("/measures"),
		"activities":       fixed("/activities"),
		"rulebooks":        fixed("/rulebooks"),
		"statistics":       fixed("/statistics"),
		"charter":          fixed("/charter"),
		"corrections":      fixed("/corrections"),
		"authorities":      fixed("/authorities"),
		"regions":          fixed("/regions/CN/37"),
		"feed":             fixed("/feeds/entries.atom"),
		"browse by name":   fixed("/search"),
		"browse, filtered": fixed("/search?region=CN/37&status=listed&sort=newest"),
		"browse, a region": fixed("/search?region=CN/37/10"),
		"search, common": func(r *rand.Rand) string {
			return "/search?q=" + url.QueryEscape(one(r, []string{"co", "ltd", "有限公司", "a", "trading"}))
		},
		"search": func(r *rand.Rand) string {
			if r.IntN(3) == 0 {
				_, id, _ := strings.Cut(one(r, v.parties), ":")
				return "/search?q=" + url.QueryEscape(id)
			}
			return "/search?q=" + url.QueryEscape(part(r, one(r, v.names)))
		},
		"party":   func(r *rand.Rand) string { return "/parties/" + one(r, v.parties) },
		"listing": func(r *rand.Rand) string { return "/listings/" + one(r, v.listings) },
		"ruling":  func(r *rand.Rand) string { return "/rulings/" + one(r, v.rulings) },
		"list":    func(r *rand.Rand) string { return "/lists/" + one(r, v.lists) },
		"check": func(r *rand.Rand) string {
			return "/check?party=" + url.QueryEscape(one(r, v.parties)) + "&activity=" + activity
		},
	}
}

// part is a stretch of a name, as people type it.
func part(r *rand.Rand, name string) string {
	runes := []rune(name)
	n := min(len(runes), 2+r.IntN(12))
	from := 0
	if runes[0] > 0x2e80 && len(runes) > n {
		from = r.IntN(len(runes) - n)
	}
	return string(runes[from : from+n])
}

// visit asks n times and returns how long each took.
func (v *visitor) visit(address func(r *rand.Rand) string, n int) ([]time.Duration, error) {
	r := rand.New(rand.NewPCG(1, 2))
	took := make([]time.Duration, 0, n)
	for range n {
		path := address(r)
		start := time.Now()
		if err := v.get(path, nil); err != nil {
			return nil, err
		}
		took = append(took, time.Since(start))
	}
	return took, nil
}
