package cluster

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestParseVersion(t *testing.T) {
	for line, want := range map[string]int{
		"postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n": 15,
		"postgres (PostgreSQL) 17":                               17,
		"postgres (PostgreSQL) 18beta1":                          18,
		"postgres (PostgreSQL) ":                                 0,
		"something else 9":                                       0,
	} {
		if got := parseVersion(line); got != want {
			t.Errorf("parseVersion(%q) = %d, want %d", line, got, want)
		}
	}
}

func TestNewestOfWhatIsInstalled(t *testing.T) {
	root := t.TempDir()
	for folder, line := range map[string]string{
		"14": "postgres (PostgreSQL) 14.9",
		"16": "postgres (PostgreSQL) 16.1",
		"9":  "not a server",
	} {
		if err := os.MkdirAll(filepath.Join(root, folder, "bin"), 0o755); err != nil {
			t.Fatal(err)
		}
		script := "#!/bin/sh\necho '" + line + "'\n"
		for _, name := range []string{"postgres", "initdb"} {
			if err := os.WriteFile(filepath.Join(root, folder, "bin", name), []byte(script), 0o755); err != nil {
				t.Fatal(err)
			}
		}
	}
	got, err := newest(t.Context(), installed([]string{root + "/*/bin"}))
	if want := filepath.Join(root, "16", "bin"); got != want || err != nil {
		t.Errorf("newest = %s, %v; want %s", got, err, want)
	}
	_, err = newest(t.Context(), installed([]string{root + "/14/bin", root + "/9/bin", root + "/absent"}))
	if !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "sudo apt-get install postgresql") {
		t.Errorf("with an old server only: %v, want ErrMissing with its remedy", err)
	}
}

func TestReachable(t *testing.T) {
	if err := reachable("/tmp"); err != nil {
		t.Errorf("reachable(/tmp) = %v", err)
	}
	closed := filepath.Join(t.TempDir(), "closed")
	if err := os.Mkdir(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	inside := filepath.Join(closed, "open")
	if err := os.Mkdir(inside, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(inside, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{closed, inside, filepath.Join(closed, "absent")} {
		if reachable(dir) == nil {
			t.Errorf("reachable(%s) = nil, want why not", dir)
		}
	}
}
