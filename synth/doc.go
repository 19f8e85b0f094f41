// Package synth makes up a country: regions, authorities with keys, companies,
// public bodies and persons, and years of rulings with everything that happens
// to them, as the signed statements that courts and registries would send to a
// clerk. The same options give the same bytes, whatever machine and whatever
// year.
//
//	world, err := synth.New(synth.Options{Parties: 1_000_000, Seed: 1, Register: origin,
//		Start: start, End: end, Rulebooks: digests})
//	for step := range world.All() {
//		clock = step.At
//		receipts, err := clerk.Submit(ctx, clerk.Submission{Statement: step.Statement(), Openings: step.Openings})
//	}
//
// # How it streams
//
// Nothing is remembered of the people and cases made up: party i, ruling k and
// everything that ever happens to ruling k are worked out from (seed, i) and
// (seed, k) whenever they are needed. Of each ruling one byte is kept, the next
// month in which something happens to it. Authorities send one file a month;
// a file is the acts of one key, in statements of at most [MaxActs].
//
// Steps are to be submitted in their order with the clerk's clock at [Step.At].
// Several may be under way together while their instants lie within a day or
// so; a clock that runs weeks ahead finds reviews over and stays run out.
//
// # Who is nobody
//
// Nothing made up here can be mistaken for someone. Organisation codes are of a
// block that is not issued (MAY), citizen numbers of people born in the 1800s,
// entity identifiers of an issuer that does not exist, dockets bear the letter
// 样 (sample), authorities are called simulated, and names are drawn from word
// tables of this package: seldom seen characters, three to a brand.
//
// # How true it is
//
// rates.go states each rate with its source, or calls it an assumption. What is
// true are the proportions; the number of rulings to a party is many times that
// of any country, so that a small register has something to show.
package synth
