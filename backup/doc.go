// Package backup copies a register while it runs, and makes a register out of a
// copy. A back-up is a folder:
//
//	manifest.json  what is in it: acts, root, signed checkpoint, rows, digests
//	rows           acts, heads, sealed openings, effects, documents, looks, who was told
//	log.pub        the public key that the checkpoint is checked with
//	relying.yaml   the relying parties, if there are any
//
// It belongs to no database: what was copied from SQLite can be restored into
// PostgreSQL and the other way round. Nothing in it can be read without the party
// keys and the secrets, which are copied apart ([Keys], [Safe]): who erases a
// party's key has erased the party in every back-up ever made.
//
//	m, err := backup.Write(ctx, "/backup/2026-11-23", backup.Source{Store: s, Verifier: v, ...})
//	path, err := backup.Keys("/keys", "/var/lib/standing/party-keys", now, 30*24*time.Hour)
//	report, err := backup.Restore(ctx, backup.Plan{From: "/backup/2026-11-23", KeyFile: path, ...})
//
// A folder bears its name only when everything in it was written, synced and read
// again: digests agree, the acts hash to the root that the checkpoint signs. A
// register is restored when its log.key stands in its folder, which comes last.
// Whatever is cut short in between is not taken for whole.
//
// # Erasures
//
// An older copy brings back what was erased since. Restore therefore erases
// again, before anything is served: every opening of which the key copy says that
// its key was destroyed; every party that the back-up or a later one says was
// erased; and every key that no opening needs.
package backup
