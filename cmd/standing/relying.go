package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/server"
)

type keyAPICmd struct {
	where
	Relying  string   `arg:"" help:"Code of the relying party, such as bank-of-samples."`
	Name     string   `help:"Its name." required:""`
	Purposes []string `help:"Why it may look up persons, such as procurement; none: organisations alone." name:"purpose"`
	File     string   `help:"File of relying parties; relying.yaml beside the secrets unless given." type:"path"`
}

// Run makes an API key, adds its digest to the file and prints the key once.
func (c *keyAPICmd) Run(p *program) error {
	if !standing.ValidCode(c.Relying) {
		return standing.Errorf(standing.Invalid, "%q is not a code: a-z, 0-9, . and - only", c.Relying)
	}
	path := c.File
	if path == "" {
		dir, err := c.where.folder()
		if err != nil {
			return err
		}
		path = filepath.Join(dir, "relying.yaml")
	}
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	key, digest, err := server.GenerateKey(randomness())
	if err != nil {
		return err
	}
	text := string(old)
	if text == "" {
		text = "relying:\n"
	}
	quoted := make([]string, len(c.Purposes))
	for i, s := range c.Purposes {
		quoted[i] = fmt.Sprintf("%q", s)
	}
	text += fmt.Sprintf("  - {id: %q, name: %q, keySHA256: %q, purposes: [%s]}\n", c.Relying, c.Name, digest, strings.Join(quoted, ", "))
	if _, err := server.LoadRelying([]byte(text)); err != nil {
		return err
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return err
	}
	say(p.out, "%s\n", key)
	say(p.errOut, "this key is printed once; its digest is in %s, which a running server reads when it starts again\n", path)
	return nil
}
