package keyfile_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/openstanding/standing/internal/keyfile"
)

func TestSecrets(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secrets")
	if _, err := keyfile.ReadSecrets(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	s, err := keyfile.Secrets(path)
	if err != nil {
		t.Fatal(err)
	}
	if s.Master == [32]byte{} || s.Pepper == s.Second || s.Master == [32]byte(s.Pepper) {
		t.Error("secrets are not fresh and distinct")
	}
	for _, read := range []func(string) (keyfile.Secret, error){keyfile.Secrets, keyfile.ReadSecrets} {
		if again, err := read(path); err != nil || again != s {
			t.Errorf("read back: %v", err)
		}
	}
	if runtime.GOOS != "windows" {
		testModes(t, path)
	}
}

func testModes(t *testing.T, path string) {
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("created with mode %v", info.Mode())
	}
	for mode, ok := range map[os.FileMode]bool{0o400: true, 0o600: true, 0o640: true, 0o644: false, 0o604: false, 0o660: false, 0o777: false} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		_, err := keyfile.Secrets(path)
		if ok != (err == nil) {
			t.Errorf("mode %o: %v", mode, err)
		}
		if err != nil && !strings.Contains(err.Error(), "chmod 600 "+path) {
			t.Errorf("mode %o: the error does not say what to do: %v", mode, err)
		}
	}
}

func TestParseSecretsErrors(t *testing.T) {
	const version = "standing-secrets v1\n"
	hex := strings.Repeat("ab", 32)
	good := version + "\n# note\nsecond-pepper " + hex + "\n master   " + hex + "\npepper " + hex
	if _, err := keyfile.ParseSecrets([]byte(good)); err != nil {
		t.Errorf("any order, comments, spaces: %v", err)
	}
	for name, c := range map[string]struct{ text, want string }{
		"empty":     {"", "line 1"},
		"version":   {"standing-secrets v2\n", "line 1"},
		"missing":   {version + "master " + hex, "must all be there"},
		"unknown":   {version + "salt " + hex, "line 2"},
		"duplicate": {good + "\npepper " + hex, "line 7"},
		"short":     {version + "\nmaster " + hex[2:], "line 3: master must be 64"},
		"zero":      {version + "pepper " + strings.Repeat("0", 64), "line 2: pepper must be 64"},
		"not hex":   {version + "pepper " + strings.Repeat("x", 64), "line 2: pepper must be 64"},
		"no value":  {version + "pepper", "line 2: pepper must be 64"},
		"long line": {version + strings.Repeat("x", 70_000), "too long"},
	} {
		_, err := keyfile.ParseSecrets([]byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		} else if strings.Contains(err.Error(), hex[2:]) {
			t.Errorf("%s: the error shows a secret: %v", name, err)
		}
	}
}

func TestSecretDoesNotPrint(t *testing.T) {
	s := keyfile.Secret{Master: [32]byte{0xAB, 0xCD}}
	for _, verb := range []string{"%v", "%+v", "%#v", "%x", "%s"} {
		if out := strings.ToLower(fmt.Sprintf(verb, struct{ S keyfile.Secret }{s})); strings.Contains(out, "ab") || strings.Contains(out, "171") {
			t.Errorf("%s prints the secret: %s", verb, out)
		}
	}
}

func FuzzParseSecrets(f *testing.F) {
	f.Add([]byte("standing-secrets v1\nmaster 00\n"))
	f.Add(keyfile.Secret{Master: [32]byte{1}, Pepper: [32]byte{2}, Second: [32]byte{3}}.Text())
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := keyfile.ParseSecrets(text)
		if err != nil {
			return
		}
		if again, err := keyfile.ParseSecrets(s.Text()); err != nil || again != s {
			t.Errorf("written and read again: %v", err)
		}
	})
}
