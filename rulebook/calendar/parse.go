package calendar

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Parse reads a calendar in the text form of the package comment. Its errors
// name the line.
func Parse(text string) (*Calendar, error) {
	c := &Calendar{provisional: map[int]bool{}, days: map[int]day{}}
	p := parser{calendar: c}
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := p.line(line); err != nil {
			return nil, fmt.Errorf("calendar line %d: %w", number, err)
		}
	}
	if err := p.advance(len(order)); err != nil {
		return nil, fmt.Errorf("calendar line %d: %w", number+1, err)
	}
	c.text = c.render()
	return c, nil
}

// order is the order of the lines by their first words.
var order = [...]struct {
	word  string
	loose bool // there may be none, or many
	read  func(*parser, string) error
}{
	{"calendar", false, (*parser).readName},
	{"version", false, (*parser).readVersion},
	{"title", false, (*parser).readTitle},
	{"source", true, (*parser).readSource},
	{"zone", false, (*parser).readZone},
	{"weekend", false, (*parser).readWeekend},
	{"years", false, (*parser).readYears},
	{"provisional", true, (*parser).readProvisional},
	{"holiday", true, (*parser).readHoliday},
	{"work", true, (*parser).readWork},
}

type parser struct {
	calendar *Calendar
	next     int  // place in order of the first kind of line that may come
	latest   Date // the last day listed so far
}

// line reads one line that is neither blank nor a comment.
func (p *parser) line(line string) error {
	word, rest, _ := strings.Cut(line, " ")
	for place, kind := range order {
		if kind.word != word {
			continue
		}
		if err := p.advance(place); err != nil {
			return err
		}
		if err := checkWords(rest); err != nil {
			return fmt.Errorf("%s: %w", word, err)
		}
		if err := kind.read(p, rest); err != nil {
			return fmt.Errorf("%s: %w", word, err)
		}
		return nil
	}
	return fmt.Errorf("%q begins no line of a calendar", word)
}

// advance checks that the kind of line at that place may come now: no earlier
// kind that must stand is missing, and no later one has been read. The two kinds
// of day come in any order.
func (p *parser) advance(place int) error {
	for _, kind := range order[min(p.next, place):place] {
		if !kind.loose {
			return fmt.Errorf("%q must stand before this line", kind.word)
		}
	}
	if place < len(order) && order[place].word == "work" {
		place--
	}
	if place < p.next {
		return fmt.Errorf("%q must not stand here: it is given already, or belongs further up", order[place].word)
	}
	p.next = place
	if place < len(order) && !order[place].loose {
		p.next++
	}
	return nil
}

func checkWords(s string) error {
	if s == "" || strings.TrimSpace(s) != s || strings.Contains(s, "  ") {
		return fmt.Errorf("%q: write words with one space between them and none at the end", s)
	}
	for _, r := range s {
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			return fmt.Errorf("the character %U cannot be printed", r)
		}
	}
	return nil
}

func (p *parser) readName(s string) error {
	p.calendar.name = s
	return checkAlphabet(s, "abcdefghijklmnopqrstuvwxyz0123456789-")
}

func (p *parser) readVersion(s string) error {
	p.calendar.version = s
	return checkAlphabet(s, "0123456789.")
}

func checkAlphabet(s, alphabet string) error {
	if strings.Trim(s, alphabet) != "" {
		return fmt.Errorf("%q: write it with the characters %s", s, alphabet)
	}
	return nil
}

func (p *parser) readTitle(s string) error {
	p.calendar.title = s
	return nil
}

func (p *parser) readSource(s string) error {
	p.calendar.sources = append(p.calendar.sources, s)
	return nil
}

func (p *parser) readZone(s string) error {
	if s == "" || s == "Local" {
		return fmt.Errorf("%q is no name of a zone, or differs from host to host: write it as Europe/Berlin", s)
	}
	zone, err := time.LoadLocation(s)
	if err != nil {
		return fmt.Errorf("%q is no zone of the IANA database", s)
	}
	p.calendar.zone = zone
	return nil
}

// week is the order in which a calendar names the days of its weekend.
var week = [...]time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

func (p *parser) readWeekend(s string) error {
	names := strings.Split(s, " ")
	at := 0
	for _, weekday := range week {
		if at < len(names) && names[at] == strings.ToLower(weekday.String()) {
			p.calendar.weekend[weekday] = true
			at++
		}
	}
	if at < len(names) || at == len(week) {
		return fmt.Errorf("%q: name one to six days, as in saturday sunday, Monday first", s)
	}
	return nil
}

// A calendar may know years that are far enough for every rulebook, and near
// enough that a damaged text cannot make a long one.
const earliestYear, latestYear = 1900, 2199

func (p *parser) readYears(s string) error {
	first, last, err := parseYears(s)
	if err != nil {
		return err
	}
	if first < earliestYear || last > latestYear {
		return fmt.Errorf("%q: years from %d to %d", s, earliestYear, latestYear)
	}
	p.calendar.firstYear, p.calendar.lastYear = first, last
	return nil
}

func (p *parser) readProvisional(s string) error {
	c := p.calendar
	first, last, err := parseYears(s)
	if err != nil {
		return err
	}
	if first < c.firstYear || last > c.lastYear {
		return fmt.Errorf("%q lies outside the years %d-%d", s, c.firstYear, c.lastYear)
	}
	for year := first; year <= last; year++ {
		if c.provisional[year] {
			return fmt.Errorf("%d is given already", year)
		}
		c.provisional[year] = true
	}
	return nil
}

// parseYears reads "2027" or "2018-2027".
func parseYears(s string) (first, last int, err error) {
	from, to, isSpan := strings.Cut(s, "-")
	if !isSpan {
		to = from
	}
	begin, err := time.Parse("2006", from)
	if err != nil {
		return 0, 0, fmt.Errorf("%q: write a year as 2027 or years as 2018-2027", s)
	}
	end, err := time.Parse("2006", to)
	if err != nil || end.Before(begin) {
		return 0, 0, fmt.Errorf("%q: write a year as 2027 or years as 2018-2027", s)
	}
	return begin.Year(), end.Year(), nil
}

func (p *parser) readHoliday(s string) error { return p.readDays(false, s) }
func (p *parser) readWork(s string) error    { return p.readDays(true, s) }

// readDays reads a day or a span of days and the name under which they are
// listed.
func (p *parser) readDays(working bool, s string) error {
	c := p.calendar
	days, label, named := strings.Cut(s, " ")
	if !named {
		return fmt.Errorf("%q: a name must follow the day", s)
	}
	from, to, isSpan := strings.Cut(days, "..")
	if !isSpan {
		to = from
	}
	first, err := ParseDate(from)
	if err != nil {
		return err
	}
	last, err := ParseDate(to)
	if err != nil {
		return err
	}
	switch {
	case first.Compare(p.latest) <= 0:
		return fmt.Errorf("%s must come after %s, which stands above it", first, p.latest)
	case isSpan && last.Compare(first) <= 0:
		return fmt.Errorf("%s ends before it begins", days)
	case first.Year < c.firstYear || last.Year > c.lastYear:
		return fmt.Errorf("%s lies outside the years %d-%d", days, c.firstYear, c.lastYear)
	}
	for ordinal := first.ordinal(); ordinal <= last.ordinal(); ordinal++ {
		if working && !c.weekend[weekday(ordinal)] {
			return fmt.Errorf("%s is worked anyway: only a day of the weekend is listed as worked", dateOfOrdinal(ordinal))
		}
		c.days[ordinal] = day{working, label}
	}
	p.latest = last
	return nil
}

// render writes the canonical text.
func (c *Calendar) render() string {
	var b strings.Builder
	line := func(words ...any) { fmt.Fprintln(&b, words...) }
	line("calendar", c.name)
	line("version", c.version)
	line("title", c.title)
	for _, source := range c.sources {
		line("source", source)
	}
	line("zone", c.zone)
	fmt.Fprint(&b, "weekend")
	for _, weekday := range week {
		if c.weekend[weekday] {
			fmt.Fprint(&b, " ", strings.ToLower(weekday.String()))
		}
	}
	line()
	line(fmt.Sprintf("years %04d-%04d", c.firstYear, c.lastYear))
	for year := c.firstYear; year <= c.lastYear; year++ {
		if c.provisional[year] {
			line("provisional", year)
		}
	}
	for _, ordinal := range slices.Sorted(maps.Keys(c.days)) {
		word := "holiday"
		if c.days[ordinal].working {
			word = "work"
		}
		line(word, dateOfOrdinal(ordinal), c.days[ordinal].label)
	}
	return b.String()
}
