// Package tile is the arithmetic of the public log: an append-only Merkle tree
// (RFC 6962, SHA-256) cut into tiles of 256 hashes, as C2SP tlog-tiles lays
// them out (c2sp.org/tlog-tiles), its checkpoints (c2sp.org/tlog-checkpoint,
// c2sp.org/signed-note) and its proofs. It does no input or output: tiles come
// in through a [ReadTile] and go out as values, so that a store can write them
// in the same transaction as the entries.
//
// The one writer keeps an [Appender]:
//
//	a, err := tile.Restore(size, read)              // once, at start
//	next, tiles, err := a.Append(leaves)            // leaves from LeafHash
//	err = commit(entries, tiles, checkpoint(next))  // the store's transaction
//	if err == nil { a = next }                      // else a is still true
//
// Whoever proves calls [Inclusion] and [Consistency]; whoever checks calls
// [CheckInclusion] and [CheckConsistency]; whoever audits feeds a [Tree].
// A [Statement] is the small tree under one signature over many acts.
package tile
