package synth

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"io"
	"iter"
	"strconv"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// Line is one line of a file of statements: a submission in wire form and the
// instant at which it reaches the clerk.
type Line struct {
	At standing.Instant `json:"at"`
	api.Submission
}

// Received is a line as it was read.
type Received struct {
	At        standing.Instant
	Statement standing.Statement
	Openings  [][]byte
}

// maxLine bounds a line: a statement of the most acts with ordinary openings.
const maxLine = 64 << 20

// WriteJSONL signs the steps and writes them, one statement in a line. After
// each it tells progress, which may be nil, how many acts are written.
func WriteJSONL(out io.Writer, steps iter.Seq[Step], progress func(acts int)) error {
	b := bufio.NewWriterSize(out, 1<<20)
	acts := 0
	var line []byte
	for s := range steps {
		statement := s.Statement()
		line = appendLine(line[:0], s.At, &statement, s.Openings)
		if _, err := b.Write(line); err != nil {
			return err
		}
		if acts += len(s.Acts); progress != nil {
			progress(acts)
		}
	}
	return b.Flush()
}

func appendLine(b []byte, at standing.Instant, s *standing.Statement, openings [][]byte) []byte {
	b = append(append(append(b, `{"at":"`...), at.String()...), `","acts":`...)
	b = appendBase64s(b, s.Acts)
	b = appendBase64s(append(b, `,"openings":`...), openings)
	b = appendSignature(append(b, `,"signature":`...), &s.Signature)
	return append(b, "}\n"...)
}

func appendBase64s(b []byte, values [][]byte) []byte {
	b = append(b, '[')
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		if v == nil {
			b = append(b, "null"...)
			continue
		}
		b = append(base64.StdEncoding.AppendEncode(append(b, '"'), v), '"')
	}
	return append(b, ']')
}

func appendSignature(b []byte, s *standing.Signature) []byte {
	b = append(append(append(b, `{"signer":"`...), s.Signer.String()...), '"')
	b = appendMember(b, "onBehalfOf", s.OnBehalfOf)
	b = appendMember(b, "algorithm", s.Algorithm.String())
	b = base64.StdEncoding.AppendEncode(append(b, `,"bytes":"`...), s.Bytes)
	b = append(b, '"')
	if s.Second != nil {
		b = appendSignature(append(b, `,"second":`...), s.Second)
	}
	return append(b, '}')
}

// ReadJSONL reads what WriteJSONL wrote. After an error, which names the line,
// it yields nothing more.
func ReadJSONL(in io.Reader) iter.Seq2[Received, error] {
	return func(yield func(Received, error) bool) {
		lines := bufio.NewScanner(in)
		lines.Buffer(make([]byte, 1<<20), maxLine)
		n := 0
		for lines.Scan() {
			n++
			if len(lines.Bytes()) == 0 {
				continue
			}
			got, err := parseLine(lines.Bytes())
			if err != nil {
				yield(Received{}, standing.Errorf(standing.Invalid, "line %s: %v", strconv.Itoa(n), err))
				return
			}
			if !yield(got, nil) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(Received{}, standing.Errorf(standing.Invalid, "line %s: %v", strconv.Itoa(n+1), err))
		}
	}
}

func parseLine(b []byte) (Received, error) {
	var line Line
	if err := json.Unmarshal(b, &line); err != nil {
		return Received{}, err
	}
	switch {
	case line.At == 0:
		return Received{}, standing.Errorf(standing.Invalid, "it does not say when (at)")
	case len(line.Openings) != len(line.Acts):
		return Received{}, standing.Errorf(standing.Invalid, "%d openings for %d acts", len(line.Openings), len(line.Acts))
	}
	sig, err := signatureOf(&line.Signature, 0)
	if err != nil {
		return Received{}, err
	}
	out := Received{At: line.At, Statement: standing.Statement{Acts: line.Acts, Signature: *sig}, Openings: line.Openings}
	return out, out.Statement.Check()
}

// signatureOf reads a signature in wire form. A second has no second.
func signatureOf(w *api.SignatureWire, depth int) (*standing.Signature, error) {
	out := &standing.Signature{OnBehalfOf: w.OnBehalfOf, Bytes: w.Bytes}
	for _, a := range []standing.Algorithm{standing.Ed25519, standing.Intake} {
		if a.String() == w.Algorithm {
			out.Algorithm = a
		}
	}
	var err error
	if out.Signer, err = parseKeyID(w.Signer); err != nil {
		return nil, err
	}
	if out.Algorithm == 0 || depth > 1 {
		return nil, standing.Errorf(standing.Unsupported, "signature %d of algorithm %.20q", depth+1, w.Algorithm)
	}
	if w.Second != nil {
		out.Second, err = signatureOf(w.Second, depth+1)
	}
	return out, err
}

func parseKeyID(s string) (standing.KeyID, error) {
	var d standing.Digest
	if err := d.UnmarshalText([]byte(s + s)); err != nil || len(s) != 32 {
		return standing.KeyID{}, standing.Errorf(standing.Invalid, "%.40q is not a key id: 32 hex digits are expected", s)
	}
	return standing.KeyID(d[:16]), nil
}
