-- Receipts set aside at the tills, and who goes on with them.
CREATE TABLE parked (
	id       TEXT    NOT NULL PRIMARY KEY, -- of the parking
	pos      INTEGER NOT NULL, -- of the fact in the journal, 0: known from paper only
	store    TEXT    NOT NULL,
	device   TEXT    NOT NULL, -- that parked it
	till     INTEGER NOT NULL,
	number   TEXT    NOT NULL,
	at       INTEGER NOT NULL, -- unix ms
	date     TEXT    NOT NULL, -- business date of its prices
	lines    INTEGER NOT NULL, -- that are not voided
	total    INTEGER NOT NULL, -- minor units
	by       TEXT    NOT NULL, -- cashier's name
	name     TEXT    NOT NULL, -- customer's
	note     TEXT    NOT NULL,
	claimer  TEXT    NOT NULL, -- device that asked for it, '': none
	claim    INTEGER NOT NULL, -- till of that device
	claimed  INTEGER NOT NULL, -- unix ms
	taker    TEXT    NOT NULL, -- device whose fact says that it goes on there, '': none
	taken    INTEGER NOT NULL, -- till of that device
	taken_at INTEGER NOT NULL, -- unix ms
	known    INTEGER NOT NULL  -- 1: the device that parked it knows
) STRICT, WITHOUT ROWID;

CREATE INDEX parked_store ON parked (store, at);

-- Rises with every change of what a store's tills are told.
CREATE TABLE parked_revision (
	store TEXT    NOT NULL PRIMARY KEY,
	n     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One row: up to where the journal was looked through.
CREATE TABLE parked_read (
	id  INTEGER PRIMARY KEY CHECK (id = 1),
	pos INTEGER NOT NULL
) STRICT;
