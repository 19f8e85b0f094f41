package server_test

import (
	"crypto/rand"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/server"
)

// relying makes a file of one party and the key to it.
func relying(t *testing.T, purposes string) (key string, r *server.Relying) {
	t.Helper()
	key, digest, err := server.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	r, err = server.LoadRelying([]byte("relying:\n  - id: bank-17\n    name: First Bank\n    keySHA256: " + digest + "\n    purposes: [" + purposes + "]\n"))
	if err != nil {
		t.Fatal(err)
	}
	return key, r
}

func TestGenerateKey(t *testing.T) {
	key, digest, err := server.GenerateKey(strings.NewReader(strings.Repeat("\x00", 32)))
	if err != nil || key != strings.Repeat("A", 43) || digest != "0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a" {
		t.Errorf("%q %q %v", key, digest, err)
	}
	if _, _, err := server.GenerateKey(iotest.ErrReader(errors.New("dry"))); standing.KindOf(err) != standing.Internal {
		t.Errorf("without randomness: %v", err)
	}
}

func TestLoadRelying(t *testing.T) {
	digest := strings.Repeat("ab", 32)
	entry := func(id, name, digest, purposes string) string {
		return `{"relying":[{"id":"` + id + `","name":"` + name + `","keySHA256":"` + digest + `","purposes":[` + purposes + `]}]}`
	}
	for file, say := range map[string]string{
		"":                                   "",
		"relying: []":                        "",
		entry("a", "A", digest, `"x","y"`):   "",
		entry("A b", "A", digest, ``):        "the id is",
		entry("a", "", digest, ``):           "the name is missing",
		entry("a", "A", digest[1:], ``):      "keySHA256 is",
		entry("a", "A", digest[2:], ``):      "keySHA256 is",
		entry("a", "A", digest, `"Credit!"`): "the purpose",
		entry("a", "A", digest, strings.Repeat(`"x",`, 32)+`"x"`): "more than 32 purposes",
		"relying:\n - id: a\n   key: x\n":                         `unknown field "key"`,
		"parties: []":                                             `unknown field "parties"`,
		"relying: []\n---\nrelying: []\n":                         "more than one document",
		"relying: [":                                              "relying parties",
		"relying:\n - {id: a, name: A, keySHA256: " + digest + "}\n - {id: b, name: B, keySHA256: " + digest + "}\n": "has the same key",
	} {
		_, err := server.LoadRelying([]byte(file))
		switch {
		case say == "" && err != nil:
			t.Errorf("%s: %v", file, err)
		case say != "" && (standing.KindOf(err) != standing.Invalid || !strings.Contains(err.Error(), say)):
			t.Errorf("%s: %v, want %q", file, err, say)
		}
	}
}

func TestKeysAndPurposes(t *testing.T) {
	key, known := relying(t, "credit-decision, account-opening")
	url := "/api/v1/check?activity=company.director&party=" + apitest.Person
	for _, c := range []struct {
		name, auth, purpose, url string
		keys                     *server.Relying
		status                   int
		say                      string
	}{
		{"nobody", "", "", url, known, 401, "send an API key"},
		{"nobody with a purpose", "", "credit-decision", url, known, 401, "send an API key"},
		{"a key that is not known", "Bearer " + strings.Repeat("A", 43), "credit-decision", url, known, 401, "not known here"},
		{"where no keys are", "Bearer " + key, "credit-decision", url, nil, 401, "not known here"},
		{"no bearer", "Basic YTpi", "credit-decision", url, known, 401, "not of the form Bearer KEY"},
		{"no purpose", "Bearer " + key, "", url, known, 403, "send the header Purpose"},
		{"another purpose", "Bearer " + key, "curiosity", url, known, 403, "credit-decision, account-opening"},
		{"two purposes", "Bearer " + key, "credit-decision", url + "&purpose=account-opening", known, 400, "two purposes"},
		{"by header", "bearer  " + key, "credit-decision", url, known, 200, `"caseCode"`},
		{"by query", "Bearer " + key, "", url + "&purpose=account-opening", known, 200, `"caseCode"`},
		{"a company needs none", "Bearer " + key, "", "/api/v1/check?activity=x&party=" + apitest.Clean, known, 200, `"clear"`},
		{"a wrong key spoils everything", "Bearer x", "", "/api/v1/check?activity=x&party=" + apitest.Clean, known, 401, "not known here"},
	} {
		h := server.New(apitest.New(), server.Options{Relying: c.keys})
		header := http.Header{}
		if c.auth != "" {
			header.Set("Authorization", c.auth)
		}
		if c.purpose != "" {
			header.Set("Purpose", c.purpose)
		}
		w := do(h, http.MethodGet, c.url, header, "")
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.say) {
			t.Errorf("%s: %d %s", c.name, w.Code, w.Body)
		}
		if (w.Code == 401) != (w.Header().Get("WWW-Authenticate") == `Bearer realm="standing"`) {
			t.Errorf("%s: WWW-Authenticate %q", c.name, w.Header().Get("WWW-Authenticate"))
		}
		if strings.Contains(w.Body.String(), key) {
			t.Errorf("%s: the answer repeats the key", c.name)
		}
	}
	_, none := relying(t, "")
	if w := do(server.New(apitest.New(), server.Options{Relying: none}), http.MethodGet, url, http.Header{"Authorization": {"Bearer " + key}}, ""); w.Code != 401 {
		t.Errorf("another register's key: %d", w.Code)
	}
	key, none = relying(t, "")
	w := do(server.New(apitest.New(), server.Options{Relying: none}), http.MethodGet, url, http.Header{"Authorization": {"Bearer " + key}, "Purpose": {"x"}}, "")
	if w.Code != 403 || !strings.Contains(w.Body.String(), "registered for no purpose") {
		t.Errorf("a key without purposes: %d %s", w.Code, w.Body)
	}
}

// FuzzLoadRelying holds that no file makes the reader panic, and that what it
// takes has no key without an owner.
func FuzzLoadRelying(f *testing.F) {
	f.Add([]byte("relying:\n  - {id: a, name: A, keySHA256: " + strings.Repeat("ab", 32) + ", purposes: [x]}\n"))
	f.Add([]byte("relying: [&a {id: a}, *a]"))
	f.Fuzz(func(t *testing.T, file []byte) {
		r, err := server.LoadRelying(file)
		if (r == nil) != (err != nil) {
			t.Fatalf("%q: %v, %v", file, r, err)
		}
	})
}
