package sqlite

const (
	// applicationID marks the file as a register: "Stnd".
	applicationID = 0x53746e64
	// pageSize holds twenty entries: half the pages, sums and checkpoint
	// writes of the default 4,096 for rows that are only ever appended.
	pageSize = 8192
	// autocheckpoint is in pages: the log is moved into the database file
	// every 64 MiB, beyond the caches of most disks yet done in 0.2 s.
	autocheckpoint = 8192
)

// schema, format 1. Entries, vault and looks grow at their end only; cases,
// lookups and effects are sorted by what they are found by, and keep their
// columns in the tree itself.
//
// The row of register holds what each commit moves on. indexed is null, or the
// position from which vault rows are not in lookups because a long load put
// that off. A lookup is keyed by the first 8 bytes of a look-up key; the vault
// row holds all 16. Positions of a case are unsigned varints one after another,
// listings 16 bytes each.
const schema = `
PRAGMA application_id = 1400139364;
PRAGMA user_version = 1;
CREATE TABLE register (only INTEGER PRIMARY KEY CHECK (only = 1), size INTEGER NOT NULL, checkpoint BLOB, indexed INTEGER) STRICT;
INSERT INTO register (only, size) VALUES (1, 0);
CREATE TABLE entries (position INTEGER PRIMARY KEY, leaf BLOB NOT NULL) STRICT;
CREATE TABLE cases (id BLOB PRIMARY KEY, kind INTEGER NOT NULL, version INTEGER NOT NULL, positions BLOB NOT NULL, listings BLOB) STRICT, WITHOUT ROWID;
CREATE TABLE vault (position INTEGER PRIMARY KEY, slot INTEGER NOT NULL, keys BLOB, sealed BLOB) STRICT;
CREATE TABLE lookups (key INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (key, position)) STRICT, WITHOUT ROWID;
CREATE TABLE effects (listing BLOB PRIMARY KEY, row BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE tiles (place INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TABLE documents (digest BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TABLE looks (number INTEGER PRIMARY KEY, at INTEGER NOT NULL, relying TEXT NOT NULL, purpose TEXT NOT NULL, key BLOB NOT NULL, found BLOB NOT NULL, verdict TEXT NOT NULL) STRICT;
CREATE INDEX looks_key ON looks (key);
CREATE TABLE told (listing BLOB NOT NULL, relying TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (listing, relying)) STRICT, WITHOUT ROWID;
CREATE TABLE lease (only INTEGER PRIMARY KEY CHECK (only = 1), holder TEXT NOT NULL, until INTEGER NOT NULL) STRICT;
`

const commonPragmas = "PRAGMA busy_timeout=10000; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"

const writerPragmas = commonPragmas + "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-%d; PRAGMA wal_autocheckpoint=%d"

// Readers do without memory mapping: it is half as fast again, but turns a
// failing disk into the death of the process, and counts as memory once per
// connection.
const readerPragmas = commonPragmas + "PRAGMA query_only=ON; PRAGMA cache_size=-16384"
