package charter

import (
	"maps"
	"slices"

	"github.com/openstanding/standing"
)

func dataText() Article {
	return Article{
		Number: 6,
		Title:  text("Forbidden data", "禁止的数据"),
		Text: text(
			`No biometric, health, genetic, religious, political, ethnic, movement, kinship or social-graph data, in any rulebook or programme. An exemption records only "personal emergency" and a digest.`,
			"任何规则或者方案均不得使用生物识别、健康、基因、宗教、政治、民族、行踪、亲属或者社会关系数据。豁免只记录“个人紧急情况”和文件摘要。"),
		Reason: text(
			"What nobody may be judged by is not to be known where people are judged.",
			"不得据以评判人的事项，不应为作出评判之处所知。"),
		Clauses: []Clause{
			clause("6.1", InRulebook, "No condition reads data of a forbidden category, or data that the directory does not have.", "任何条件均不得读取禁止类别的数据，也不得读取目录之外的数据。"),
			clause("6.2", AtAct, `An exemption gives no reason but "personal emergency" and holds documents by digest alone.`, "豁免除“个人紧急情况”外不记载任何理由，文件仅存摘要。"),
			clause("6.3", AtAct, "A listing states no value that its rule does not read.", "列入不得记载其规则不读取的数值。"),
		},
	}
}

// The only reasons that an exemption may state, and the code for them.
const (
	EmergencyCode = "personal-emergency"
	EmergencyEN   = "personal emergency"
	EmergencyZH   = "个人紧急情况"
)

func dataInRulebook(p *Proposal, r *report) {
	for i := range p.Lists {
		l := &p.Lists[i]
		for j := range l.Grounds {
			g := &l.Grounds[j]
			for _, v := range g.Variables {
				switch {
				case v.Forbidden:
					r.add(1, l.ground(g, "when"), "leave it out", "ground %s reads %q, of the forbidden category %s", g.ID, v.Name, v.Category)
				case !v.Known:
					r.add(1, l.ground(g, "when"), "use a variable of the directory", "ground %s reads %q, which the directory does not have", g.ID, v.Name)
				}
			}
		}
	}
}

func dataAtAct(f *Facts, r *report) {
	if f.Act.Kind == standing.Exempted {
		dataOfExemption(f, r)
		return
	}
	if f.Opening == nil || f.Rule == nil || f.Act.Kind.Noun() != standing.ListingCase {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(f.Opening.Values)) {
		if !slices.Contains(f.Rule.Variables, name) {
			r.add(3, "", "leave it out", "the value %.40q is read by no rule of list %s", name, f.Rule.List)
		}
	}
}

// dataOfExemption keeps illness, family and faith out of the register: the
// reasons that people have for an emergency are theirs.
func dataOfExemption(f *Facts, r *report) {
	const do = `write "personal emergency" and the digest of the document, nothing else`
	if c := f.Act.Code; c != "" && c != EmergencyCode {
		r.add(2, "", do, "the exemption gives the reason %q", c)
	}
	o := f.Opening
	if o == nil {
		return
	}
	for _, s := range []string{o.Title, o.Text} {
		if !emergency(s) {
			r.add(2, "", do, "the exemption gives a reason in words")
		}
	}
	for _, d := range o.Documents {
		if !emergency(d.Title) {
			r.add(2, "", do, "the exemption describes a document")
		}
	}
	if len(o.Values) > 0 || o.Obligation != nil || o.Docket != "" {
		r.add(2, "", do, "the exemption records more than an exemption may")
	}
}

func emergency(s string) bool { return s == "" || s == EmergencyEN || s == EmergencyZH }
