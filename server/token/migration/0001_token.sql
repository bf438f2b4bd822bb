-- Tokens with which other programs read exports. The token itself is shown once
-- and kept nowhere.
CREATE TABLE token (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	hash     BLOB    NOT NULL UNIQUE, -- SHA-256 of the token
	name     TEXT    NOT NULL,
	stores   TEXT    NOT NULL, -- JSON list of store IDs, empty: all
	personal INTEGER NOT NULL, -- 1: personal data of customers too
	by       TEXT    NOT NULL, -- login of who made it
	created  INTEGER NOT NULL, -- unix ms, as the following
	expires  INTEGER NOT NULL, -- 0: never
	revoked  INTEGER NOT NULL, -- 0: in force
	used     INTEGER NOT NULL, -- last, 0: never
	uses     INTEGER NOT NULL
) STRICT;
