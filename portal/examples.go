package portal

import (
	_ "embed"
	"strconv"
	"strings"
)

// example is something that the charter refuses, and how it passes. Its title and
// what to do stand in the words under "charter.example." and its id.
type example struct {
	id           string
	article      int
	kind         string
	wrong, right string
}

// Each example begins with a line "== ARTICLE KIND ID"; a line "--" parts what is
// wrong from what is right.
//
//go:embed trials/examples.txt
var exampleTexts string

// examples has at least one for every article, in their order; a test holds that
// each is refused under its article and passes when put right.
func examples() []example {
	var out []example
	for text := range strings.SplitSeq(strings.TrimPrefix(exampleTexts, "== "), "\n== ") {
		head, body, _ := strings.Cut(text, "\n")
		wrong, right, _ := strings.Cut(body, "\n--\n")
		fields := strings.Fields(head)
		if len(fields) != 3 || right == "" {
			panic("portal: trials/examples.txt: " + head) // embedded: a test would have said so
		}
		article, err := strconv.Atoi(fields[0])
		if err != nil {
			panic("portal: trials/examples.txt: " + err.Error()) // embedded
		}
		out = append(out, example{id: fields[2], article: article, kind: fields[1], wrong: strings.TrimSpace(wrong) + "\n", right: strings.TrimSpace(right) + "\n"})
	}
	return out
}
