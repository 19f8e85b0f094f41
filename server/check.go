package server

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// Bounds of request bodies in bytes.
const (
	smallBody = 64 << 10
	batchBody = 4 << 20
	maxLine   = 16 << 10
)

const allNames = nameParty | nameActivity | nameRegion | nameAt | nameAsKnownOn | nameBirthDate | nameCountry | namePurpose

// check answers one question from the query string. It is the hot one.
func (s *server) check(w http.ResponseWriter, r *http.Request) error {
	var a asked
	if err := a.query(r.URL.RawQuery, allNames); err != nil {
		return err
	}
	if err := a.missing(); err != nil {
		return err
	}
	return s.checkOne(w, r, &a)
}

// checkBody answers one question from the body, so that an identifier need not
// stand in an address.
func (s *server) checkBody(w http.ResponseWriter, r *http.Request) error {
	var a asked
	if err := s.askedInBody(w, r, &a); err != nil {
		return err
	}
	return s.checkOne(w, r, &a)
}

func (s *server) askedInBody(w http.ResponseWriter, r *http.Request, a *asked) error {
	if err := a.query(r.URL.RawQuery, namePurpose); err != nil {
		return err
	}
	body, err := read(w, r, "application/json", smallBody)
	if err != nil {
		return err
	}
	return oneQuestion(body, &a.q)
}

func (s *server) checkOne(w http.ResponseWriter, r *http.Request, a *asked) error {
	caller, err := s.caller(r, a.purpose)
	if err != nil {
		return err
	}
	answer, err := s.reg.Check(r.Context(), caller, a.q)
	if err != nil {
		return without(caller, err)
	}
	buf := s.buffer()
	j := jsonWriter{b: *buf}
	j.answer(answer)
	*buf = j.b
	w.Header()["Cache-Control"] = noStore
	send(w, j.b)
	s.release(buf)
	return nil
}

// send writes a whole answer as JSON.
func send(w http.ResponseWriter, body []byte) {
	h := w.Header()
	h["Content-Type"] = jsonType
	if len(body) > 2000 { // below, net/http counts by itself
		h["Content-Length"] = []string{strconv.Itoa(len(body))}
	}
	_, _ = w.Write(body) // a client that has gone needs no answer
}

// flushAt is how many bytes of a long answer are collected before they are sent.
const flushAt = 32 << 10

// checks answers a batch: a JSON array, or a stream of lines.
func (s *server) checks(w http.ResponseWriter, r *http.Request) error {
	var a asked
	if err := a.query(r.URL.RawQuery, namePurpose); err != nil {
		return err
	}
	caller, err := s.caller(r, a.purpose)
	if err != nil {
		return err
	}
	switch media, ok := mediaOf(r); {
	case ok && media == asLines.media:
		return s.checkLines(w, r, caller)
	case !ok || media != asJSON.media:
		return wrongMedia(asJSON.media, asLines.media)
	}
	body, err := read(w, r, "application/json", batchBody)
	if err != nil {
		return err
	}
	list, err := questions(body)
	if err != nil {
		return err
	}
	h := w.Header()
	h["Content-Type"], h["Cache-Control"] = jsonType, noStore
	h.Add("Vary", "Accept-Language")
	buf := s.buffer()
	defer s.release(buf)
	j := jsonWriter{b: *buf, tongue: s.tongue(r)}
	j.open('[')
	for i := range list {
		s.outcome(r.Context(), caller, &list[i], &j)
		if len(j.b) >= flushAt {
			if _, err := w.Write(j.b); err != nil {
				return nil // the client has gone
			}
			j.b = j.b[:0]
		}
	}
	j.close(']')
	_, _ = w.Write(j.b)
	*buf = j.b
	return nil
}

// outcome answers one question of several.
func (s *server) outcome(ctx context.Context, caller api.Caller, q *api.Question, j *jsonWriter) {
	answer, err := s.reg.Check(ctx, caller, *q)
	if err != nil {
		p := api.ProblemIn(without(caller, err), j.tongue.Message)
		j.outcome(&api.Outcome{Problem: &p})
		return
	}
	j.outcome(&api.Outcome{Answer: answer})
}

// lineWait is how long a stream of questions may pause, and how long a client
// may take to read.
const lineWait = 30 * time.Second

// checkLines answers line by line while questions still come in. A line that is
// no question gets a problem in its place; one that is too long, or one too
// many, ends the stream.
func (s *server) checkLines(w http.ResponseWriter, r *http.Request, caller api.Caller) error {
	control := http.NewResponseController(w)
	_ = control.EnableFullDuplex() // where it cannot be had, lines are answered after all were read
	h := w.Header()
	h.Set("Content-Type", "application/x-ndjson")
	h["Cache-Control"] = noStore
	in := bufio.NewReaderSize(r.Body, maxLine)
	buf := s.buffer()
	defer s.release(buf)
	j := jsonWriter{b: *buf, tongue: s.tongue(r)}
	for n := 1; ; n++ {
		ready, _ := in.Peek(in.Buffered())
		if waits := bytes.IndexByte(ready, '\n') < 0; waits || len(j.b) >= flushAt {
			if !j.flush(w, control) {
				return nil // the client has gone
			}
			if waits {
				_ = control.SetReadDeadline(time.Now().Add(lineWait))
			}
		}
		line, err := in.ReadSlice('\n')
		last := err != nil
		if errors.Is(err, bufio.ErrBufferFull) || n > api.MaxLines {
			line, last = nil, true
			j.problemLine(&standing.Error{Kind: standing.TooLarge, What: "line " + strconv.Itoa(n) + " is longer than 16 KiB or beyond line 100,000", Do: "send the rest in another request"})
		} else if err != nil && err != io.EOF {
			return nil // the client has gone or is too slow
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			var q api.Question
			if err := oneQuestion(line, &q); err != nil {
				j.problemLine(err)
			} else {
				s.outcome(r.Context(), caller, &q, &j)
				j.newline()
			}
		}
		if last {
			_, _ = w.Write(j.b)
			*buf = j.b
			return nil
		}
	}
}

// flush sends what there is and reports whether anybody takes it.
func (j *jsonWriter) flush(w http.ResponseWriter, control *http.ResponseController) bool {
	if len(j.b) == 0 {
		return true
	}
	_ = control.SetWriteDeadline(time.Now().Add(lineWait))
	_, err := w.Write(j.b)
	if err == nil {
		err = control.Flush()
	}
	j.b = j.b[:0]
	return err == nil || errors.Is(err, http.ErrNotSupported)
}

func (j *jsonWriter) problemLine(err error) {
	p := api.ProblemIn(err, j.tongue.Message)
	j.outcome(&api.Outcome{Problem: &p})
	j.newline()
}

func (j *jsonWriter) newline() {
	j.b = append(j.b, '\n')
	j.comma = false
}

// read reads a body of one media type, up to a bound in bytes. A body that says
// itself that it is longer is refused before it is read.
func read(w http.ResponseWriter, r *http.Request, media string, bound int64) ([]byte, error) {
	if got, ok := mediaOf(r); !ok || got != media {
		return nil, wrongMedia(media)
	}
	tooLarge := &standing.Error{Kind: standing.TooLarge, What: "the body is longer than " + strconv.FormatInt(bound, 10) + " bytes", Do: "send less at a time"}
	if r.ContentLength > bound {
		return nil, tooLarge
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bound))
	var over *http.MaxBytesError
	switch {
	case errors.As(err, &over):
		return nil, tooLarge
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, httpProblem(http.StatusRequestTimeout, "the body did not come in the time that there is for it", "send it faster, or less at a time")
	case err != nil:
		return nil, malformed("the body ended before it was whole")
	}
	return body, nil
}
