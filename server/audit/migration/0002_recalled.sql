-- The first recall of every parked receipt: a second one means that two tills
-- which could not ask sold the same goods, from one slip.
CREATE TABLE recalled_first (
	parking TEXT    NOT NULL PRIMARY KEY,
	pos     INTEGER NOT NULL, -- of the fact in the journal
	till    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
