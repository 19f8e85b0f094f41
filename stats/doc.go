// Package stats counts the register: how many entries began and ended, stand in
// force, were objected to, by list, field, region and month. It is a fold over
// the log, kept current act by act, and answers for the present only.
//
//	f := stats.New(stats.Config{Now: now, Field: fieldOf})
//	f.Law(constitution)                       // again whenever it changed
//	f.Entry(entry)                            // every entry of the log, in order
//	f.Effect(row)                             // whenever a listing's effects changed
//	f.End(listing, at, event)                 // whenever its end changed: standing.End
//	answer, err := f.Statistics(query, now, position)
//
// An entry begins with its first effect and ends with [standing.End]; one that
// is stayed or exempted has not ended. What begins or ends in the future counts
// from that instant on. Notices, objections and the rest count in the month in
// which they happened, at the latest that in which they were recorded. Months
// are those of Config.Zone.
//
// # Natural persons
//
// No answer may point at one. Parties of unknown kind are persons here. The rule:
//
//  1. Every entry of a person lies in exactly one box: its list, its province
//     (region of depth 2; what holds in a whole country, or everywhere, has a
//     box of its own), and its state: in force, or ended by a named event. The
//     five kinds of act have boxes in the same way, in which an entry lies once.
//  2. Of a box the whole tens are published, of 0 to 9 nothing. What is left over
//     of the boxes of a country is added up, and its whole tens are published
//     with the country; what is left over then, with the world. Of m boxes that
//     are not empty no more than 9(m-1) is published in this way, so that what
//     is known of all never tells of one.
//  3. Every published number of persons is a sum of these numbers. There is none
//     by month, none for a span of months, none below a province, and no median:
//     such rows count organisations alone and say Withheld.
//  4. Boxes change on the first of a month, for all that happened before it.
//
// Why it holds. All published numbers are sums of multiples of ten, so no
// difference or sum of any number of them, at one time or at two, is a count of
// 1 to 9. Every question sums the same boxes, so that months less a shorter
// span, a region less its parts, or two filters give nothing that is not
// published as such. And the answers taken together leave every box open: it may
// hold any number within its ten, except that one of which nothing is published
// may be known not to be empty. For were it at the lower end and all others that
// are not empty at the upper, the left-overs would still come to what is
// published with the country, by 2. Which rows appear depends on published
// numbers alone, and the numbers of organisations on no person.
//
// What remains: who compares the first of two months learns that a number has
// passed a ten; an act that is dated back moves a box at once; whoever knows
// already that nearly every box of a country holds someone learns from a 0 for
// the country that they are few; and a person with several entries counts
// several times.
//
// This is rounding down to a base with fixed aggregates (P.-P. de Wolf and
// others, "Handbook on Statistical Disclosure Control", 2nd edition, 5.5:
// https://sdctools.github.io/HandbookSDC/05-frequency-tables.html) instead of
// suppressing cells and then others that would give them away (ibid., chapter
// 4): suppression protects one table, whereas here anyone composes tables.
package stats
