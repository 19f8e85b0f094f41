package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"unicode"

	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/lang"
	"github.com/openstanding/standing/server"
)

// TestProblemsSpeak holds that the titles of problems are in the reader's
// language, and that the English ones are the API's own.
func TestProblemsSpeak(t *testing.T) {
	en := lang.All()[0]
	for _, k := range api.Kinds() {
		title, about := api.Describe(k)
		if en.T("api.problem."+string(k)) != title || en.T("api.about."+string(k)) != about {
			t.Errorf("%s: the English words are not the API's", k)
		}
	}
	h := server.New(apitest.New(), server.Options{})
	for path, want := range map[string]string{"/api/v1/parties?x=1": "请求格式有误", "/api/v1/nothing": "没有找到", "/problems/fun": "没有找到"} {
		w := do(h, http.MethodGet, path, http.Header{"Accept-Language": {"zh-CN,zh;q=0.9,en;q=0.5"}}, "")
		var p api.Problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Title != want || !strings.Contains(w.Header().Get("Vary")+strings.Join(w.Header().Values("Vary"), ","), "Accept-Language") {
			t.Errorf("%s: %v %+v %v", path, err, p, w.Header())
		}
	}
	for path, want := range map[string]string{"/api/v1/parties?limit=0": "limit", "/api/v1/parties?cursor=AAAAAAAAAAA": "next", "/api/v1/check?party=a&x=1": "activity", "/data/none": "/data/datapackage.json",
		"/api/v1/log/proofs/x": "x", "/api/v1/rulebooks/cn-courts/current?format=markdown&lang=fr": "zh"} {
		w := do(h, http.MethodGet, path, http.Header{"Accept-Language": {"zh"}}, "")
		var p api.Problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || !strings.Contains(p.Detail+p.Do, want) || !chinese(p.Title) || !chinese(p.Detail) || !chinese(p.Do) {
			t.Errorf("%s: %v %s", path, err, w.Body)
		}
	}
	if w := do(h, http.MethodPost, "/api/v1/check", http.Header{"Accept-Language": {"zh"}}, `{"party" "a"}`); strings.Contains(w.Body.String(), "colon") {
		t.Errorf("%s", w.Body)
	}
	w := do(h, http.MethodDelete, "/api/v1/today", http.Header{"Accept-Language": {"zh"}}, "")
	if !chinese(w.Body.String()) {
		t.Errorf("405: %s", w.Body)
	}
	if w := do(h, http.MethodGet, "/problems/refused", http.Header{"Accept-Language": {"zh"}}, ""); !strings.Contains(w.Body.String(), "宪章") || w.Header().Get("Content-Language") != "zh-Hans" {
		t.Errorf("%v %s", w.Header(), w.Body)
	}
	if w := do(h, http.MethodGet, "/api/v1/nothing", http.Header{"Accept-Language": {"fr"}}, ""); !strings.Contains(w.Body.String(), "Not found") {
		t.Errorf("%s", w.Body)
	}
}

// chinese reports whether a text has Chinese characters.
func chinese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
