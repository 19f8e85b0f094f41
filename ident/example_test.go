package ident_test

import (
	"fmt"

	"github.com/openstanding/standing/ident"
)

func ExampleParse() {
	id, err := ident.Parse("uscc:9110 0000 1000 0396 2t")
	fmt.Println(id, err)
	_, err = ident.Parse("uscc:91440300I922038216")
	fmt.Println(err)
	// Output:
	// uscc:91100000100003962T <nil>
	// uscc: character 9: 'I' cannot stand here, only digits and letters other than I, O, S, V and Z (alphabet, GB 32100-2015)
}

func ExampleUSCCParts() {
	id, _ := ident.New(ident.SchemeUSCC, "31110000E00017891P")
	parts, _ := ident.USCCParts(id)
	en, zh := parts.ClassName()
	fmt.Println(en, zh, parts.Region, parts.OrgCode)
	// Output: law firm 律师执业机构 110000 E00017891
}

func ExampleIdentifier_Mask() {
	id, _ := ident.CitizenFrom("11000018000101003")
	fmt.Println(id.Personal(), id.Mask())
	// Output: true 11**************3X
}
