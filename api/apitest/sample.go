package apitest

import (
	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
)

const day = 86400

func text(en, zh string) map[string]string { return map[string]string{"en": en, "zh": zh} }

func listedIdentity() *standing.Identity {
	return &standing.Identity{Names: []string{"荣成海岳建材有限公司", "Rongcheng Haiyue Building Materials Co., Ltd."}, Identifiers: []string{Listed},
		Country: "CN", Address: "山东省荣成市成山大道 1 号"}
}

func courtRuling() *api.RulingRef {
	return &api.RulingRef{ID: Origin + "/ruling/01kbp3x9q8e4tv7m2h6d5wz0c4", Kind: "judgment", Authority: "cn-court-371082", Docket: "(2026)鲁1082民初1207号",
		Title: "Payment of goods", Decided: 1780272000, Final: 1781913600,
		Obligation: &standing.Obligation{Kind: "pay", Amount: "1284500.00", Currency: "CNY", Reference: "2026-1082-1207", Creditor: "威海市文登区顺达钢材有限公司", StatedOn: "2026-11-02"}}
}

func courtRule() api.Rule {
	return api.Rule{ID: "cn-courts/judgment-defaulters#able-but-refuses", Title: text("Able to perform, but refuses", "有履行能力而拒不履行"),
		Source: []string{"SPC, Fa Shi [2017] 7, art 1(1)"}, Rulebook: "cn-courts 2026-04-01", Digest: standing.DigestOf([]byte("cn-courts"))}
}

func courtMeasure() api.Measure {
	return api.Measure{ID: "company-posts", Title: text("No senior posts in companies", "限制担任公司董事、监事、高级管理人员"), Class: "I",
		Source: []string{"SPC, Fa Shi [2017] 7, art 8"}, Executor: text("Market regulators", "市场监督管理部门")}
}

func courtExits() []api.Exit {
	return []api.Exit{
		{Event: "performed", Title: text("Pay in full", "全部履行"), Effect: "lifts", Amount: "1284500.00", Currency: "CNY", PayTo: "威海市文登区顺达钢材有限公司",
			Reference: "2026-1082-1207", StatedOn: "2026-11-02", Source: []string{"SPC, Fa Shi [2017] 7, art 10(1)"}},
		{Event: "settled", Title: text("Settle with the creditor and keep the settlement", "达成并履行执行和解协议"), Effect: "lifts", Source: []string{"SPC, Fa Shi [2017] 7, art 10(2)"}},
		{Event: "annulled", Title: text("The judgment is annulled", "判决被撤销"), Effect: "lifts", Source: []string{"SPC, Fa Shi [2017] 7, art 10(5)"}},
	}
}

func courtObjection() map[string]string {
	return text("The enforcement office of the court that made the entry, in writing; it answers within 15 days.", "向作出决定的人民法院执行局书面提出，法院在十五日内审查。")
}

// CourtGround is why Listed is restricted, with every field that an
// organisation's ground can have, provenance apart.
func CourtGround() api.Ground {
	return api.Ground{Listing: CourtListing, List: "cn-courts/judgment-defaulters", Title: text("Judgment defaulters", "失信被执行人名单"), Ruling: courtRuling(),
		Rule: courtRule(), Measure: courtMeasure(), Where: "CN", From: Now - 9*day, Review: Now + 721*day, Exits: courtExits(), ObjectTo: courtObjection(), AsOf: Now}
}

// ReportedGround is why Debarred is restricted: another body's list.
func ReportedGround() api.Ground {
	return api.Ground{Listing: ReportedListing, List: "mdb-debarment/debarred", Title: text("Firms debarred by development banks", "多边开发银行制裁企业"),
		Ruling:  &api.RulingRef{ID: Origin + "/ruling/01kbp3x9q8e4tv7m2h6d5wz0c8", Kind: "decision", Authority: "iadb", Issuer: "Inter-American Development Bank, Sanctions Committee", Title: "Fraudulent practice", Decided: 1719792000, Final: 1719792000},
		Rule:    debarRule(),
		Measure: debarMeasure(), Where: "*", From: 1719792000, Until: 1814400000, ObjectTo: debarObjection(),
		Exits:    []api.Exit{{Event: "expired", Title: text("The term ends", "期限届满"), Effect: "lifts", Earliest: 1814400000, Source: []string{"Agreement for Mutual Enforcement of Debarment Decisions (2010), para 4"}}},
		Reported: reported(), AsOf: reported().Snapshot}
}

func debarRule() api.Rule {
	return api.Rule{ID: "mdb-debarment/debarred#fraud", Title: text("Fraudulent practice", "欺诈行为"), Source: []string{"Agreement for Mutual Enforcement of Debarment Decisions (2010), para 2"},
		Rulebook: "mdb-debarment 2026-01-01", Digest: standing.DigestOf([]byte("mdb-debarment"))}
}

func debarMeasure() api.Measure {
	return api.Measure{ID: "no-contracts", Title: text("No contracts financed by development banks", "不得参与开发银行融资合同"), Class: "II",
		Source: []string{"Agreement for Mutual Enforcement of Debarment Decisions (2010), para 3"}, Executor: text("Development banks and their borrowers", "开发银行及借款人")}
}

func debarObjection() map[string]string {
	return text("The sanctions committee of the bank that decided.", "向作出决定的银行制裁委员会提出。")
}

func reported() *api.Reported {
	return &api.Reported{By: text("Inter-American Development Bank", "美洲开发银行"), Source: "iadb", Snapshot: 1795305600, StaleAfter: 1797984000, Row: 218}
}

func candidates() []api.Candidate {
	return []api.Candidate{
		{Names: []string{"Orient Harbour Works Ltd"}, Identifiers: []string{"gb-company:01234567"}, Country: "GB", Address: "1 Dock Road, Hull", ID: Origin + "/ruling/01kbp3x9q8e4tv7m2h6d5wz0cw"},
		{Names: []string{"Orient Harbour Works"}, Country: "KE", ID: Origin + "/ruling/01kbp3x9q8e4tv7m2h6d5wz0d0"},
	}
}

func courtListing() *api.ListingView {
	g := CourtGround()
	return &api.ListingView{ID: CourtListing, Status: standing.StatusConfirmed, List: g.List, ListTitle: g.Title, Party: listedIdentity(), PartyKind: standing.Organisation,
		Ruling: g.Ruling, Rule: g.Rule, Region: "CN", Effects: []standing.Effect{{Interval: standing.Interval{From: g.From, Until: g.Review}, Exempted: []string{"air-travel.economy"}}},
		Until: g.Review, EndEvent: "not-renewed", WindowEnd: Now - 10*day, Review: g.Review, Measures: []api.Measure{g.Measure}, Exits: g.Exits, ObjectTo: g.ObjectTo,
		History: []api.ActView{
			act(4012, "ruling/01kbp3x9q8e4tv7m2h6d5wz0c4", "ruling.recorded", "cn-court-371082", "judgment", Now-60*day, 1, ""),
			act(4490, "listing/01kbp3x9q8e4tv7m2h6d5wz0c0", "listing.proposed", "cn-court-371082", "able-but-refuses", Now-30*day, 1, "The debtor's account statements show funds of more than the sum owed."),
			act(4502, "listing/01kbp3x9q8e4tv7m2h6d5wz0c0", "notice.served", "cn-court-371082", "personal", Now-25*day, 2, "Served on the legal representative at the registered office."),
			act(4611, "listing/01kbp3x9q8e4tv7m2h6d5wz0c0", "objection.made", "", "", Now-20*day, 3, "The sum is disputed."),
			act(4640, "listing/01kbp3x9q8e4tv7m2h6d5wz0c0", "objection.decided", "cn-court-371082", "rejected", Now-12*day, 4, "The judgment is final; the sum follows from it."),
			act(4703, "listing/01kbp3x9q8e4tv7m2h6d5wz0c0", "listing.confirmed", "cn-court-371082", "", Now-9*day, 5, ""),
		}}
}

func act(position uint64, id, kind, authority, code string, at standing.Instant, version uint64, text string) api.ActView {
	v := api.ActView{Position: position, Case: Origin + "/" + id, Kind: kind, Occurred: at, RecordedAt: at + 60, Authority: standing.AuthorityID(authority), Code: code,
		Digest: standing.DigestOf([]byte(kind)), Version: version, Text: text}
	if kind == "notice.served" {
		v.Instants = standing.Instants{{Name: standing.Served, At: at}}
		v.Resolved = standing.Instants{{Name: standing.WindowEnd, At: at + 15*day}}
	}
	return v
}

func reportedListing() *api.ListingView {
	g := ReportedGround()
	return &api.ListingView{ID: ReportedListing, Status: standing.StatusConfirmed, List: g.List, ListTitle: g.Title, PartyKind: standing.Organisation,
		Party:  &standing.Identity{Names: []string{"Qingdao Lanshan Engineering Co., Ltd."}, Identifiers: []string{Debarred}, Country: "CN"},
		Ruling: g.Ruling, Rule: g.Rule, Region: "*", Effects: []standing.Effect{{Interval: standing.Interval{From: g.From, Until: g.Until}, WhileShown: true}},
		Until: g.Until, EndEvent: "expired", Measures: []api.Measure{g.Measure}, Exits: g.Exits, ObjectTo: g.ObjectTo, Reported: g.Reported,
		History: []api.ActView{act(112, "listing/01kbp3x9q8e4tv7m2h6d5wz0cc", "listing.reported", "iadb", "fraud", Now-400*day, 1, "")}}
}

// endedListing shows what remains when a listing has ended: an envelope.
func endedListing() *api.ListingView {
	g := CourtGround()
	return &api.ListingView{ID: EndedListing, Status: standing.StatusEnded, List: g.List, ListTitle: g.Title, PartyKind: standing.Organisation,
		Ruling: &api.RulingRef{ID: Origin + "/ruling/01kbp3x9q8e4tv7m2h6d5wz0cr", Kind: "judgment", Authority: "cn-court-371082", Decided: 1750000000}, Rule: g.Rule, Region: "CN",
		Until: Now - 3*day, EndEvent: "performed", Measures: []api.Measure{g.Measure}, ObjectTo: g.ObjectTo,
		History: []api.ActView{act(3001, "listing/01kbp3x9q8e4tv7m2h6d5wz0cg", "listing.confirmed", "cn-court-371082", "", Now-90*day, 3, "")}}
}
