-- Up to where each follower has looked the journal through.
CREATE TABLE follow_cursor (
	name TEXT    NOT NULL PRIMARY KEY,
	pos  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Facts that a follower could not take in: they wait for a person.
CREATE TABLE follow_aside (
	name   TEXT    NOT NULL, -- of the follower
	pos    INTEGER NOT NULL, -- of the fact in the journal
	at     INTEGER NOT NULL, -- unix ms
	kind   TEXT    NOT NULL,
	reason TEXT    NOT NULL, -- code
	detail TEXT    NOT NULL, -- the error, or what a panic said
	PRIMARY KEY (name, pos)
) STRICT, WITHOUT ROWID;
