-- What a receipt should have come to and did not. The sale itself stays as it is.
CREATE TABLE price_alarm (
	pos      INTEGER NOT NULL, -- of the fact in the journal
	line     INTEGER NOT NULL, -- number of the line, 0: the receipt
	reason   TEXT    NOT NULL,
	at       INTEGER NOT NULL, -- unix ms of the receipt
	store    TEXT    NOT NULL,
	till     INTEGER NOT NULL,
	receipt  TEXT    NOT NULL,
	number   TEXT    NOT NULL,
	name     TEXT    NOT NULL, -- of the goods, or the coupon's code
	found    INTEGER NOT NULL, -- minor units
	expected INTEGER NOT NULL,
	PRIMARY KEY (pos, line, reason)
) STRICT, WITHOUT ROWID;

-- One row: up to where the journal was looked through.
CREATE TABLE audited (
	id  INTEGER PRIMARY KEY CHECK (id = 1),
	pos INTEGER NOT NULL
) STRICT;
