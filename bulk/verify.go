package bulk

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/klauspost/compress/gzip"

	"github.com/openstanding/standing"
)

// Verify holds a published folder to its index: every file has its length and
// digest, both wholes have their roots, and each delta begins where the one
// before ended. All that is wrong is in the error.
func Verify(published fs.FS) error {
	b, err := fs.ReadFile(published, "index.json")
	if err != nil {
		return err
	}
	x, err := ParseIndex(b)
	if err != nil {
		return err
	}
	files := x.Files
	for i, d := range x.Deltas {
		files = append(files, d.Rows, d.FTM)
		next := x.Version
		if i+1 < len(x.Deltas) {
			next = x.Deltas[i+1].From
		}
		if d.Version != next {
			err = errors.Join(err, fmt.Errorf("delta %s leads to where none goes on: %s", d.Version, next))
		}
	}
	for _, f := range files {
		err = errors.Join(err, verifyFile(published, f))
	}
	return errors.Join(err, verifyRoot(published, "parties.jsonl.gz", x.Parties), verifyRoot(published, "listings.jsonl.gz", x.Listings))
}

func verifyFile(published fs.FS, want File) error {
	f, err := published.Open(want.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	if err == nil && (n != want.Bytes || standing.Digest(sum.Sum(nil)) != want.SHA256) {
		err = standing.Errorf(standing.Conflict, "%s is not the file of the index: %d bytes, %x", want.Path, n, sum.Sum(nil))
	}
	return err
}

func verifyRoot(published fs.FS, path string, want Root) error {
	f, err := published.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	got, err := RootOf(z)
	if err == nil && !got.Equal(want) {
		err = standing.Errorf(standing.Conflict, "%s has %d rows of root %s, the index says %d of %s", path, got.Rows, got.Digest, want.Rows, want.Digest)
	}
	return err
}
