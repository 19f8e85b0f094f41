package index_test

import (
	"fmt"
	"math"

	"github.com/openstanding/standing/check/index"
)

func Example() {
	hasher := index.NewHasher([32]byte{ /* the register's pepper */ })
	var key index.Key
	hasher.Key(&key, "uscc", "91370102MA3C7XYZ1P")

	var b index.Builder
	b.Add(key, index.Interval{Rule: 7, From: 1_700_000_000, Until: math.MaxInt64, Listing: index.ID{1}, Subject: index.ID{2}})
	x := b.Build(index.AsOf{})
	for _, v := range x.Find(key, nil) {
		fmt.Println("rule", v.Rule, "from", v.From)
	}

	x.Apply(index.AsOf{}, []index.Change{{Listing: index.ID{1}}})
	fmt.Println("listed:", x.Has(key))
	// Output:
	// rule 7 from 1700000000
	// listed: false
}
