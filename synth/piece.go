package synth

// castSize is how many parties, the first ones, are kept for set pieces: no
// ruling is drawn against them.
const castSize = 12

// piece is a ruling whose story is set, so that every register has something
// to try.
type piece struct {
	party  int
	rule   int
	before int // periods before the end in which the ruling is recorded
	exit   exit
	exempt bool // travels by leave when the world ends
}

// The cast: parties of the set pieces by number.
const (
	castClear = iota // number 0 bears an LEI
	castRestricted
	castExempted
	castCity
	castPerson
	castPublic
	castSilence
)

// castClass is the class that a member of the cast has.
func castClass(i int) class {
	switch i {
	case castPerson:
		return person
	case castPublic:
		return publicBody
	}
	return company
}

func (w *World) setPieces() []piece {
	out := []piece{
		{party: castRestricted, rule: ruleRefuses, before: 9},
		{party: castExempted, rule: ruleRefuses, before: 9, exempt: true},
		{party: castPerson, rule: ruleRefuses, before: 9},
		{party: castPublic, rule: ruleRefuses, before: 9},
		{party: castSilence, rule: ruleRefuses, before: 10, exit: bySilence},
	}
	if w.officeUntil[city] > w.officeFrom[city] {
		out = append(out, piece{party: castCity, rule: ruleCity, before: 9})
	}
	return out
}

// Highlight is something to try in a made-up register.
type Highlight struct {
	Title    map[string]string // by language: en, zh
	Party    string            // scheme:value
	Activity string
	Region   string // "" = anywhere
	// Expect is the verdict: clear, restricted, unknown or not covered; or "key"
	// for a person, whom only an identified relying party may ask about, and who
	// is then found restricted.
	Expect string
}

// Highlights are a few things to try after the last step: the verdicts hold at
// the end of the world and some days after it, where the world ends in 2024 or
// later. Before that some lists were not complete yet.
func (w *World) Highlights() []Highlight {
	uscc := func(i int) string { return w.orgIdentifiers(w.party(i))[0] }
	others := w.orgIdentifiers(w.party(castClear))
	citizen, _ := w.citizen(castPerson)
	const cn = "CN"
	out := []Highlight{
		{title("A company that does not pay: what is shut, why, and every way out", "拒不履行的企业：限制什么、为什么、如何解除"), uscc(castRestricted), "procurement.bid", cn, "restricted"},
		{title("A company that nothing is known against", "没有不良记录的企业"), uscc(castClear), "procurement.bid", cn, "clear"},
		{title("The same by an identifier for which the lists are not complete", "用名单未完整收录的标识查询同一企业"), others[len(others)-1], "procurement.bid", cn, "unknown"},
		{title("Exempted for a personal emergency: it may fly", "因紧急情况获准豁免：可以乘机"), uscc(castExempted), "air-travel.economy", cn, "clear"},
		{title("The same company may not bid", "同一企业仍不得参加政府采购"), uscc(castExempted), "procurement.bid", cn, "restricted"},
		{title("A public body is listed like anyone else", "公共机关同样列入名单"), uscc(castPublic), "honour.receive", cn, "restricted"},
		{title("A person: only an identified relying party may ask", "自然人：只有实名的查询方可以查询"), citizen, "rail.high-speed", cn, "key"},
		{title("It proved that it paid, and the office stays silent: the effect rests", "已证明履行而机关未答复：效力中止"), uscc(castSilence), "procurement.bid", cn, "clear"},
		{title("No rulebook restricts it", "没有规则限制的活动"), uscc(castRestricted), "rail.ordinary", cn, "not covered"},
	}
	if w.officeUntil[city] > w.officeFrom[city] {
		out = append(out,
			Highlight{title("A city's list, in the city", "城市名单，在本市"), uscc(castCity), "honour.receive", string(demoCity), "restricted"},
			Highlight{title("The same list does not leave the city", "同一名单不出本市"), uscc(castCity), "honour.receive", "CN/44", "clear"})
	}
	return out
}

func title(en, zh string) map[string]string { return map[string]string{"en": en, "zh": zh} }
