package bulk_test

import (
	"context"
	"fmt"

	"github.com/openstanding/standing"
	"github.com/openstanding/standing/api"
	"github.com/openstanding/standing/bulk"
)

// country is an Exports of any size whose rows are made while they are read;
// one in changed differs from day to day.
type country struct {
	parties, listings int
	changed, day      int
}

const origin = "register.example"

var places = []string{"CN/37/10/82", "CN/31/01/15", "CN/44/03/05", "CN/11/01/05", "DE", "BR", "CN/51/01/04"}

func (c country) EachParty(ctx context.Context, fn func(*api.PartyRow) error) (uint64, error) {
	row := api.PartyRow{}
	for i := range c.parties {
		if i&1023 == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		code := fmt.Sprintf("uscc:91%06dMA%08dX", i%999983, i)
		row = api.PartyRow{Party: fmt.Sprintf("uscc:91%014dX", i), Kind: standing.Organisation, Country: "CN", Region: places[i*7%len(places)],
			Names:       append(row.Names[:0], fmt.Sprintf("荣成市蓝海%d号水产有限公司", i*2654435761%900001), fmt.Sprintf("Rongcheng Bluewater No. %d Aquatic Products Co., Ltd.", i)),
			Identifiers: append(row.Identifiers[:0], fmt.Sprintf("uscc:91%014dX", i), code[:20]),
			Address:     fmt.Sprintf("山东省威海市荣成市成山大道%d号", i%4000), Registry: "cn-samr-371082"}
		if i%5 == 0 && i/5 < c.listings {
			row.Entries, row.Lists, row.Newest = 1, append(row.Lists[:0], "cn-courts/judgment-defaulters"), standing.Instant(1790000000+i)
		}
		if c.changed > 0 && i%c.changed == 0 {
			row.Address += fmt.Sprintf("（%d）", c.day)
		}
		if err := fn(&row); err != nil {
			return 0, err
		}
	}
	return uint64(c.parties + c.listings), nil
}

func (c country) EachListing(ctx context.Context, fn func(*api.ListingRow) error) (uint64, error) {
	for i := range c.listings {
		if i&1023 == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		row := api.ListingRow{ID: fmt.Sprintf("%s/listing/%026d", origin, i), List: "cn-courts/judgment-defaulters", Field: "enforcement", Ground: "refuses-though-able",
			Party: fmt.Sprintf("uscc:91%014dX", i*5), Name: fmt.Sprintf("荣成市蓝海%d号水产有限公司", i*5*2654435761%900001), PartyKind: standing.Organisation, Region: "CN",
			Authority: "cn-court-371082", Ruling: fmt.Sprintf("%s/ruling/%026d", origin, i*3), RulingKind: "judgment", Docket: fmt.Sprintf("(2026) Lu 1082 Zhi %d", i),
			Decided: standing.Instant(1780000000 + i), From: standing.Instant(1790000000 + i*5), Review: standing.Instant(1850000000 + i)}
		if err := fn(&row); err != nil {
			return 0, err
		}
	}
	return uint64(c.parties + c.listings), nil
}

var key = []byte("a key of tests, 32 bytes, or more")

// on are the options of the issue of a day, counted from 2026-11-22.
func on(day int) bulk.Options {
	return bulk.Options{Register: origin, Key: key, Now: standing.Instant(1795305600 + day*86400 + 600)}
}
