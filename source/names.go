package source

import (
	"fmt"
	"regexp"
	"strings"
)

// A printed name often carries more than a name. nameParts takes it apart by
// fixed rules, each seen in published lists:
//
//   - "formerly X", "also known as X", "doing business as X" and the like, with
//     or without brackets: other names;
//   - ("X") in quotation marks inside brackets: another name;
//   - (CNPJ: n), (TIN No. n), (Reg. No. n): identifiers;
//   - "and any entity controlled ...": dropped with a note, since nobody is
//     listed by a link;
//   - "c/o X": a note;
//   - "but only for ...", "business operations in ...": the entry is limited to
//     a part of the party, which no row can say;
//   - a bracket left open at the end, and trailing commas and semicolons: dropped.
//
// Any other bracket stays in the name: (Beijing), (Group), (ICOR).
type nameParts struct {
	name    string
	others  []string
	idents  []Identifier // of schemes of ident or "ref", not yet checked
	notes   []string
	limited string
}

// The phrases that lead in another name, longest first. Without stops or
// strokes only small letters count: Aka is also a family name.
const aliasPhrases = `(?:currently |also |previously |formerly |may also be )*(?:also knowna? as|also know as|known as|doing business (?:as|under)|operating as|formerly|previously|a\.k\.a\.?|a/k/a|d\.b\.a\.?|d/b/a|f\.k\.a\.?|f/k/a|(?-i:aka|dba|fka)):?`

// nameRules are the compiled rules; a reader makes one set.
type nameRules struct {
	bracketAlias, openAlias, quotedAlias, ident, control, careOf, limit, split, dangling *regexp.Regexp
}

func newNameRules() *nameRules {
	return &nameRules{
		bracketAlias: regexp.MustCompile(`(?i)\(\s*` + aliasPhrases + `\s+([^()]+)\)`),
		openAlias:    regexp.MustCompile(`(?i)[\s,]\s*` + aliasPhrases + `\s+(.+)$`),
		quotedAlias:  regexp.MustCompile(`\(\s*["“”'‘]([^()]+?)["“”'’]*\s*\)`),
		ident:        regexp.MustCompile(`(?i)\(\s*(CNPJ|TIN|Reg\. No|INN|LEI|USCC)[\s.:]*(?:No\.?)?[\s:]*([0-9A-Z][0-9A-Z ./-]*)\)`),
		control:      regexp.MustCompile(`(?i)[\s,]+and any entit(?:y|ies) (?:directly or indirectly )?controlled\b.*$`),
		careOf:       regexp.MustCompile(`(?i)[\s,]+c/o\s+(.+)$`),
		limit:        regexp.MustCompile(`(?i)\(?\s*(?:but only (?:for|with respect to|in)|business operations in)\b.*$`),
		split:        regexp.MustCompile(`(?i)\s*(?:;|,?\s+or\s)\s*(?:(?:also )?` + aliasPhrases + `\s+)?`),
		dangling:     regexp.MustCompile(`\s*\([^)\pL\pN]*$`),
	}
}

func (n *nameRules) apply(printed string) nameParts {
	p := nameParts{name: printed}
	if m := n.limit.FindString(p.name); m != "" {
		p.limited = strings.Trim(m, " ()")
	}
	p.cut(n.control, func([]string) {
		p.notes = append(p.notes, "the source extends the entry to entities that the party controls; left out, since each addressee must be named")
	})
	p.cut(n.careOf, func(m []string) { p.notes = append(p.notes, "c/o "+m[1]) })
	p.cut(n.ident, func(m []string) { p.idents = append(p.idents, namedIdent(m[1], m[2])) })
	p.cut(n.bracketAlias, func(m []string) { p.addOthers(n.split.Split(m[1], -1)) })
	p.cut(n.quotedAlias, func(m []string) { p.addOthers(m[1:2]) })
	p.cut(n.openAlias, func(m []string) { p.addOthers(n.split.Split(m[1], -1)) })
	p.cut(n.dangling, func([]string) {})
	p.name = strings.TrimRight(tidy(p.name), " ,;")
	p.others = distinct(p.others, p.name)
	return p
}

// cut removes all matches from the name, unless nothing would be left of it,
// and hands their groups to use.
func (p *nameParts) cut(rule *regexp.Regexp, use func(groups []string)) {
	matches := rule.FindAllStringSubmatch(p.name, -1)
	rest := tidy(rule.ReplaceAllString(p.name, " "))
	if len(matches) == 0 || rest == "" {
		return
	}
	p.name = rest
	for _, m := range matches {
		use(m)
	}
}

func (p *nameParts) addOthers(names []string) {
	for _, name := range names {
		p.others = append(p.others, strings.Trim(tidy(name), " ,;\"“”'‘’"))
	}
}

func namedIdent(label, number string) Identifier {
	switch label = strings.ToUpper(label); label {
	case "CNPJ":
		return Identifier{"br-cnpj", number}
	case "LEI", "USCC":
		return Identifier{strings.ToLower(label), number}
	case "REG. NO":
		label = "REG"
	}
	return Identifier{"ref", fmt.Sprintf("%s %s", label, tidy(number))}
}
