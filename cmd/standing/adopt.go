package main

import (
	"context"
	"crypto/rand"
	"os"
	"slices"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/clerk"
	"github.com/openstanding/standing/draft"
	"github.com/openstanding/standing/rulebook"
)

type rulebookAdoptCmd struct {
	where
	founders
	File string           `arg:"" help:"Text of the rulebook, or the name of a shipped one." type:"path"`
	From standing.Instant `help:"When it comes into force; now unless given." placeholder:"TIME"`
}

// Run puts a rulebook, or a new version of one, in force: both founders sign.
// The register's transcriber may then import lists of it.
func (c *rulebookAdoptCmd) Run(p *program) error {
	book, err := loadRulebook(c.File)
	if os.IsNotExist(err) {
		return standing.Errorf(standing.NotFound, "no file %s", c.File)
	}
	if err != nil {
		return err
	}
	h, err := c.where.open(p.ctx, true)
	if err != nil {
		return err
	}
	defer h.close()
	h.books = h.books.With(book)
	s, err := c.sign(p.ctx, h, book)
	if err != nil {
		return err
	}
	if err := h.submit(p.ctx, s); err != nil {
		return err
	}
	say(p.out, "%s %s is adopted (SHA-256 %s)\n", book.Name, book.Version, book.Digest)
	return nil
}

// sign makes the statement of an adoption, and of the transcriber's entitlement
// where the rulebook has lists that are taken over from others.
func (c *rulebookAdoptCmd) sign(ctx context.Context, h *home, book *rulebook.Compiled) (clerk.Submission, error) {
	entries, err := h.store.Case(ctx, standing.ConstitutionID)
	if err != nil {
		return clerk.Submission{}, err
	}
	fold, err := standing.Fold(entries, standing.Forever)
	if err != nil {
		return clerk.Submission{}, err
	}
	d := draft.New(h.origin, rand.Reader)
	con := d.Constitution(fold.Version, clockNow())
	if err := con.Adopt(book.Name, book.Digest, c.From); err != nil {
		return clerk.Submission{}, err
	}
	scribe := fold.Constitution.Authorities[transcriber]
	reported := slices.ContainsFunc(book.Lists, func(l rulebook.List) bool { return l.Reported != nil })
	if scribe != nil && reported && !slices.Contains(scribe.Entitled, book.Name) {
		err := con.AuthorityChanged(transcriber, scribe.Kind, scribe.Region, append(slices.Clone(scribe.Entitled), book.Name), []string{"This register", "本登记册"}, "")
		if err != nil {
			return clerk.Submission{}, err
		}
	}
	return c.founders.sign(h, d)
}
