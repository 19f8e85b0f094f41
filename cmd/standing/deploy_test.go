package main

import (
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/goccy/go-yaml"
)

// This file holds what stands in deploy/ to the command: every command line there
// is one that it takes.

// takes fails unless the command understands a command line.
func takes(t *testing.T, where string, args []string) {
	t.Helper()
	for _, name := range []string{"STANDING_DATA", "STANDING_STORE", "STANDING_SECRETS"} {
		t.Setenv(name, "")
		os.Unsetenv(name)
	}
	var c cli
	parser, err := kong.New(&c, kong.Name("standing"), kong.Writers(io.Discard, io.Discard), kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(args); err != nil {
		t.Errorf("%s: standing %s: %v", where, strings.Join(args, " "), err)
	}
}

func deployed(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const installed = "/usr/local/bin/standing"

func TestDockerfile(t *testing.T) {
	last := map[string]string{} // instructions of the last stage
	text := strings.ReplaceAll(deployed(t, "Dockerfile"), "\\\n", " ")
	known := strings.Fields("FROM WORKDIR COPY RUN ARG USER VOLUME EXPOSE ENV HEALTHCHECK ENTRYPOINT CMD")
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		word, rest, _ := strings.Cut(line, " ")
		if !slices.Contains(known, word) {
			t.Errorf("no instruction: %q", line)
		}
		if word == "FROM" {
			clear(last)
		}
		last[word] = rest
	}
	if !strings.HasPrefix(last["USER"], "65532") || last["RUN"] != "" || !strings.HasSuffix(last["FROM"], ":nonroot") {
		t.Errorf("the last stage runs something, or as root: %v", last)
	}
	var entry, command, health []string
	_, check, _ := strings.Cut(last["HEALTHCHECK"], "CMD ")
	for from, to := range map[string]*[]string{last["ENTRYPOINT"]: &entry, last["CMD"]: &command, check: &health} {
		if err := json.Unmarshal([]byte(from), to); err != nil {
			t.Fatalf("%s: %v", from, err)
		}
	}
	if !slices.Equal(entry, []string{installed}) || health[0] != installed {
		t.Errorf("entry %v, health %v", entry, health)
	}
	takes(t, "Dockerfile", command)
	takes(t, "Dockerfile", health[1:])
}

// service is as much of a compose service as matters here.
type service struct {
	Image       string
	User        string
	Command     []string
	ReadOnly    bool     `yaml:"read_only"`
	CapDrop     []string `yaml:"cap_drop"`
	Ports       []string
	Volumes     []string
	Environment map[string]string
	DependsOn   map[string]struct{ Condition string } `yaml:"depends_on"`
	Healthcheck struct{ Test []string }
}

func TestCompose(t *testing.T) {
	var c struct {
		Services map[string]service
		Volumes  map[string]any
	}
	if err := yaml.Unmarshal([]byte(deployed(t, "compose.yaml")), &c); err != nil {
		t.Fatal(err)
	}
	r := c.Services["register"]
	takes(t, "compose.yaml", r.Command)
	if h := r.Healthcheck.Test; len(h) < 3 || h[0] != "CMD" || h[1] != installed {
		t.Errorf("health check %v", h)
	} else {
		takes(t, "compose.yaml", h[2:])
	}
	if !r.ReadOnly || !slices.Contains(r.CapDrop, "ALL") || r.DependsOn["postgres"].Condition != "service_healthy" {
		t.Errorf("the register is not as it is said to be: %+v", r)
	}
	for _, p := range r.Ports {
		if strings.Contains(p, "9090") || !strings.HasPrefix(p, "127.0.0.1:") {
			t.Errorf("port %s is open to everyone", p)
		}
	}
	for name, s := range c.Services {
		if len(s.Healthcheck.Test) == 0 || s.Image == "" {
			t.Errorf("service %s has no health check or image", name)
		}
		for _, v := range s.Volumes {
			from, _, _ := strings.Cut(v, ":")
			if _, there := c.Volumes[from]; !there && !strings.HasPrefix(from, "/") {
				t.Errorf("service %s: no volume %s", name, from)
			}
		}
	}
	u, _, _ := strings.Cut(strings.TrimPrefix(r.Environment["STANDING_STORE"], "postgres://standing:"), "@")
	if u == "" || u != c.Services["postgres"].Environment["POSTGRES_PASSWORD"] {
		t.Errorf("the register's password %q is not the database's", u)
	}
}

func TestUnits(t *testing.T) {
	dir := t.TempDir()
	self, err := os.Executable() // stands for the installed command
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, name := range []string{"standing.service", "standing-backup.service", "standing-backup.timer"} {
		text := deployed(t, name)
		for line := range strings.Lines(text) {
			command, ok := strings.CutPrefix(strings.TrimSpace(line), "ExecStart=")
			if !ok {
				continue
			}
			_, command, ok = strings.Cut(command, installed+" ")
			if !ok {
				t.Errorf("%s does not start the command: %s", name, line)
			}
			command, _, _ = strings.Cut(command, `"`)
			args := strings.Fields(command)
			if name == "standing-backup.service" {
				args = append(args, "somewhere")
			}
			takes(t, name, args)
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(text, installed, self)), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, path)
	}
	analyse, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not here: the units were read, not verified")
	}
	out, err := exec.Command(analyse, append([]string{"verify"}, files...)...).CombinedOutput()
	if err != nil || strings.Contains(string(out), "Unknown key") {
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
}
