-- Decisions that facts of another branch stay aside for good; those then have
-- -1 for the position at which they were adopted.
CREATE TABLE fork_left (
	chain INTEGER NOT NULL REFERENCES chain (id),
	at    INTEGER NOT NULL, -- unix ms
	by    TEXT    NOT NULL, -- login
	note  TEXT    NOT NULL,
	facts INTEGER NOT NULL  -- how many
) STRICT;
