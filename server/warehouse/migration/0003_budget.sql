-- From the office's book, replaced when it changes. meta 'budget' is the
-- version held.
CREATE TABLE ref_plan (
	store    TEXT NOT NULL,
	month    TEXT NOT NULL, -- 2026-11
	measure  TEXT NOT NULL,
	employee TEXT NOT NULL, -- '' is the whole store
	value    INTEGER NOT NULL,
	PRIMARY KEY (store, month, measure, employee)
) STRICT, WITHOUT ROWID;

CREATE TABLE ref_expense (
	n      INTEGER PRIMARY KEY, -- in the order of store, month and kind
	store  TEXT NOT NULL, -- '' is the chain
	month  TEXT NOT NULL,
	kind   TEXT NOT NULL,
	amount INTEGER NOT NULL,
	text   TEXT NOT NULL
) STRICT;
