package clerk

import (
	"slices"
	"strings"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/charter"
	"github.com/openstanding/standing/region"
	"github.com/openstanding/standing/rulebook/activity"
)

// closed refuses a code that is not from the closed set that its kind of act
// draws on. The alphabet of codes alone would let a name in pinyin or a docket
// stand in public bytes for ever.
func closed(a *standing.Act) error {
	no := func(what, code string, allowed []string) error {
		return standing.Errorf(standing.Invalid, "%s: %.40q is not %s: %s", a.Kind, code, what, strings.Join(allowed, ", "))
	}
	one := func(what, code string, allowed ...string) error {
		if code == "" || slices.Contains(allowed, code) {
			return nil
		}
		return no(what, code, allowed)
	}
	if a.Region != "" && a.Region != "*" && !region.Known(region.ID(a.Region)) {
		return standing.Errorf(standing.Invalid, "%s: %.32q is not a region of the tree", a.Kind, a.Region)
	}
	switch a.Kind {
	case standing.RulingRecorded, standing.AddresseeNamed:
		for _, c := range a.Codes {
			if err := one("a capacity", c, charter.Capacities()...); err != nil {
				return err
			}
		}
	case standing.AuthorityRecorded, standing.AuthorityChanged:
		return one("a kind of authority", a.Code, "court", "agency", "registry", "municipality", "bank", "register")
	case standing.ListingCorrected:
		return one("a correction", a.Code, "revoked", "ground", "sum", "identity", "term", "text")
	case standing.CreditorRequested:
		return one("what a creditor may ask", a.Code, "entry", "deletion")
	case standing.Exempted:
		for _, c := range a.Codes {
			if len(activity.Leaves(c)) == 0 {
				return no("an activity or a branch of the tree", c, []string{"see standing rulebook activities"})
			}
		}
	}
	return nil
}
