package browser

import (
	"context"
	"fmt"
	"net/url"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// pageLimit bounds one look at a page.
const pageLimit = time.Minute

// chromium starts a browser.
func chromium(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Fatal("there is no Chromium: install it (Debian: apt-get install chromium), or run make test, which does")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.WSURLReadTimeout(time.Minute))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewContext(ctx)
	t.Cleanup(stop)
	if err := chromedp.Run(ctx); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	return ctx
}

// visit is what a page did while it was shown.
type visit struct {
	mu       sync.Mutex
	host     string
	problems []string
	bytes    float64 // over the wire
}

func (v *visit) note(format string, args ...any) {
	v.problems = append(v.problems, fmt.Sprintf(format, args...))
}

// listen notes errors of the console, failed requests and requests to others.
func (v *visit) listen(ctx context.Context) {
	chromedp.ListenTarget(ctx, func(event any) {
		v.mu.Lock()
		defer v.mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			v.note("exception: %s", e.ExceptionDetails.Error())
		case *runtime.EventConsoleAPICalled:
			if e.Type == runtime.APITypeError || e.Type == runtime.APITypeWarning {
				v.note("console: %s", e.Type)
			}
		case *log.EventEntryAdded:
			if e.Entry.Level == log.LevelError || e.Entry.Level == log.LevelWarning {
				v.note("console: %s %s", e.Entry.Text, e.Entry.URL)
			}
		case *network.EventRequestWillBeSent:
			if u, err := url.Parse(e.Request.URL); err == nil && u.Host != v.host && u.Scheme != "data" {
				v.note("asks %s", e.Request.URL)
			}
		case *network.EventResponseReceived:
			if e.Response.Status >= 400 {
				v.note("%d for %s", e.Response.Status, e.Response.URL)
			}
		case *network.EventLoadingFinished:
			v.bytes += e.EncodedDataLength
		}
	})
}

// tab opens a tab of its own, with or without JavaScript.
func tab(browser context.Context, v *visit, scripts bool) (context.Context, func(), error) {
	ctx, cancel := chromedp.NewContext(browser)
	ctx, end := context.WithTimeout(ctx, pageLimit)
	v.listen(ctx)
	err := chromedp.Run(ctx, network.Enable(), log.Enable(), emulation.SetScriptExecutionDisabled(!scripts))
	return ctx, func() { end(); cancel() }, err
}

// theme sets what the reader prefers. Without motion a change of theme is there
// at once.
func theme(name string) chromedp.Action {
	return emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}, {Name: "prefers-reduced-motion", Value: "reduce"}})
}

func withLang(path, lang string) string {
	sign := "?"
	if strings.Contains(path, "?") {
		sign = "&"
	}
	return path + sign + "lang=" + lang
}

// awaited waits for the promise that a script comes to.
func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
