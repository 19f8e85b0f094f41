package synth_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/openstanding/standing/synth"
)

func TestJSONLThereAndBack(t *testing.T) {
	w := world(t, 500, 4)
	var file bytes.Buffer
	told := 0
	if err := synth.WriteJSONL(&file, w.All(), func(n int) { told = n }); err != nil {
		t.Fatal(err)
	}
	next, stop := pull(w)
	defer stop()
	acts := 0
	for got, err := range synth.ReadJSONL(&file) {
		if err != nil {
			t.Fatal(err)
		}
		want, ok := next()
		if !ok {
			t.Fatal("more lines than steps")
		}
		statement := want.Statement()
		if got.At != want.At {
			t.Fatalf("at %s, want %s", got.At, want.At)
		}
		if diff := cmp.Diff(statement, got.Statement); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(want.Openings, got.Openings); diff != "" {
			t.Fatal(diff)
		}
		acts += len(got.Statement.Acts)
	}
	if _, more := next(); more || told != acts {
		t.Errorf("%d acts read, %d told, steps left: %v", acts, told, more)
	}
}

func TestReadJSONLRefuses(t *testing.T) {
	const sig = `"signature":{"signer":"00112233445566778899aabbccddeeff","algorithm":"ed25519","bytes":"AA=="}`
	for text, want := range map[string]string{
		`{`: "line 1",
		`{"acts":["AA=="],"openings":[null],` + sig + `}`:                                                              "when",
		`{"at":"2024-01-01","acts":["AA=="],` + sig + `}`:                                                              "0 openings for 1 acts",
		`{"at":"2024-01-01","acts":[],"openings":[],` + sig + `}`:                                                      "0 acts",
		`{"at":"2024-01-01","acts":["AA=="],"openings":[null],"signature":{}}`:                                         "key id",
		"\n\n" + `{"at":"2024-01-01","acts":["AA=="],"openings":[null],"signature":{"signer":"x"}}`:                    "line 3",
		`{"at":"2024-01-01","acts":["AA=="],"openings":[null],` + strings.Replace(sig, "ed25519", "webauthn", 1) + `}`: "algorithm",
	} {
		var got error
		for _, err := range synth.ReadJSONL(strings.NewReader(text)) {
			got = err
		}
		if got == nil || !strings.Contains(got.Error(), want) {
			t.Errorf("%s: %v, want %q", text, got, want)
		}
	}
}

func FuzzReadJSONL(f *testing.F) {
	var file bytes.Buffer
	w := world(f, 100, 1)
	n := 0
	err := synth.WriteJSONL(&file, func(yield func(synth.Step) bool) {
		for s := range w.All() {
			if n++; n > 6 || !yield(s) {
				return
			}
		}
	}, nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Add([]byte(`{"at":"2024-01-01","acts":["AA=="],"openings":[null],"signature":{"signer":"00112233445566778899aabbccddeeff","algorithm":"intake","onBehalfOf":"party","bytes":"AA=="}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		for got, err := range synth.ReadJSONL(bytes.NewReader(text)) {
			if err != nil {
				return
			}
			if got.At == 0 || len(got.Openings) != len(got.Statement.Acts) || got.Statement.Check() != nil {
				t.Fatalf("%+v", got)
			}
		}
	})
}
