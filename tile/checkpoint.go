package tile

import (
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint is what the log signs: at this size it has this root.
type Checkpoint struct {
	Origin     string // identity of the log, such as register.example/log
	Size       uint64
	Root       tlog.Hash
	Extensions []string // further lines, best left empty: no monitor audits them
}

// Text returns the body of the signed note.
func (c Checkpoint) Text() (string, error) {
	if c.Size > MaxSize {
		return "", fmt.Errorf("tile: checkpoint of size %d: at most %d", c.Size, uint64(MaxSize))
	}
	var b strings.Builder
	for _, line := range append([]string{c.Origin, strconv.FormatUint(c.Size, 10), c.Root.String()}, c.Extensions...) {
		if line == "" || !utf8.ValidString(line) || strings.ContainsFunc(line, unicode.IsControl) {
			return "", fmt.Errorf("tile: checkpoint line %q is empty or not a line of text", line)
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return b.String(), nil
}

// ParseCheckpoint reads the body of a signed note; it takes only what Text
// writes.
func ParseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 3 {
		return Checkpoint{}, fmt.Errorf("tile: a checkpoint of %d lines: want origin, size and root", len(lines))
	}
	c := Checkpoint{Origin: lines[0]}
	var err error
	if c.Size, err = strconv.ParseUint(lines[1], 10, 64); err != nil {
		return Checkpoint{}, fmt.Errorf("tile: checkpoint size: %w", err)
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return Checkpoint{}, fmt.Errorf("tile: checkpoint root %.60q is not base64 of %d bytes", lines[2], tlog.HashSize)
	}
	c.Root = tlog.Hash(root)
	if len(lines) > 3 {
		c.Extensions = lines[3:]
	}
	if again, err := c.Text(); err != nil || again != text {
		return Checkpoint{}, fmt.Errorf("tile: checkpoint of %.80q is not in canonical form", c.Origin)
	}
	return c, nil
}

// Sign returns the checkpoint as a signed note, as it is served and stored. The
// signer's name must be the origin, so that one log's key never signs for
// another.
func Sign(c Checkpoint, signer note.Signer) ([]byte, error) {
	if signer.Name() != c.Origin {
		return nil, fmt.Errorf("tile: the key of %q may not sign the checkpoint of %q", signer.Name(), c.Origin)
	}
	text, err := c.Text()
	if err != nil {
		return nil, err
	}
	msg, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		return nil, fmt.Errorf("tile: sign the checkpoint: %w", err)
	}
	return msg, nil
}

// Open verifies a signed checkpoint of the log that verifier belongs to. Other
// signatures, of witnesses for instance, are let be.
func Open(msg []byte, verifier note.Verifier) (Checkpoint, error) {
	n, err := note.Open(msg, note.VerifierList(verifier))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("tile: checkpoint for %q: %w", verifier.Name(), err)
	}
	c, err := ParseCheckpoint(n.Text)
	if err != nil {
		return Checkpoint{}, err
	}
	if c.Origin != verifier.Name() {
		return Checkpoint{}, fmt.Errorf("tile: the checkpoint is of %q, not of %q", c.Origin, verifier.Name())
	}
	return c, nil
}

// NewKey makes an Ed25519 key pair for the log named name, in the text forms
// that [note.NewSigner] and [note.NewVerifier] read. The name becomes the
// origin for ever: no spaces, no '+'.
func NewKey(name string, rand io.Reader) (private, public string, err error) {
	private, public, err = note.GenerateKey(rand, name)
	if err != nil {
		return "", "", fmt.Errorf("tile: make a key for %q: %w", name, err)
	}
	if _, err := note.NewVerifier(public); err != nil {
		return "", "", fmt.Errorf("tile: %q cannot name a log: it must not be empty nor hold spaces or '+'", name)
	}
	return private, public, nil
}
