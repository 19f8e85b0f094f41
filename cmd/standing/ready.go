package main

import (
	"net/http"
	"strings"
	"time"

	"github.com/openstanding/standing"
)

type readyCmd struct {
	URL string `arg:"" help:"Address of the server, such as http://127.0.0.1:8080."`
}

// Run asks a server whether it is ready: for health checks where there is no curl.
func (c *readyCmd) Run(p *program) error {
	r, err := http.NewRequestWithContext(p.ctx, http.MethodGet, strings.TrimSuffix(c.URL, "/")+"/readyz", nil)
	if err != nil {
		return standing.Errorf(standing.Invalid, "%q is no address: write http://127.0.0.1:8080", c.URL)
	}
	client := http.Client{Timeout: 4 * time.Second}
	answer, err := client.Do(r)
	if err != nil {
		return standing.Errorf(standing.Unavailable, "%s does not answer: %v", c.URL, err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return standing.Errorf(standing.Unavailable, "%s is not ready: it answers %s", c.URL, answer.Status)
	}
	p.line("ready\n")
	return nil
}
