// Command release builds the command for every platform, the same bytes wherever
// it runs on the same commit with the same Go: archives with README, licence and
// documents, a bill of materials for each, and SHA256SUMS.
//
//	go run ./internal/release -out dist
//
// The version is the tag of the commit, or else its time and hash.
package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// platforms are what is released, in the order of SHA256SUMS.
var platforms = [...]platform{
	{"darwin", "amd64"}, {"darwin", "arm64"}, {"linux", "amd64"}, {"linux", "arm64"}, {"windows", "amd64"}, {"windows", "arm64"},
}

type platform struct{ os, arch string }

func (p platform) String() string { return p.os + "/" + p.arch }

func (p platform) binary() string {
	if p.os == "windows" {
		return "standing.exe"
	}
	return "standing"
}

// release is one run.
type release struct {
	out     string
	version string
	made    time.Time // of the commit: the time of every file in the archives
}

func main() {
	out := flag.String("out", "dist", "folder for the archives; what is in it goes")
	only := flag.String("only", "", "one platform, such as linux/amd64; all unless given")
	version := flag.String("version", "", "version; from git unless given")
	flag.Parse()
	if err := run(*out, *only, *version); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func run(out, only, version string) error {
	seconds, err := git("log", "-1", "--format=%ct")
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return err
	}
	r := release{out: out, version: version, made: time.Unix(n, 0).UTC()}
	if r.version == "" {
		if r.version, err = versionOf(r.made); err != nil {
			return err
		}
	}
	if err := errors.Join(os.RemoveAll(out), os.MkdirAll(out, 0o755)); err != nil {
		return err
	}
	var sums bytes.Buffer
	found := false
	for _, p := range platforms {
		if only != "" && only != p.String() {
			continue
		}
		found = true
		names, err := r.platform(p)
		if err != nil {
			return fmt.Errorf("%s: %w", p, err)
		}
		for _, name := range names {
			b, err := os.ReadFile(filepath.Join(out, name))
			if err != nil {
				return err
			}
			fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(b), name)
			fmt.Println(filepath.Join(out, name))
		}
	}
	if !found {
		return fmt.Errorf("%s is not among the platforms: %v", only, platforms)
	}
	return os.WriteFile(filepath.Join(out, "SHA256SUMS"), sums.Bytes(), 0o644)
}

// versionOf is the tag of the commit without its v, or 0.0.0-TIME-HASH; a tree
// that is not committed is said to be so.
func versionOf(made time.Time) (string, error) {
	hash, err := git("rev-parse", "--short=12", "HEAD")
	if err != nil {
		return "", err
	}
	version := "0.0.0-" + made.Format("20060102150405") + "-" + hash
	if tag, err := git("describe", "--tags", "--exact-match", "--match", "v*"); err == nil {
		version = strings.TrimPrefix(tag, "v")
	}
	changed, err := git("status", "--porcelain", "--untracked-files=no")
	if changed != "" {
		version += "+changed"
	}
	return version, err
}

func git(args ...string) (string, error) {
	out, err := exec.Command("git", args...).Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}

// platform builds, packs and describes one platform and returns the names of the
// files made.
func (r *release) platform(p platform) ([]string, error) {
	dir, err := os.MkdirTemp("", "release")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, p.binary())
	// No version control stamp: it would tell apart builds of one commit in a
	// tree with and without .git. The version is written in by name.
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w -buildid= -X main.released="+r.version, "-o", binary, "./cmd/standing")
	cmd.Env = append(os.Environ(), "GOOS="+p.os, "GOARCH="+p.arch, "CGO_ENABLED=0", "GOFLAGS=-mod=readonly", "GOAMD64=v1", "GOARM64=v8.0")
	if text, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, text)
	}
	base := fmt.Sprintf("standing_%s_%s_%s", r.version, p.os, p.arch)
	files, err := r.contents(binary, p)
	if err != nil {
		return nil, err
	}
	pack, name := tarball, base+".tar.gz"
	if p.os == "windows" {
		pack, name = zipped, base+".zip"
	}
	archive, err := pack(base, files, r.made)
	if err != nil {
		return nil, err
	}
	bill, err := r.bill(binary, p)
	if err != nil {
		return nil, err
	}
	return []string{name, base + ".cdx.json"}, errors.Join(
		os.WriteFile(filepath.Join(r.out, name), archive, 0o644), os.WriteFile(filepath.Join(r.out, base+".cdx.json"), bill, 0o644))
}

// file is what goes into an archive.
type file struct {
	name string
	mode fs.FileMode
	data []byte
}

// contents are the binary and what a reader needs beside it.
func (r *release) contents(binary string, p platform) ([]file, error) {
	data, err := os.ReadFile(binary)
	if err != nil {
		return nil, err
	}
	files := []file{{p.binary(), 0o755, data}}
	for _, pattern := range []string{"README.md", "LICEN[CS]E*", "docs/*.md", "deploy/*"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if info, err := os.Stat(name); err != nil || info.IsDir() || strings.HasSuffix(name, ".go") {
				continue
			}
			data, err := os.ReadFile(name)
			if err != nil {
				return nil, err
			}
			files = append(files, file{filepath.ToSlash(name), 0o644, data})
		}
	}
	return files, nil
}
