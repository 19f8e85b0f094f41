// Package apitest is a register made of a few invented parties, for tests of
// whatever speaks to a register over the interfaces of package api: the server,
// the client, the pages. It checks nothing and records nothing.
//
//	reg := apitest.New()
//	answer, err := reg.Check(ctx, api.Caller{}, api.Question{Party: apitest.Listed, Activity: "company.director"})
package apitest

import (
	"context"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

// The parties that the register knows. Nobody bears these identifiers.
const (
	Clean    = "uscc:91371082MA3N5K7A1D"       // clear
	Listed   = "uscc:91371082MA3N5K7BX5"       // restricted by a court's list
	Debarred = "uscc:91371082MA3N5K7C85"       // restricted as another body reported
	Unclear  = "uscc:91371082MA3N5K7D60"       // unknown: a list cannot be asked by this scheme
	Several  = "name:Orient Harbour Works"     // a name that meets two parties
	Person   = "cn-citizen:110000180001010013" // a natural person: restricted
)

// Origin is the register's name; the ids of cases begin with it.
const Origin = "register.example"

// The listings that the register knows.
const (
	CourtListing    = Origin + "/listing/01kbp3x9q8e4tv7m2h6d5wz0c0"
	ReportedListing = Origin + "/listing/01kbp3x9q8e4tv7m2h6d5wz0cc"
	EndedListing    = Origin + "/listing/01kbp3x9q8e4tv7m2h6d5wz0cg"
)

// Now is the instant at which the register stands still: 2026-11-22T15:04:05Z.
const Now standing.Instant = 1795359845

// NotCovered is an activity that no rulebook here restricts.
const NotCovered = "health-care"

// Register is the invented register. Fail, if set, is asked before every
// method; what it returns is returned.
type Register struct {
	Fail func(method string) error
}

// New makes a register that fails nowhere.
func New() *Register { return &Register{} }

var _ api.Register = (*Register)(nil)

func (r *Register) fail(method string) error {
	if r.Fail == nil {
		return nil
	}
	return r.Fail(method)
}

// Check answers by the party alone, and not covered for NotCovered.
func (r *Register) Check(_ context.Context, caller api.Caller, q api.Question) (*api.Answer, error) {
	if err := r.fail("Check"); err != nil {
		return nil, err
	}
	if err := admit(caller, q.Party); err != nil {
		return nil, err
	}
	a := &api.Answer{Verdict: api.Clear, Party: q.Party, Activity: q.Activity, Region: q.Region, EffectiveAt: Now, KnownAt: Now,
		Grounds: []api.Ground{}, Position: 4711}
	if q.At != 0 {
		a.EffectiveAt = q.At
	}
	if strings.HasPrefix(q.Party, "name:") {
		a.Identity = "name only"
	}
	switch {
	case q.Party == "":
		return nil, errNoParty()
	case q.Activity == "":
		return nil, &standing.Error{Kind: standing.Invalid, What: "no activity is asked about", Do: "name a leaf of the activity tree"}
	case q.Activity == NotCovered:
		a.Verdict = api.NotCovered
	case q.Party == Listed:
		a.Verdict, a.Grounds = api.Restricted, []api.Ground{CourtGround()}
	case q.Party == Debarred:
		a.Verdict, a.Grounds = api.Restricted, []api.Ground{ReportedGround()}
	case q.Party == Unclear:
		a.Verdict, a.Gaps = api.Unknown, []api.Gap{{List: "mdb-debarment/debarred", Why: "not complete for uscc", AskBy: []string{"name"}}}
	case q.Party == Several:
		a.Verdict, a.Candidates = api.Unknown, candidates()
		a.Notes = []string{"the name meets several parties: ask by an identifier or add country or birth date"}
	case q.Party == Person:
		g := CourtGround()
		a.Verdict, a.Party, a.CaseCode = api.Restricted, "cn-citizen:11********0013", "7k2m9x4qhd"
		a.Grounds = []api.Ground{{Rule: g.Rule, Measure: g.Measure, Until: g.Review, ObjectTo: g.ObjectTo, Exits: []api.Exit{}, AsOf: Now}}
	}
	return a, nil
}

func errNoParty() error {
	return &standing.Error{Kind: standing.Invalid, What: "no party is asked about", Do: "name one by scheme:value"}
}

// admit refuses whoever looks at a person without saying who they are.
func admit(caller api.Caller, party string) error {
	if !strings.HasPrefix(party, "cn-citizen:") || caller.Operator || caller.Relying != "" && caller.Purpose != "" {
		return nil
	}
	return standing.Errorf(standing.Unauthenticated, "natural persons are looked up by identified relying parties with a purpose: send an API key")
}

// Party shows Listed, Debarred and Several.
func (r *Register) Party(_ context.Context, caller api.Caller, q api.Question) (*api.PartyView, error) {
	if err := r.fail("Party"); err != nil {
		return nil, err
	}
	if err := admit(caller, q.Party); err != nil {
		return nil, err
	}
	if q.Party == "" {
		return nil, errNoParty()
	}
	v := &api.PartyView{Asked: q.Party, Kind: standing.Organisation, Names: []string{}, Listings: []api.ListingView{}}
	switch q.Party {
	case Listed:
		who := listedIdentity()
		v.Names, v.Identifiers, v.Country, v.Address = who.Names, who.Identifiers, who.Country, who.Address
		v.Records = []api.RecordView{{ID: Origin + "/party/01kbp3x9q8e4tv7m2h6d5wz0cm", Authority: "cn-samr-371082", Names: who.Names, Identifiers: who.Identifiers, Region: "CN/37/10/82"}}
		v.Listings = []api.ListingView{*courtListing()}
	case Debarred:
		v.Names, v.Identifiers, v.Country = []string{"Qingdao Lanshan Engineering Co., Ltd."}, []string{Debarred}, "CN"
		v.Listings = []api.ListingView{*reportedListing()}
	case Several:
		v.Identity, v.Candidates = "name only", candidates()
	default:
		return nil, standing.Errorf(standing.NotFound, "nothing public is known of %s here: that is not a certificate; ask a check", q.Party)
	}
	return v, nil
}

// Listing shows the three listings, by their id with or without origin.
func (r *Register) Listing(_ context.Context, _ api.Caller, id string) (*api.ListingView, error) {
	if err := r.fail("Listing"); err != nil {
		return nil, err
	}
	c, err := standing.ParseCaseID(id)
	if err != nil {
		return nil, err
	}
	for _, v := range []*api.ListingView{courtListing(), reportedListing(), endedListing()} {
		if strings.HasSuffix(v.ID, "/"+c.String()) {
			return v, nil
		}
	}
	return nil, standing.Errorf(standing.NotFound, "no listing %s", c)
}

// Submit gives a receipt for every act.
func (r *Register) Submit(_ context.Context, s api.Submission) ([]api.ReceiptView, error) {
	if err := r.fail("Submit"); err != nil {
		return nil, err
	}
	out := make([]api.ReceiptView, 0, len(s.Acts))
	for i, a := range s.Acts {
		out = append(out, api.ReceiptView{Position: 4711 + uint64(i), Act: standing.DigestOf(a), Case: CourtListing, Version: uint64(i) + 1, RecordedAt: Now,
			Resolved: standing.Instants{{Name: standing.WindowEnd, At: Now + 864000}}})
	}
	return out, nil
}

// Version is 5 for a listing that the register knows and 0 for any other case.
func (r *Register) Version(ctx context.Context, caseID string) (uint64, error) {
	if err := r.fail("Version"); err != nil {
		return 0, err
	}
	_, err := r.Listing(ctx, api.Caller{}, caseID)
	switch standing.KindOf(err) {
	case standing.NotFound:
		return 0, nil
	case standing.Invalid:
		return 0, err
	}
	return 5, nil
}

// Rulebooks lists two.
func (r *Register) Rulebooks(context.Context) ([]api.RulebookView, error) {
	if err := r.fail("Rulebooks"); err != nil {
		return nil, err
	}
	return []api.RulebookView{
		{Name: "cn-courts", Version: "2026-04-01", Title: map[string]string{"en": "Enforcement of judgments in China", "zh": "中国法院执行措施"},
			Digest: standing.DigestOf([]byte("cn-courts")), Since: 1775001600, Lists: []string{"judgment-defaulters", "consumption-restriction"}},
		{Name: "mdb-debarment", Version: "2026-01-01", Title: map[string]string{"en": "Debarment by development banks", "zh": "多边开发银行制裁"},
			Digest: standing.DigestOf([]byte("mdb-debarment")), Since: 1767225600, Lists: []string{"debarred"}},
	}, nil
}

// Checkpoint is a note without a valid signature.
func (r *Register) Checkpoint(context.Context) ([]byte, error) {
	if err := r.fail("Checkpoint"); err != nil {
		return nil, err
	}
	return []byte(Origin + "\n4711\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— " + Origin + " Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"), nil
}

// Tile knows one full tile, one partial tile and one bundle.
func (r *Register) Tile(_ context.Context, path string) ([]byte, error) {
	if err := r.fail("Tile"); err != nil {
		return nil, err
	}
	switch path {
	case "tile/0/000":
		return make([]byte, 256*32), nil
	case "tile/0/018.p/103":
		return make([]byte, 103*32), nil
	case "tile/entries/000":
		return []byte{0, 3, 'a', 'b', 'c'}, nil
	}
	return nil, standing.Errorf(standing.NotFound, "no tile %.80q", path)
}
