package calendar

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed data/*.txt
var data embed.FS

// Names are the calendars that [Load] knows, in alphabetical order:
//
//	br  Brazil, national holidays
//	cn  China, with the days that move weekends
//	de  Germany, holidays of all Länder
//	gb  England and Wales, bank holidays
//	un  Monday to Friday without holidays, UTC, for institutions of many states
//	us  United States, federal holidays
func Names() []string { return []string{"br", "cn", "de", "gb", "un", "us"} }

// Load parses a calendar that is compiled in. It reads the text anew each time;
// keep the result.
func Load(name string) (*Calendar, error) {
	text, err := data.ReadFile("data/" + name + ".txt")
	if err != nil {
		return nil, fmt.Errorf("calendar %q: not compiled in; there are %s", name, strings.Join(Names(), ", "))
	}
	return Parse(string(text))
}
