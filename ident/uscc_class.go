package ident

// usccAuthorities and usccClasses are the table of GB 32100-2015. Drafts of the
// standard numbered the registrars otherwise (3 for education, 6 for justice);
// codes in use follow this one.
var usccAuthorities = [...]struct {
	code   byte
	en, zh string
}{
	{'1', "establishment office", "机构编制"},
	{'2', "foreign affairs", "外交"},
	{'3', "judicial administration", "司法行政"},
	{'4', "culture", "文化"},
	{'5', "civil affairs", "民政"},
	{'6', "tourism", "旅游"},
	{'7', "religion", "宗教"},
	{'8', "trade union", "工会"},
	{'9', "market regulation", "市场监管"},
	{'A', "military reform and establishment office", "军委改革和编制"},
	{'N', "agriculture", "农业"},
	{'Y', "other", "其他"},
}

var usccClasses = [...]struct{ code, en, zh string }{
	{"11", "state organ", "机关"},
	{"12", "public institution", "事业单位"},
	{"13", "mass organisation under the central establishment office", "中央编办直接管理机构编制的群众团体"},
	{"19", "other", "其他"},
	{"21", "resident foreign news bureau", "外国常驻新闻机构"},
	{"29", "other", "其他"},
	{"31", "law firm", "律师执业机构"},
	{"32", "notary office", "公证处"},
	{"33", "grass-roots legal service", "基层法律服务所"},
	{"34", "forensic institute", "司法鉴定机构"},
	{"35", "arbitration commission", "仲裁委员会"},
	{"39", "other", "其他"},
	{"41", "foreign cultural centre", "外国在华文化中心"},
	{"49", "other", "其他"},
	{"51", "social organisation", "社会团体"},
	{"52", "private non-enterprise unit", "民办非企业单位"},
	{"53", "foundation", "基金会"},
	{"59", "other", "其他"},
	{"61", "foreign tourism office", "外国旅游部门常驻代表机构"},
	{"62", "Hong Kong, Macao or Taiwan tourism office", "港澳台地区旅游部门常驻内地（大陆）代表机构"},
	{"69", "other", "其他"},
	{"71", "place of worship", "宗教活动场所"},
	{"72", "religious school", "宗教院校"},
	{"79", "other", "其他"},
	{"81", "basic-level union", "基层工会"},
	{"89", "other", "其他"},
	{"91", "enterprise", "企业"},
	{"92", "individual business", "个体工商户"},
	{"93", "farmers' cooperative", "农民专业合作社"},
	{"A1", "army public institution", "军队事业单位"},
	{"A9", "other", "其他"},
	{"N1", "group-level collective economic organisation", "组级集体经济组织"},
	{"N2", "village-level collective economic organisation", "村级集体经济组织"},
	{"N3", "township-level collective economic organisation", "乡镇级集体经济组织"},
	{"N9", "other", "其他"},
	{"Y1", "other", "其他"},
}

// AuthorityName returns the registrar's kind in English and Chinese, or two
// empty strings for a code outside the table of GB 32100-2015.
func (u USCC) AuthorityName() (en, zh string) {
	for _, a := range usccAuthorities {
		if a.code == u.Authority {
			return a.en, a.zh
		}
	}
	return "", ""
}

// ClassName returns the bearer's kind in English and Chinese, or two empty
// strings for a pair of registrar and class that GB 32100-2015 does not list:
// such codes exist, as classes were added later.
func (u USCC) ClassName() (en, zh string) {
	pair := string([]byte{u.Authority, u.Class})
	for _, c := range usccClasses {
		if c.code == pair {
			return c.en, c.zh
		}
	}
	return "", ""
}
