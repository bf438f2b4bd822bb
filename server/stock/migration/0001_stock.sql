-- What stores have, to the unit: what documents brought, without what facts sold.
-- Only articles that some document named are counted.
CREATE TABLE stock_level (
	store TEXT    NOT NULL,
	sku   TEXT    NOT NULL,
	left  INTEGER NOT NULL, -- thousandths
	told  INTEGER,          -- what tills were told last; NULL: nothing yet
	PRIMARY KEY (store, sku)
) STRICT, WITHOUT ROWID;

CREATE INDEX stock_level_untold ON stock_level (store, sku) WHERE told IS NULL OR told <> left;

-- The last fact of every register that was counted.
CREATE TABLE stock_seen (
	store  TEXT    NOT NULL,
	device TEXT    NOT NULL,
	epoch  INTEGER NOT NULL,
	seq    INTEGER NOT NULL,
	PRIMARY KEY (store, device)
) STRICT, WITHOUT ROWID;

-- Documents taken in, so that none is taken in twice.
CREATE TABLE stock_document (
	id    TEXT    NOT NULL PRIMARY KEY,
	hash  BLOB    NOT NULL,
	taken INTEGER NOT NULL, -- unix ms
	login TEXT    NOT NULL,
	body  TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- One row: up to where the journal was counted.
CREATE TABLE stock_counted (
	id  INTEGER PRIMARY KEY CHECK (id = 1),
	pos INTEGER NOT NULL
) STRICT;
