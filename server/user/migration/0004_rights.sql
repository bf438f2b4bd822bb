-- Rights are said, not implied: who sees the whole chain has it written. Until
-- now it was who had no stores.

ALTER TABLE user ADD COLUMN whole INTEGER NOT NULL DEFAULT 0; -- 1: all stores, also those to come
UPDATE user SET whole = 1 WHERE role = 'admin' OR stores IN ('[]', 'null', '');
ALTER TABLE user ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0; -- unix ms, 0: may log in

-- A session also ends when nobody has used it for long.
ALTER TABLE session ADD COLUMN seen INTEGER NOT NULL DEFAULT 0; -- unix ms
UPDATE session SET seen = 1000 * unixepoch();

-- Devices and addresses from which a person logged in: a flood of guesses at the
-- login elsewhere does not keep them out.
CREATE TABLE familiar (
	login TEXT    NOT NULL REFERENCES user (login) ON DELETE CASCADE,
	mark  BLOB    NOT NULL, -- SHA-256 of the device's secret or of the address
	seen  INTEGER NOT NULL, -- unix ms
	PRIMARY KEY (login, mark)
) STRICT, WITHOUT ROWID;

-- What people did that others may have to ask about.
CREATE TABLE act (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	at      INTEGER NOT NULL, -- unix ms
	login   TEXT    NOT NULL, -- who, "" on the server's command line
	address TEXT    NOT NULL,
	what    TEXT    NOT NULL,
	object  TEXT    NOT NULL  -- of whom or what
) STRICT;
