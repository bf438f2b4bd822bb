-- People who log in at the server.

CREATE TABLE user (
	login    TEXT    NOT NULL PRIMARY KEY, -- lower case
	name     TEXT    NOT NULL,
	role     TEXT    NOT NULL CHECK (role IN ('admin', 'manager')),
	stores   TEXT    NOT NULL, -- JSON list of store IDs, empty: all
	lang     TEXT    NOT NULL,
	password TEXT    NOT NULL, -- Argon2id, PHC string
	created  INTEGER NOT NULL  -- unix ms
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
	token   BLOB    NOT NULL PRIMARY KEY, -- SHA-256
	login   TEXT    NOT NULL REFERENCES user (login) ON DELETE CASCADE,
	expires INTEGER NOT NULL -- unix ms
) STRICT, WITHOUT ROWID;
