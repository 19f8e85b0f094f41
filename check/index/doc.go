// Package index holds in memory which identifiers are under an effect, and
// when. It is what a server and a client share to answer a check: it knows
// keys and intervals, and nothing of rulebooks or activities.
//
// An identifier becomes a [Key] by a [Hasher], which needs the register's
// pepper. A [Builder] takes every (key, interval) of the store and makes an
// [Index]; [Index.Apply] keeps it current, one listing at a time replaced
// whole; [Index.WriteTo] and [Open] are its file form, which is used where it
// lies, so that a mapped file answers without being read in.
//
//	var b index.Builder
//	for key, interval := range rows {
//		b.Add(key, interval)
//	}
//	x := b.Build(asOf)
//
//	hasher.Key(&key, "uscc", "91370102MA3C7XYZ1P")
//	if !x.Has(key) {
//		// clear, if the lists asked about are complete for the scheme
//	}
//	hits = x.Find(key, hits[:0])
//
// Readers take no lock and see every Apply whole or not at all; several looks
// that must agree with each other, such as those at the identifiers of one
// party, go through one [View].
//
// # How it is built
//
// The base is one run of bytes, the same in memory and in a file: the entries
// in the order of their keys, each in a line of the processor's cache and with
// gaps between them, so that a key says where to look; a filter that turns
// nearly every clear key away after one load; and a directory from listings to
// their entries, for Apply. Over it lie a bitmap of base entries that hold no
// longer and a small tree of newer ones, both copied where they change. When
// they have grown to a share of the base they are merged into a new one
// ([Index.Compact]).
//
// # What it costs
//
// At a million listings about 102 bytes each, and, beside a Go map from the
// identifiers' texts, with the keyed digest in our time and one question at a
// time, 0.6 of the map's time for a clear key and 0.8 for a listed one. Asked
// back to back, listed keys take 1.3 to 1.4 of it: the digest fills the
// processor's window, so that it cannot begin the next question while this one
// waits for memory. See the benchmarks.
package index
