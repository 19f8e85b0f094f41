package browser

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// axe is axe-core (npm axe-core, MPL 2.0).
//
//go:embed testdata/axe.min.js
var axe string

// serve fills a register with a generated country and serves it.
func serve(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	bin := filepath.Join(dir, "standing")
	if out, err := exec.Command("go", "build", "-o", bin, "../../cmd/standing").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, bin, "demo", "--data", filepath.Join(dir, "data"), "--parties", "3000", "--listen", "127.0.0.1:0")
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 20 * time.Second
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cancel(); _ = cmd.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if base, ok := strings.CutPrefix(lines.Text(), "listening on "); ok {
			go func() {
				for lines.Scan() {
				}
			}()
			settled(t, base)
			return base
		}
	}
	t.Fatal("the register ended before it listened")
	return ""
}

// settled waits until everything can be browsed and is published.
func settled(t *testing.T, base string) {
	t.Helper()
	deadline := time.After(2 * time.Minute)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		var day struct{ Behind, Position uint64 }
		body, _, err := fetch(base + "/api/v1/today")
		if err == nil {
			err = json.Unmarshal([]byte(body), &day)
		}
		if err == nil && day.Behind == 0 && day.Position > 0 {
			if _, _, err = fetch(base + "/data/datapackage.json"); err == nil {
				return
			}
		}
		select {
		case <-deadline:
			t.Fatalf("not everything can be browsed after two minutes: %+v, %v", day, err)
		case <-tick.C:
		}
	}
}

// TestPortal serves one register to everything below.
func TestPortal(t *testing.T) {
	base, browser := serve(t), chromium(t)
	t.Run("weight", func(t *testing.T) { weight(t, base, browser) })
	t.Run("pages", func(t *testing.T) { everyKind(t, base, browser) })
}

// everyKind looks at pages of every kind.
func everyKind(t *testing.T, base string, browser context.Context) {
	pages := crawl(t, base)
	if len(pages) < 25 {
		t.Errorf("only %d pages were found: %v", len(pages), pages)
	}
	host := strings.TrimPrefix(base, "http://")
	var seen struct {
		sync.Mutex
		findings map[string][]string // by finding: where
	}
	seen.findings = map[string][]string{}
	report := func(where string, problems ...string) {
		seen.Lock()
		defer seen.Unlock()
		for _, p := range problems {
			seen.findings[p] = append(seen.findings[p], where)
		}
	}
	for _, path := range pages {
		for _, lang := range []string{"en", "zh"} {
			address := withLang(path, lang)
			for _, scripts := range []bool{false, true} {
				v := &visit{host: host}
				if err := look(browser, v, base+address, scripts, func(ctx context.Context) error {
					if !scripts {
						return nil
					}
					for _, colours := range []string{"light", "dark"} {
						found, err := inspect(ctx, colours)
						if err != nil {
							return err
						}
						report(address+" in "+colours, found...)
					}
					return pictures(ctx, path, lang)
				}); err != nil {
					t.Errorf("%s, scripts %v: %v", address, scripts, err)
				}
				report(fmt.Sprintf("%s, scripts %v", address, scripts), v.problems...)
			}
		}
	}
	for finding, where := range seen.findings {
		t.Errorf("%s\n  on %d looks, such as %s", finding, len(where), strings.Join(where[:min(len(where), 3)], ", "))
	}
}

// look shows a page in a tab of its own and then does something with it.
func look(browser context.Context, v *visit, address string, scripts bool, then func(ctx context.Context) error) error {
	ctx, done, err := tab(browser, v, scripts)
	defer done()
	if err != nil {
		return err
	}
	if err := chromedp.Run(ctx, chromedp.Navigate(address)); err != nil {
		return err
	}
	return then(ctx)
}

// inspect asks axe-core for violations of WCAG 2.2 A and AA.
func inspect(ctx context.Context, colours string) ([]string, error) {
	var raw string
	err := chromedp.Run(ctx, theme(colours), chromedp.Evaluate(axe, nil),
		chromedp.Evaluate(`axe.run(document, {runOnly: ["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa"]}).then(r => JSON.stringify(r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.slice(0, 3).map(n => n.target.join(" ") + " | " + (n.failureSummary || ""))}))))`,
			&raw, chromedp.EvalAsValue, awaited))
	if err != nil {
		return nil, err
	}
	var violations []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(raw), &violations); err != nil {
		return nil, err
	}
	var out []string
	for _, v := range violations {
		out = append(out, fmt.Sprintf("axe %s: %s: %s", v.ID, v.Help, strings.Join(v.Nodes, "; ")))
	}
	return out, nil
}

// widths are a phone's, a tablet's and a desktop's.
var widths = [...]int64{390, 820, 1440}

var unsafeName = regexp.MustCompile(`[^a-zA-Z0-9]+`)

// pictures takes pictures of a page where STANDING_LOOKS says, at three widths in
// both themes.
func pictures(ctx context.Context, path, lang string) error {
	dir := os.Getenv("STANDING_LOOKS")
	if dir == "" {
		return nil
	}
	for _, width := range widths {
		for _, colours := range []string{"light", "dark"} {
			var png []byte
			err := chromedp.Run(ctx, theme(colours), emulation.SetDeviceMetricsOverride(width, 900, 1, width < 500),
				chromedp.ActionFunc(func(ctx context.Context) (err error) {
					png, err = page.CaptureScreenshot().WithCaptureBeyondViewport(true).Do(ctx)
					return err
				}))
			if err != nil {
				return err
			}
			name := fmt.Sprintf("%s.%s.%d.%s.png", strings.Trim(unsafeName.ReplaceAllString(path, "-"), "-"), lang, width, colours)
			if err := os.WriteFile(filepath.Join(dir, name), png, 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}

// weight holds what a reader downloads: the first page, and those after it. It
// comes first, while the browser has kept nothing.
func weight(t *testing.T, base string, browser context.Context) {
	v := &visit{host: strings.TrimPrefix(base, "http://")}
	ctx, done, err := tab(browser, v, true)
	defer done()
	if err != nil {
		t.Fatal(err)
	}
	weigh := func(path string) float64 {
		t.Helper()
		v.mu.Lock()
		v.bytes = 0
		v.mu.Unlock()
		if err := chromedp.Run(ctx, chromedp.Navigate(base+path)); err != nil {
			t.Fatal(err)
		}
		v.mu.Lock()
		defer v.mu.Unlock()
		return v.bytes
	}
	first := weigh("/")
	if first > 120_000 || first == 0 {
		t.Errorf("the first page weighs %.0f bytes, more than 120,000", first)
	}
	for _, path := range []string{"/search?q=trading", "/statistics", "/lists", "/charter", "/entries"} {
		if n := weigh(path); n > 30_000 {
			t.Errorf("%s weighs %.0f bytes after the first page, more than 30,000", path, n)
		} else {
			t.Logf("%s: %.0f bytes", path, n)
		}
	}
	t.Logf("first page: %.0f bytes", first)
	typing(t, ctx, base)
	if len(v.problems) > 0 {
		t.Errorf("on the way: %s", v.problems)
	}
}

// typing holds that results follow what is typed, with what met it marked.
func typing(t *testing.T, ctx context.Context, base string) {
	t.Helper()
	var got struct{ Count, Marked, Address string }
	err := chromedp.Run(ctx, chromedp.Navigate(base+"/search?lang=en"), chromedp.WaitReady("#q"), chromedp.Focus("#q"), chromedp.Evaluate(`
		window.settled = new Promise(done => document.body.addEventListener("htmx:afterSettle", () => done({
			count: document.querySelector("#count").textContent.trim(),
			marked: document.querySelector("#results mark")?.textContent,
			address: location.pathname + location.search}))); 0`, nil),
		input.InsertText("trading"), chromedp.Evaluate("window.settled", &got, awaited))
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^[0-9,]+ parties$`).MatchString(got.Count) || !strings.EqualFold(got.Marked, "trading") || !strings.Contains(got.Address, "q=trading") {
		t.Errorf("typing into the search came to %+v", got)
	}
}
