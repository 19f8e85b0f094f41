package name_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/openstanding/standing/match/form"
	"github.com/openstanding/standing/match/name"
	"github.com/openstanding/standing/match/word"
)

func TestParseOrganisation(t *testing.T) {
	for text, want := range map[string]string{
		"":             "|",
		"河北建設集團股份有限公司": "河北建设集团=hebeijianshejituan|股份有限公司",
		"重慶名著科技（Holdings）有限公司":  "重庆名着科技=chongqingmingzhukeji holdings=holdings|有限公司",
		"ООО «Ромашка Торг»":    "ромашка=romashka торг=torg|ооо",
		"Société Générale S.A.": "societe=societe generale=generale|sa",
		"삼성전자 주식회사":             "삼성전자=samseongjeonja|주식회사",
		"Mfg & Tech Grp Corp.":  "mfg=mfg and=and tech=tech grp=grp|corp",
		"株式会社トヨタ":               "トヨタ=toyota|株式会社",
	} {
		o := name.ParseOrganisation(text)
		var words, forms []string
		for _, w := range o.Words {
			words = append(words, w.Text+"="+strings.Join(w.Latin, "/"))
		}
		for _, f := range o.Forms {
			forms = append(forms, f.Text)
		}
		if got := strings.Join(words, " ") + "|" + strings.Join(forms, " "); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
	o := name.ParseOrganisation("威海建设集团股份有限公司城阳分公司")
	if o.Parent != "威海建设集团股份有限公司" || o.Branch != "城阳" || o.Kinds != form.Branch {
		t.Errorf("the branch is %+v", o)
	}
	if w := name.ParseOrganisation("Mfg Grp").Words; w[0].Full[0] != "manufacturing" || w[1].Weight != word.Generic {
		t.Errorf("got %+v", w)
	}
}

func TestParsePerson(t *testing.T) {
	for text, want := range map[string]string{
		"":                  "-1",
		"单雄信":               "0 单=shan 雄信=xiongxin",
		"歐陽 修":              "0 欧阳=ouyang 修=xiu",
		"陳大文":               "0 陈=chen 大文=dawen",
		"김민수":               "0 김=kim 민수=minsu",
		"남궁민":               "0 남궁=namgung 민=min",
		"LI, Wei":           "0 li=li wei=wei",
		"Wei Li":            "-1 wei=wei li=li",
		"Dr. John A. Smith": "-1 john=john a=a smith=smith",
		"van der Berg, Jan": "-1 van=van der=der berg=berg jan=jan",
		"Владимир Путин":    "-1 владимир=vladimir путин=putin",
		"محمد علی":          "-1 محمد=mhmd علي=ali",
		"Cher":              "-1 cher=cher",
	} {
		p := name.ParsePerson(text)
		got := fmt.Sprint(p.Family)
		for _, w := range p.Words {
			got += " " + w.Text + "=" + w.Latin[0]
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
	if w := name.ParsePerson("陳大文").Words[0]; !slices.Contains(w.Latin, "chan") {
		t.Errorf("陳 is spelt %v", w.Latin)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"河北建設集團股份有限公司", "單雄信", "김 민수", "ООО «Ромашка»", "\xff, a", "ไทย จำกัด", "Dr. ,", "歐陽 修"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		words := append(name.ParseOrganisation(s).Words, name.ParsePerson(s).Words...)
		for _, w := range words {
			if w.Text == "" || w.From < 0 || w.From >= w.To || w.To > len(s) || len(w.Latin) > 0 && w.Bones == "" {
				t.Errorf("%q has the word %+v", s, w)
			}
		}
	})
}

func BenchmarkParseOrganisation(b *testing.B) {
	for _, s := range []string{"河北建设集团股份有限公司", "Hebei Construction Group Corporation Limited"} {
		b.Run(s[:3], func(b *testing.B) {
			for b.Loop() {
				name.ParseOrganisation(s)
			}
		})
	}
}
