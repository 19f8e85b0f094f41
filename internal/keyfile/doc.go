// Package keyfile keeps the register's secrets on disk: the party keys in one
// file ([File], a [privacy.Keys]), and the master key and peppers in another
// ([Secrets]). Keep both out of the database and out of its back-ups; a copy of
// the key file must not be kept longer than erasure may take (30 days).
//
//	secret, err := keyfile.Secrets("/etc/standing/secrets")
//	keys, err := keyfile.Open("/var/lib/standing/keys", keyfile.Options{Origin: origin, Master: secret.Master})
//	err = keys.Skip(highest slot that the register mentions)
//
// # The key file
//
// A header of 4,096 bytes, then one record of 64 bytes per slot, so that a slot
// is found without an index and never straddles a disk sector. A record is the
// party's key, sealed by package privacy under a key derived from the master
// key and bound to file and slot: a stolen file opens nothing, a moved or
// damaged record is noticed. 64 zero bytes are an erased (or never used) slot,
// 64 bytes of 0xFF a lost one.
//
// Keys are written ahead in blocks with one fsync and handed out by counting.
// The length of the file, and a mark in the header in case the file is cut
// short, say which slots may have been handed out; whatever was written ahead
// when the process died is skipped. A clean Close cuts the unused part off.
//
// Known limits: erasing overwrites in place, so a copy-on-write file system, a
// snapshot or a flash drive may keep the old sector for a while, readable only
// to who also has the master key. A copy of the file made while it is in use is
// good; restoring one sets erasures back, which must then be replayed, and
// [File.Skip] must be called, which keeps a slot from being given out twice.
package keyfile
