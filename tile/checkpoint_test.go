package tile_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/openstanding/standing/tile"
)

const origin = "register.example/log"

// counting yields 0, 1, 2, ... so that keys, and golden bytes, never change.
type counting byte

func (c *counting) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(*c)
		*c++
	}
	return len(p), nil
}

func keys(t testing.TB, name string, rand io.Reader) (note.Signer, note.Verifier) {
	t.Helper()
	private, public, err := tile.NewKey(name, rand)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(private)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		t.Fatal(err)
	}
	return signer, verifier
}

func TestCheckpointGolden(t *testing.T) {
	signer, verifier := keys(t, origin, new(counting))
	a, _ := build(t, 600, 600)
	c := tile.Checkpoint{Origin: origin, Size: a.Size(), Root: a.Root()}
	got, err := tile.Sign(c, signer)
	if err != nil {
		t.Fatal(err)
	}
	const want = `register.example/log
600
fRe3kmssiU9pSDljcX/AMJ4XGb6WWlEJe82s220pMyc=

— register.example/log NK44ZMVK3bHZC65DCI7J5CHn3pAWeFoUqIKj+bTzrwUYuvXbAIDBssoXJ12RdthO3JQEohibfmIN0RLM3c+c2m6nTQw=
`
	if string(got) != want {
		t.Errorf("a checkpoint's bytes changed:\n%s\nwant\n%s", got, want)
	}
	back, err := tile.Open(got, verifier)
	if err != nil || back.Origin != c.Origin || back.Size != c.Size || back.Root != c.Root || back.Extensions != nil {
		t.Errorf("Open = %+v, %v", back, err)
	}
}

// The example of C2SP tlog-checkpoint.
const specText = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"

func TestCheckpointText(t *testing.T) {
	c, err := tile.ParseCheckpoint(specText)
	if err != nil || c.Origin != "example.com/behind-the-sofa" || c.Size != 20852163 {
		t.Fatalf("%+v, %v", c, err)
	}
	c.Extensions = []string{"one", "two words"}
	text, err := c.Text()
	if err != nil || text != specText+"one\ntwo words\n" {
		t.Errorf("with extensions: %q, %v", text, err)
	}
	if again, err := tile.ParseCheckpoint(text); err != nil || !slices.Equal(again.Extensions, c.Extensions) {
		t.Errorf("with extensions, read: %+v, %v", again, err)
	}
	zero := tile.Checkpoint{Origin: "x", Root: tile.Appender{}.Root()}
	if text, err := zero.Text(); err != nil || text != "x\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n" {
		t.Errorf("the empty log: %q, %v", text, err)
	}
	for name, c := range map[string]tile.Checkpoint{
		"no origin":       {},
		"line in origin":  {Origin: "a\nb"},
		"not UTF-8":       {Origin: "a\xff"},
		"too large":       {Origin: "a", Size: tile.MaxSize + 1},
		"empty extension": {Origin: "a", Extensions: []string{""}},
	} {
		if text, err := c.Text(); err == nil {
			t.Errorf("%s: %q", name, text)
		}
	}
	for _, text := range []string{
		"", "\n", "a\n1\n", strings.TrimSuffix(specText, "\n"), specText + "\n", "\n" + specText, specText + "\nx\n",
		strings.Replace(specText, "208", "0208", 1), strings.Replace(specText, "208", "+208", 1), strings.Replace(specText, "208", "-208", 1),
		strings.Replace(specText, "2085", "99999999992085", 1), strings.Replace(specText, "Cs", "C", 1), strings.Replace(specText, "2I=", "2J=", 1),
		strings.Replace(specText, "\n", "\r\n", -1),
	} {
		if c, err := tile.ParseCheckpoint(text); err == nil {
			t.Errorf("ParseCheckpoint(%q) = %+v", text, c)
		}
	}
}

func TestCheckpointSignatures(t *testing.T) {
	random := new(counting)
	signer, verifier := keys(t, origin, random)
	_, stranger := keys(t, origin, random)
	witness, _ := keys(t, "witness.example", random)
	c := tile.Checkpoint{Origin: origin, Size: 7, Root: tlog.Hash{1}}
	msg, err := tile.Sign(c, signer)
	if err != nil {
		t.Fatal(err)
	}
	var unverified *note.UnverifiedNoteError
	if _, err := tile.Open(msg, stranger); !errors.As(err, &unverified) {
		t.Errorf("another key of the same name: %v", err)
	}
	if _, err := tile.Open(bytes.Replace(msg, []byte("\n7\n"), []byte("\n8\n"), 1), verifier); err == nil {
		t.Error("a changed checkpoint opens")
	}
	if _, err := tile.Sign(c, witness); err == nil {
		t.Error("a witness signed as the log")
	}
	if _, err := tile.Sign(tile.Checkpoint{Origin: origin, Extensions: []string{"\x01"}}, signer); err == nil {
		t.Error("signed a line that is no text")
	}
	text, _ := c.Text()
	both, err := note.Sign(&note.Note{Text: text}, witness, signer)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := tile.Open(both, verifier); err != nil || got.Size != 7 {
		t.Errorf("with a witness: %+v, %v", got, err)
	}
	for _, text := range []string{strings.Replace(text, origin, "other.example", 1), "not a checkpoint\n"} {
		other, err := note.Sign(&note.Note{Text: text}, signer)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := tile.Open(other, verifier); err == nil {
			t.Errorf("well signed, but not this log's checkpoint: %+v", got)
		}
	}
	for _, name := range []string{"", "two words", "a+b"} {
		if _, _, err := tile.NewKey(name, random); err == nil {
			t.Errorf("a key named %q", name)
		}
	}
	if _, _, err := tile.NewKey(origin, strings.NewReader("short")); err == nil {
		t.Error("a key without randomness")
	}
}

func FuzzOpen(f *testing.F) {
	signer, verifier := keys(f, origin, new(counting))
	msg, err := tile.Sign(tile.Checkpoint{Origin: origin, Size: 7}, signer)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(msg)
	f.Add([]byte(specText))
	text, _, _ := bytes.Cut(msg, []byte("\n\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if c, err := tile.Open(b, verifier); err == nil && !bytes.HasPrefix(b, text) {
			t.Errorf("opened a forgery: %+v", c)
		}
		if c, err := tile.ParseCheckpoint(string(b)); err == nil {
			if again, err := c.Text(); err != nil || again != string(b) {
				t.Errorf("%q is read as %q, %v", b, again, err)
			}
		}
	})
}
