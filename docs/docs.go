// Package docs holds the documents of the register, for the portal to show:
// NAME.md in English, NAME.zh.md in Chinese, and the decisions.
//
//	names, err := fs.Glob(docs.Files(), "*.md")
package docs

import (
	"embed"
	"io/fs"
)

//go:embed *.md decisions/*.md
var files embed.FS

// Files are the documents, under their names in this folder.
func Files() fs.FS { return files }
