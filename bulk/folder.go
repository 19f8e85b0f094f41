package bulk

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Folder shows what is published in dir under its stable names: the files of
// the newest issue, and statistics/. A file that is open stays what it is when
// the next issue takes its place. Nothing published yet: every file is
// fs.ErrNotExist.
func Folder(dir string) fs.FS { return folder(dir) }

type folder string

// Open implements fs.FS.
func (d folder) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if strings.Contains(name, unfinished) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	if name == statisticsFolder || strings.HasPrefix(name, statisticsFolder+"/") {
		return os.Open(filepath.Join(string(d), filepath.FromSlash(name)))
	}
	f, err := d.open(name)
	if err != nil {
		// The issue may have been replaced between asking for it and opening it.
		f, err = d.open(name)
	}
	return f, err
}

func (d folder) open(name string) (fs.File, error) {
	current, err := os.ReadFile(filepath.Join(string(d), currentFile))
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	version := strings.TrimSpace(string(current))
	if !fs.ValidPath(version) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return os.Open(filepath.Join(string(d), issuesFolder, version, filepath.FromSlash(name)))
}
