// Package find is the search box's index: parties found by their names as one
// types them, letter by letter, or by an identifier.
//
//	b := find.NewBuilder()
//	b.Add(7, "河北建设集团股份有限公司", "Hebei Construction Group Corporation Limited")
//	x := b.Build()
//	r := x.Search(find.Query{Text: "heb constr", Limit: 20})
//	spans := find.Spans("heb constr", "Hebei Construction Group Corporation Limited")
//
// A document is a number, from 0 and without great gaps, that the caller gives a
// party; its texts are names and values of identifiers. A text meets a query if
// every word of the query, taken as the beginning of one, stands in it (a run of
// Chinese characters anywhere in a run), both folded by package fold. How well
// is a [Rank]. A run of four characters or more that stands nowhere as it is is
// looked for in pieces: people leave out what stands between. Spellings that only a mind would join are no matter of this
// package.
//
// The index is an array of the beginnings of all words in the order of what
// follows them (a suffix array; Manber and Myers, 1993), so that a word or phrase
// is one range of it, found by halving and counted by subtracting. The texts lie
// in the order of relevance (shorter first), and a tree of minima over the array
// yields the members of a range in that order without looking at the rest; so
// the first page of a word that a million names hold costs what that of a rare
// one does. What can be neither counted nor walked within the bound of a search
// is said to be more.
package find
