-- Entries, vault and looks grow at their end only. Positions of a case are
-- unsigned varints one after another, listings and look-up keys 16 bytes each.
-- A lookup is keyed by the first 8 bytes of a look-up key; the vault row holds
-- all 16. The row of register holds what each commit moves on; indexed is null,
-- or the position from which vault rows are not in lookups because a long load
-- put that off.
CREATE TABLE standing.register (
	one boolean PRIMARY KEY DEFAULT true CHECK (one),
	format integer NOT NULL,
	size bigint NOT NULL,
	checkpoint bytea,
	indexed bigint
) WITH (fillfactor = 50);
INSERT INTO standing.register (format, size) VALUES (1, 0);
CREATE TABLE standing.entries (position bigint PRIMARY KEY, leaf bytea NOT NULL);
CREATE TABLE standing.cases (
	id bytea PRIMARY KEY,
	kind smallint NOT NULL,
	version bigint NOT NULL,
	positions bytea NOT NULL,
	listings bytea NOT NULL
) WITH (fillfactor = 70);
CREATE TABLE standing.vault (position bigint PRIMARY KEY, slot bigint NOT NULL, keys bytea NOT NULL, sealed bytea);
CREATE TABLE standing.lookups (key bigint, position bigint, PRIMARY KEY (key, position));
CREATE TABLE standing.effects (listing bytea PRIMARY KEY, effect bytea NOT NULL) WITH (fillfactor = 80);
CREATE TABLE standing.tiles (place bigint PRIMARY KEY, hashes bytea NOT NULL) WITH (fillfactor = 50);
CREATE TABLE standing.documents (digest bytea PRIMARY KEY, content bytea NOT NULL);
CREATE TABLE standing.looks (
	number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at bigint NOT NULL,
	relying text NOT NULL,
	purpose text NOT NULL,
	key bytea NOT NULL,
	found bytea NOT NULL,
	verdict text NOT NULL
);
CREATE INDEX looks_key ON standing.looks (key, number);
CREATE TABLE standing.told (listing bytea, relying text COLLATE "C", at bigint NOT NULL, PRIMARY KEY (listing, relying));
CREATE TABLE standing.lease (
	one boolean PRIMARY KEY DEFAULT true CHECK (one),
	holder text NOT NULL,
	until bigint NOT NULL
);
-- What is sealed and hashed does not shrink: do not try.
ALTER TABLE standing.entries ALTER COLUMN leaf SET STORAGE EXTERNAL;
ALTER TABLE standing.vault ALTER COLUMN sealed SET STORAGE EXTERNAL;
ALTER TABLE standing.tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;
