package main

import (
	"runtime"
	"runtime/debug"
	"strings"
)

// released is set by the release build (-ldflags -X); otherwise the version is
// what the Go command recorded.
var released string

// softwareVersion is the version of this program.
func softwareVersion() string {
	if released != "" {
		return released
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	version := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (version == "" || version == "(devel)") {
			version = s.Value
		}
	}
	return version
}

type versionCmd struct{}

// Run prints the version, how it was built, and every dependency.
func (versionCmd) Run(p *program) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	type module struct {
		Path    string `json:"path"`
		Version string `json:"version"`
		Sum     string `json:"sum,omitempty"`
	}
	deps := []module{}
	for _, d := range info.Deps {
		deps = append(deps, module{d.Path, d.Version, d.Sum})
	}
	if p.json {
		return p.printJSON(map[string]any{"version": softwareVersion(), "go": runtime.Version(), "platform": runtime.GOOS + "/" + runtime.GOARCH, "dependencies": deps})
	}
	say(p.out, "standing %s, %s, %s/%s\n", softwareVersion(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	for _, d := range deps {
		say(p.out, "  %s %s\n", d.Path, d.Version)
	}
	return nil
}

func trimmed(b []byte) string { return strings.TrimSpace(string(b)) }
