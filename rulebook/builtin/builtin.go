// Package builtin holds the rulebooks that are shipped with the program, as
// texts. Each names its sources and what of it is illustrative.
package builtin

import (
	"embed"
	"slices"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/rulebook"
)

//go:embed *.yaml
var texts embed.FS

// Names lists the shipped rulebooks in order.
func Names() []string {
	entries, _ := texts.ReadDir(".") // an embedded folder is always there
	var out []string
	for _, e := range entries {
		out = append(out, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	slices.Sort(out)
	return out
}

// Text is the text of a shipped rulebook; NotFound.
func Text(name string) ([]byte, error) {
	b, err := texts.ReadFile(name + ".yaml")
	if err != nil {
		return nil, standing.Errorf(standing.NotFound, "no rulebook %.60q is shipped: there are %s", name, strings.Join(Names(), ", "))
	}
	return b, nil
}

// Load compiles a shipped rulebook.
func Load(name string) (*rulebook.Compiled, error) {
	text, err := Text(name)
	if err != nil {
		return nil, err
	}
	return rulebook.Load(text)
}
