-- Snapshot files that lie in the folder beside this database.

CREATE TABLE served_snapshot (
	store   TEXT    NOT NULL,
	version INTEGER NOT NULL,
	sha256  TEXT    NOT NULL,
	size    INTEGER NOT NULL, -- uncompressed bytes
	made    INTEGER NOT NULL, -- unix ms
	PRIMARY KEY (store, sha256)
) STRICT, WITHOUT ROWID;
