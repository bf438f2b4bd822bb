-- Plan figures and expenses as people at the office enter them, with every
-- change. Months are 2026-11; money is minor units.

CREATE TABLE plan_figure (
	store    TEXT    NOT NULL,
	month    TEXT    NOT NULL,
	measure  TEXT    NOT NULL,
	employee TEXT    NOT NULL, -- '' is the whole store
	value    INTEGER NOT NULL,
	version  INTEGER NOT NULL, -- budget_change.n of its last change
	by       TEXT    NOT NULL,
	at       INTEGER NOT NULL, -- unix ms
	PRIMARY KEY (store, month, measure, employee)
) STRICT, WITHOUT ROWID;

CREATE TABLE expense (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	store   TEXT    NOT NULL, -- '' is the chain
	month   TEXT    NOT NULL,
	kind    TEXT    NOT NULL,
	amount  INTEGER NOT NULL,
	text    TEXT    NOT NULL,
	version INTEGER NOT NULL,
	by      TEXT    NOT NULL,
	at      INTEGER NOT NULL
) STRICT;

CREATE INDEX expense_month ON expense (month, store);

-- Who changed what, and from what to what. Nothing is ever taken out of here.
CREATE TABLE budget_change (
	n      INTEGER PRIMARY KEY AUTOINCREMENT,
	at     INTEGER NOT NULL,
	by     TEXT    NOT NULL,
	kind   TEXT    NOT NULL CHECK (kind IN ('plan', 'expense')),
	key    TEXT    NOT NULL, -- store/month/measure/employee, or the expense's id
	before TEXT    NOT NULL, -- JSON, '' when there was none
	after  TEXT    NOT NULL  -- JSON, '' when it was taken away
) STRICT;
