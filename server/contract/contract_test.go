package contract_test

import (
	"net/http/httptest"
	"testing"
	"testing/fstest"
	"time"

	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/api/apitest"
	"github.com/openstanding/standing/server"
	"github.com/openstanding/standing/server/contract"
)

// TestServerKeepsItsDescription holds the server over an invented register to
// api/openapi.json.
func TestServerKeepsItsDescription(t *testing.T) {
	files := fstest.MapFS{"datapackage.json": {Data: []byte(`{"resources":[]}`)}}
	srv := httptest.NewServer(server.New(apitest.New(), server.Options{Published: files, Rates: server.Rates{Address: server.Rate{Requests: 1e6, Window: time.Hour}}}))
	defer srv.Close()
	for seed := range uint64(3) {
		report, err := contract.Hold(api.OpenAPI(), contract.Options{Base: srv.URL, Seed: seed, Cases: 25, Known: map[string][]string{
			"party": {apitest.Clean, apitest.Listed, apitest.Several}, "activity": {"company.director", apitest.NotCovered}, "name": {"cn-courts"}, "position": {"0", "4710", "4711"},
			"listing.id": {apitest.CourtListing, apitest.EndedListing}, "ruling.id": {"01kbp3x9q8e4tv7m2h6d5wz0c4"}, "list.id": {"cn-courts/judgment-defaulters"}, "authority.id": {"iadb"}, "version.id": {apitest.CourtListing},
		}})
		if err != nil {
			t.Fatal(err)
		}
		if report.Requests < 1000 || report.Statuses[200] < 200 || report.Statuses[400] < 200 || report.Statuses[304] < 20 {
			t.Errorf("too little was asked: %d requests, %v", report.Requests, report.Statuses)
		}
		for _, f := range report.Findings {
			t.Error(f)
		}
		t.Logf("%d requests, %v", report.Requests, report.Statuses)
	}
}
