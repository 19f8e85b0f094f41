package main

import (
	"fmt"
	"sort"
	"strings"

	"github.com/alecthomas/kong"
)

type completeCmd struct{}

// Run prints a completion script for bash made from the commands themselves:
//
//	source <(standing complete)
func (c *completeCmd) Run(p *program, k *kong.Kong) error {
	fmt.Fprintln(p.out, "# bash completion for standing: source <(standing complete)\n_standing() {\n  local path=\"\" w\n  for w in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do [[ $w == -* ]] || path=\"$path $w\"; done\n  local words=\"\"\n  case \"${path# }\" in")
	var walk func(n *kong.Node, path string)
	walk = func(n *kong.Node, path string) {
		var words []string
		for _, child := range n.Children {
			words = append(words, child.Name)
			defer walk(child, strings.TrimSpace(path+" "+child.Name))
		}
		for _, flag := range n.Flags {
			words = append(words, "--"+flag.Name)
		}
		sort.Strings(words)
		pattern := "\"" + path + "\""
		if len(n.Children) == 0 {
			pattern += "*"
		}
		fmt.Fprintf(p.out, "    %s) words=\"%s\" ;;\n", pattern, strings.Join(words, " "))
	}
	walk(k.Model.Node, "")
	fmt.Fprintln(p.out, "  esac\n  COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n}\ncomplete -o default -F _standing standing")
	return nil
}
