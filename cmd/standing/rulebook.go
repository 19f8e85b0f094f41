package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/rulebook"
	"github.com/openstanding/standing/rulebook/activity"
	"github.com/openstanding/standing/rulebook/builtin"
)

type rulebookCmd struct {
	List       rulebookListCmd       `cmd:"" help:"List the shipped rulebooks."`
	Show       rulebookShowCmd       `cmd:"" help:"Print a rulebook's text."`
	Check      rulebookCheckCmd      `cmd:"" help:"Check a text: form, sources, conditions, and the charter."`
	Explain    rulebookExplainCmd    `cmd:"" help:"Print a rulebook in plain words, every rule with its source."`
	Diff       rulebookDiffCmd       `cmd:"" help:"What changed between two rulebooks."`
	Adopt      rulebookAdoptCmd      `cmd:"" help:"Put a rulebook, or a new version of one, in force; both founders sign."`
	Activities rulebookActivitiesCmd `cmd:"" help:"Print the activity tree."`
}

// shipped are the rulebooks in the program.
func shipped() (*rulebook.Set, error) {
	var books []*rulebook.Compiled
	for _, name := range builtin.Names() {
		b, err := builtin.Load(name)
		if err != nil {
			return nil, err
		}
		books = append(books, b)
	}
	return rulebook.NewSet(books...), nil
}

// loadRulebook reads a file, or a shipped rulebook by name.
func loadRulebook(name string) (*rulebook.Compiled, error) {
	text, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) && !strings.ContainsAny(name, "/.") {
		return builtin.Load(name)
	}
	if err != nil {
		return nil, err
	}
	return rulebook.Load(text)
}

type rulebookListCmd struct{}

// Run lists the shipped rulebooks.
func (c *rulebookListCmd) Run(p *program) error {
	books, err := shipped()
	if err != nil {
		return err
	}
	if p.json {
		var out []map[string]any
		for _, b := range books.All() {
			out = append(out, map[string]any{"name": b.Name, "version": b.Version, "title": b.Title, "digest": b.Digest})
		}
		return p.printJSON(out)
	}
	for _, b := range books.All() {
		say(p.out, "%-20s %s  %s\n", b.Name, b.Version, tongue(p.out).Say(b.Title))
		for i := range b.Lists {
			say(p.out, "    %-28s %s\n", b.Lists[i].ID, tongue(p.out).Say(b.Lists[i].Title))
		}
	}
	return nil
}

type rulebookShowCmd struct {
	Name string `arg:"" help:"Name of a shipped rulebook, or a file."`
}

// Run prints a rulebook's text.
func (c *rulebookShowCmd) Run(p *program) error {
	b, err := loadRulebook(c.Name)
	if err != nil {
		return err
	}
	if p.json {
		return p.printJSON(b.Rulebook)
	}
	_, err = p.out.Write(b.Text)
	return err
}

type rulebookCheckCmd struct {
	Name []string `arg:"" help:"Files, or names of shipped rulebooks."`
}

// Run checks texts; every problem is printed with its line.
func (c *rulebookCheckCmd) Run(p *program) error {
	bad := 0
	for _, name := range c.Name {
		b, err := loadRulebook(name)
		if err != nil {
			bad++
			say(p.errOut, "%s: %v\n", name, err)
			continue
		}
		say(p.out, "%s: %s %s is sound: %s, %s, digest %s\n", name, b.Name, b.Version, count(len(b.Lists), "%d list", "%d lists"), count(len(b.Measures), "%d measure", "%d measures"), b.Digest)
	}
	if bad > 0 {
		return standing.Errorf(standing.Refused, "%d of %d texts were refused", bad, len(c.Name))
	}
	return nil
}

type rulebookExplainCmd struct {
	Name string `arg:"" help:"Name of a shipped rulebook, or a file."`
}

// Run prints a rulebook in plain words.
func (c *rulebookExplainCmd) Run(p *program) error {
	b, err := loadRulebook(c.Name)
	if err != nil {
		return err
	}
	fmt.Fprintln(p.out, rulebook.Explain(b, tongue(p.out).Lang))
	return nil
}

type rulebookDiffCmd struct {
	Old string `arg:"" help:"Name or file."`
	New string `arg:"" help:"Name or file."`
}

// Run prints what changed.
func (c *rulebookDiffCmd) Run(p *program) error {
	older, err := loadRulebook(c.Old)
	if err != nil {
		return err
	}
	newer, err := loadRulebook(c.New)
	if err != nil {
		return err
	}
	changes := rulebook.Diff(older, newer)
	if p.json {
		return p.printJSON(changes)
	}
	for _, x := range changes {
		fmt.Fprintln(p.out, x)
	}
	return nil
}

type rulebookActivitiesCmd struct {
}

// Run prints the activity tree.
func (c *rulebookActivitiesCmd) Run(p *program) error {
	if p.json {
		return p.printJSON(activity.Tree())
	}
	for _, l := range activity.Tree() {
		title := l.English
		if tongue(p.out).Lang == "zh" {
			title = l.Chinese
		}
		mark := ""
		if l.Tag != activity.Open {
			mark = fmt.Sprintf("  (%v: no measure may name it)", l.Tag)
		}
		say(p.out, "%-36s %s%s\n", l.ID, title, mark)
	}
	return nil
}
