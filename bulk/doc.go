// Package bulk publishes everything that is public of a register as files that
// anyone may take: parties and entries in force as CSV, JSON lines and Parquet,
// both together as FollowTheMoney entities, what changed since the issue before
// as deltas, and statistics that are written once and stay.
//
//	index, err := bulk.Publish(ctx, dir, register, register, bulk.Options{Register: origin, Key: key, Now: now})
//	http.Handle("/bulk/", http.FileServerFS(bulk.Folder(dir)))
//
// An issue is whole or not there: it is written beside the one before and takes
// its place by renaming one file. Rows stream through; memory does not grow
// with the register, but for 16 bytes for every row that changed.
//
// # The sum of the deltas
//
// A row's canonical form is its line in parties.jsonl or listings.jsonl: JSON
// by RFC 8785. The root of a whole is the SHA-256 over its lines in order, so
// that it is also the digest of the file unpacked. index.json publishes the root
// of every kept day; [Apply] leads from any of them to the newest.
//
// # What has ended
//
// When a row changes or goes, its older form leaves every file: a delta that
// carried it is rewritten and keeps only what was done, to which id. So no file
// holds a row that is not also in the newest whole. Ids of parties are keyed
// digests; from the id of one that has gone nobody finds out who it was, unless
// they hold its row already.
package bulk
