package keyfile

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/openstanding/standing/privacy"
)

// Secret is what a secrets file holds. It does not print.
type Secret struct {
	Master [32]byte       // wraps the party keys
	Pepper privacy.Pepper // makes the look-up keys
	Second privacy.Pepper // the pepper that a rotation moves to
}

// Format keeps a secret out of logs, whatever the verb.
func (Secret) Format(s fmt.State, _ rune) { fmt.Fprint(s, "secret(hidden)") }

// secretsVersion is the first line of a secrets file.
const secretsVersion = "standing-secrets v1"

// Secrets reads the secrets file at path, or creates it with fresh secrets,
// mode 0600, if there is none. Whoever has this file and the key file can read
// everything; whoever loses it can read nothing: keep a copy of it in a safe,
// apart from all back-ups. A file that others can read is refused.
func Secrets(path string) (Secret, error) {
	s, err := ReadSecrets(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	for _, secret := range [][]byte{s.Master[:], s.Pepper[:], s.Second[:]} {
		if _, err := rand.Read(secret); err != nil {
			return Secret{}, fmt.Errorf("secrets: %w", err)
		}
	}
	err = writeNew(path, s.Text())
	if errors.Is(err, fs.ErrExist) { // another process was faster
		return ReadSecrets(path)
	}
	if err != nil {
		return Secret{}, fmt.Errorf("secrets: create %s: %w", path, err)
	}
	return s, nil
}

// ReadSecrets reads the secrets file at path; none is fs.ErrNotExist.
func ReadSecrets(path string) (Secret, error) {
	f, err := os.Open(path)
	if err != nil {
		return Secret{}, fmt.Errorf("secrets: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Secret{}, fmt.Errorf("secrets: %w", err)
	}
	if mode := info.Mode().Perm(); checkMode && mode&0o027 != 0 {
		return Secret{}, fmt.Errorf("secrets: %s has mode %04o: others can read it or its group can write it; run chmod 600 %s, and if others may have read it, treat its secrets as known to them", path, mode, path)
	}
	text, err := io.ReadAll(io.LimitReader(f, 1<<16))
	if err != nil {
		return Secret{}, fmt.Errorf("secrets: %w", err)
	}
	s, err := ParseSecrets(text)
	if err != nil {
		return Secret{}, fmt.Errorf("secrets: %s: %w", path, err)
	}
	return s, nil
}

// ParseSecrets reads the text of a secrets file: a version line, then one
// "name hex" line per secret, each once, in any order; blank lines and lines
// that begin with '#' are skipped. Errors name the line, never its content.
func ParseSecrets(text []byte) (Secret, error) {
	var s Secret
	fields := map[string][]byte{"master": s.Master[:], "pepper": s.Pepper[:], "second-pepper": s.Second[:]}
	lines := bufio.NewScanner(bytes.NewReader(text))
	if !lines.Scan() || strings.TrimSpace(lines.Text()) != secretsVersion {
		return Secret{}, fmt.Errorf("line 1: want %q; is it the right file?", secretsVersion)
	}
	for n := 2; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, _ := strings.Cut(line, " ")
		field, ok := fields[name]
		if !ok {
			return Secret{}, fmt.Errorf("line %d: not one of master, pepper, second-pepper, each once", n)
		}
		delete(fields, name)
		b, err := hex.DecodeString(strings.TrimSpace(value))
		if err != nil || len(b) != len(field) || bytes.Equal(b, make([]byte, len(b))) {
			return Secret{}, fmt.Errorf("line %d: %s must be 64 hexadecimal digits, not all zero; restore the file from the safe", n, name)
		}
		copy(field, b)
	}
	if err := lines.Err(); err != nil {
		return Secret{}, err
	}
	if len(fields) > 0 {
		return Secret{}, errors.New("master, pepper and second-pepper must all be there; restore the file from the safe (or, if its creation was cut off and nothing was stored yet, remove it)")
	}
	return s, nil
}

// Text returns the content of a secrets file; ParseSecrets reads it back.
func (s Secret) Text() []byte {
	return fmt.Appendf(nil, `%s
# The register's secrets. Keep one copy in a safe, and none in a back-up of the
# database or of the key file. Lost, no personal data can be read again.
master %x
pepper %x
second-pepper %x
`, secretsVersion, s.Master, [32]byte(s.Pepper), [32]byte(s.Second))
}

// writeNew creates path with this content, mode 0600, durable on return; an
// existing file is fs.ErrExist and stays. A crash in it can leave a short file,
// which the readers above and in Open refuse, saying what to do.
func writeNew(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return syncDir(filepath.Dir(path))
}
