package privacy

// LookupTexts are the texts ("scheme:value") under which a party is found: one
// per identifier, and by name: an organisation's exact name; a protected
// party's name with birth date and with country, and under a scheme of its own
// the name alone, which only the register's own operator can ask by.
func LookupTexts(names, identifiers []string, birth, country string, protected bool) []string {
	out := append([]string{}, identifiers...)
	add := func(text string) {
		if text != "" {
			out = append(out, text)
		}
	}
	for _, name := range names {
		if !protected {
			add(NameKeyText(name))
			continue
		}
		for _, text := range PersonKeyTexts(name, birth, country) {
			add(text)
		}
		add(ProtectedNameText(name))
	}
	return out
}

// ProtectedNameText is the text under which a protected party's name alone is
// indexed, for the operator of a local store.
func ProtectedNameText(name string) string {
	if text := NameKeyText(name); text != "" {
		return "protected-" + text
	}
	return ""
}
