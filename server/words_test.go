package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

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
	for path, want := range map[string][2]string{
		"/api/v1/parties?limit=0":            {"查询参数 limit 不是 1 至 100 的整数", "请更正，或者省略"},
		"/api/v1/parties?cursor=AAAAAAAAAAA": {"游标属于另一次查询", "相同的筛选条件"},
		"/api/v1/check?party=a&x=1":          {`查询参数 \"x\" 在此没有意义`, "可以使用 party, activity"},
		"/data/none":                         {"没有公布这个文件", "/data/datapackage.json"},
	} {
		w := do(h, http.MethodGet, path, http.Header{"Accept-Language": {"zh"}}, "")
		if !strings.Contains(w.Body.String(), want[0]) || !strings.Contains(w.Body.String(), want[1]) {
			t.Errorf("%s: %s", path, w.Body)
		}
	}
	if w := do(h, http.MethodPost, "/api/v1/check", http.Header{"Accept-Language": {"zh"}}, `{"party" "a"}`); !strings.Contains(w.Body.String(), "此处应为冒号") {
		t.Errorf("%s", w.Body)
	}
	if w := do(h, http.MethodGet, "/api/v1/today", http.Header{"Accept-Language": {"zh"}, "Accept": {"text/html"}}, ""); !strings.Contains(w.Body.String(), "此地址以 application/json 答复") {
		t.Errorf("%s", w.Body)
	}
	w := do(h, http.MethodDelete, "/api/v1/today", http.Header{"Accept-Language": {"zh"}}, "")
	if !strings.Contains(w.Body.String(), "此地址不支持该方法") {
		t.Errorf("405: %s", w.Body)
	}
	if w := do(h, http.MethodGet, "/problems/refused", http.Header{"Accept-Language": {"zh"}}, ""); !strings.Contains(w.Body.String(), "章程") || w.Header().Get("Content-Language") != "zh-Hans" {
		t.Errorf("%v %s", w.Header(), w.Body)
	}
	if w := do(h, http.MethodGet, "/api/v1/nothing", http.Header{"Accept-Language": {"fr"}}, ""); !strings.Contains(w.Body.String(), "Not found") {
		t.Errorf("%s", w.Body)
	}
}
