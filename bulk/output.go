package bulk

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"

	"github.com/klauspost/compress/gzip"

	"github.com/openstanding/standing"
)

// output is a file on its way to disk, digested and counted as it is written.
type output struct {
	path string
	file file
	buf  *bufio.Writer
	sum  hash.Hash
	n    int64
}

func createOutput(d disk, root, path string) (*output, error) {
	f, err := d.Create(join(root, path))
	if err != nil {
		return nil, err
	}
	o := &output{path: path, file: f, sum: sha256.New()}
	o.buf = bufio.NewWriterSize(writerFunc(o.write), 128<<10)
	return o, nil
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func (o *output) write(p []byte) (int, error) {
	n, err := o.file.Write(p)
	o.sum.Write(p[:n])
	o.n += int64(n)
	return n, err
}

// Write implements io.Writer.
func (o *output) Write(p []byte) (int, error) { return o.buf.Write(p) }

// finish makes the file durable and says what it is.
func (o *output) finish() (File, error) {
	err := errors.Join(o.buf.Flush(), o.file.Sync(), o.file.Close())
	if err != nil {
		return File{}, fmt.Errorf("%s: %w", o.path, err)
	}
	return File{Path: o.path, Bytes: o.n, SHA256: standing.Digest(o.sum.Sum(nil))}, nil
}

// abandon closes the file as it is.
func (o *output) abandon() { o.file.Close() }

// zipped is an output compressed by gzip without time or name, so that the same
// rows are the same bytes.
type zipped struct {
	*output
	zip *gzip.Writer
}

// gzipLevel is where this compressor is both quick and small on such rows.
const gzipLevel = 5

func createZipped(d disk, root, path string) (*zipped, error) {
	o, err := createOutput(d, root, path)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewWriterLevel(o, gzipLevel)
	return &zipped{o, z}, err
}

// Write implements io.Writer.
func (z *zipped) Write(p []byte) (int, error) { return z.zip.Write(p) }

func (z *zipped) finish() (File, error) {
	if err := z.zip.Close(); err != nil {
		z.abandon()
		return File{}, fmt.Errorf("%s: %w", z.path, err)
	}
	return z.output.finish()
}

// maxLine bounds a line of a file that is read back; none that is written comes
// near it.
const maxLine = 16 << 20

// lines reads a file line by line.
type lines struct {
	r    *bufio.Reader
	long []byte
}

func newLines(r io.Reader) *lines { return &lines{r: bufio.NewReaderSize(r, 256<<10)} }

// next returns the next line with its line feed; it is valid until the next
// call. io.EOF says that there is none, io.ErrUnexpectedEOF that the last one
// has no line feed.
func (l *lines) next() ([]byte, error) {
	b, err := l.r.ReadSlice('\n')
	if err == nil {
		return b, nil
	}
	l.long = append(l.long[:0], b...)
	for errors.Is(err, bufio.ErrBufferFull) {
		if len(l.long) > maxLine {
			return nil, standing.Errorf(standing.TooLarge, "a line is longer than %d bytes", maxLine)
		}
		b, err = l.r.ReadSlice('\n')
		l.long = append(l.long, b...)
	}
	switch {
	case err == nil:
		return l.long, nil
	case err == io.EOF && len(l.long) > 0:
		return nil, io.ErrUnexpectedEOF
	}
	return nil, err
}

// zippedLines reads the lines of a gzip file.
type zippedLines struct {
	lines
	file io.ReadCloser
}

func openLines(d disk, path string) (*zippedLines, error) {
	f, err := d.Open(path)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bufio.NewReaderSize(f, 128<<10))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), f.Close())
	}
	return &zippedLines{*newLines(z), f}, nil
}

func (z *zippedLines) close() error { return z.file.Close() }
