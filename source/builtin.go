package source

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed builtin/*.yaml
var builtinFiles embed.FS

// The built-in lists, in the order in which they are shown.
var builtins = []string{"iadb", "ebrd", "bis-dpl", "br-sanctions"}

// BuiltinMapping returns the mapping by which a built-in format is read, to
// begin one's own with; false if there is no such format or it has none.
func BuiltinMapping(format string) ([]byte, bool) {
	if !slices.Contains(builtins, format) {
		return nil, false
	}
	text, err := builtinFiles.ReadFile("builtin/" + format + ".yaml")
	return text, err == nil
}

func builtin(format string) (*mapping, error) {
	text, ok := BuiltinMapping(format)
	if !ok {
		return nil, fmt.Errorf("source: no format %q; there are %s, csv, ftm", format, strings.Join(builtins, ", "))
	}
	return parseMapping(text)
}
