// Package match finds who a name may be among the parties of a list, whatever
// script it is written in, and says why:
//
//	b := match.NewBuilder()
//	b.Add(match.Record{ID: 7, Schema: match.Organisation, Names: []string{"河北建设集团股份有限公司"}, Country: "CN"})
//	x := b.Build()
//	r := x.Search(match.Query{Names: []string{"Hebei Construction Group Corp. Ltd."}, Schema: match.Organisation})
//	r[0].Score    // how likely it is the same party, 0 to 1
//	r[0].Evidence // what met and what spoke against, by which rule
//
// A name is read as words (a Chinese name as place, brand and trade). Each word
// of a query is looked up among the words of the list by keys that survive what
// people and scripts do to it: one or two letters wrong (the deletion
// neighbourhood of its beginning; Mor and Fraenkel 1982, Garbe 2012), another
// romanisation (roman.Skeleton), an abbreviation, a translation (package trade).
// The names that share enough rare words are then compared word by word. Nothing
// looks at the whole list, and a search reads a bounded number of postings.
//
// The comparison gives a raw likeness; a table measured on labelled pairs turns
// it into a probability (see [BaseRate]). What else is known, an identifier, a
// date of birth, a country, is added to its log odds.
//
// The best of a party's names counts, and no number of others adds to it.
// Results depend on the list and the query only.
package match
