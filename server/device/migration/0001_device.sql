-- The registers of the chain and the codes that make a tablet one of them.

CREATE TABLE device (
	id       TEXT    NOT NULL PRIMARY KEY,
	name     TEXT    NOT NULL,
	store    TEXT    NOT NULL,
	till     INTEGER NOT NULL,
	epoch    INTEGER NOT NULL,        -- 1, 2, 3… of the till place
	token    BLOB    NOT NULL UNIQUE, -- SHA-256
	enrolled INTEGER NOT NULL,        -- unix ms
	seen     INTEGER NOT NULL,        -- unix ms
	replaced INTEGER NOT NULL,        -- unix ms, 0: it is the one of its place
	revoked  INTEGER NOT NULL         -- unix ms, 0: not revoked
) STRICT, WITHOUT ROWID;

CREATE INDEX device_place ON device (store, till);

CREATE TABLE code (
	hash    BLOB    NOT NULL PRIMARY KEY, -- SHA-256
	store   TEXT    NOT NULL,
	till    INTEGER NOT NULL,
	expires INTEGER NOT NULL, -- unix ms
	used    INTEGER NOT NULL  -- unix ms, 0: not used
) STRICT, WITHOUT ROWID;
