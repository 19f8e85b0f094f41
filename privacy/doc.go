// Package privacy keeps personal data readable only for as long as it may be
// read. It is pure: keys, salts and randomness come in as arguments.
//
// What identifies a party never stands in the bytes of an act. It is the act's
// opening, and it is treated in three ways:
//
//   - sealed: [Seal] encrypts it under the party's key, bound to the digest of
//     its act; a store sees only this. When the party's key is erased in the
//     key store ([Keys]), every copy of the sealed bytes, back-ups included,
//     becomes noise, and [Open] says [ErrErased].
//   - committed to: the act carries [Commit] of it, so that whoever is given
//     the salt and the opening can check that it is the one meant
//     ([Verify]), and whoever is not learns nothing.
//   - indexed: [Pepper.Key] turns an identifier or a normalised name
//     ([NameKeyText], [PersonKeyTexts]) into a key that can be looked up but
//     not read or guessed without the pepper, which lives outside the database.
//
// [Mask] is what the public sees of a natural person's name.
//
// A clerk who writes one act about a party does this:
//
//	slot, err := keys.Allocate(1)                  // once per party
//	key, err := keys.Get(slot)
//	sealed, err := privacy.Seal(key, digest[:], opening, rand)
//	commitment := privacy.Commit(salt, opening)    // into the act's bytes
package privacy
