-- The warehouse: a star around the customer. Every row follows from the journal
-- and, where said, from the reference data; the file can be thrown away and made
-- again. Money is minor units, quantities thousandths, moments unix ms, days
-- days since 1970-01-01 of the business date. pos is the fact's position in the
-- journal. Amounts of returns are negative.

CREATE TABLE meta (
	name  TEXT PRIMARY KEY, -- 'cursor': journal position held; 'reference': version of the reference data held;
	                        -- 'revision': grows with every change; 'names': revision that last changed a name
	value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Dense keys, given in the order of the journal.
CREATE TABLE product (
	key      INTEGER PRIMARY KEY,
	sku      TEXT NOT NULL UNIQUE,
	name_ru  TEXT NOT NULL, -- as on the latest receipt
	name_en  TEXT NOT NULL,
	category TEXT NOT NULL,
	unit     TEXT NOT NULL
) STRICT;

CREATE TABLE till (
	key   INTEGER PRIMARY KEY,
	store TEXT NOT NULL,
	n     INTEGER NOT NULL,
	UNIQUE (store, n)
) STRICT;

CREATE TABLE employee (
	key   INTEGER PRIMARY KEY,
	id    TEXT NOT NULL UNIQUE
) STRICT;

-- Where each employee has worked.
CREATE TABLE employee_store (
	store    TEXT NOT NULL,
	employee INTEGER NOT NULL REFERENCES employee (key),
	PRIMARY KEY (store, employee)
) STRICT, WITHOUT ROWID;

CREATE TABLE customer (
	key   INTEGER PRIMARY KEY,
	id    TEXT NOT NULL UNIQUE,
	pos   INTEGER NOT NULL -- of the fact that named him first
) STRICT;

CREATE TABLE card (
	card     TEXT PRIMARY KEY,
	customer INTEGER NOT NULL REFERENCES customer (key)
) STRICT, WITHOUT ROWID;

-- Every version of every profile (slowly changing, type 2). The version in
-- force at t has valid_from <= t < valid_to.
CREATE TABLE customer_profile (
	customer   INTEGER NOT NULL REFERENCES customer (key),
	valid_from INTEGER NOT NULL,
	valid_to   INTEGER NOT NULL, -- 9223372036854775807: still in force
	pos        INTEGER NOT NULL,
	card       TEXT NOT NULL,
	name       TEXT NOT NULL,
	phone      TEXT NOT NULL,
	email      TEXT NOT NULL,
	birth      TEXT NOT NULL,
	sex        TEXT NOT NULL,
	city       TEXT NOT NULL,
	region     TEXT NOT NULL,
	income     TEXT NOT NULL,
	home       TEXT NOT NULL,
	size       INTEGER NOT NULL,
	children   INTEGER NOT NULL,
	store      TEXT NOT NULL,
	since      INTEGER NOT NULL,
	data       INTEGER NOT NULL, -- consent: keep the profile
	marketing  INTEGER NOT NULL, -- consent: send offers
	PRIMARY KEY (customer, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE calendar (
	day     INTEGER PRIMARY KEY,
	date    TEXT NOT NULL,
	week    TEXT NOT NULL, -- ISO 8601, 2026-W47
	month   TEXT NOT NULL,
	quarter TEXT NOT NULL,
	year    TEXT NOT NULL,
	weekday TEXT NOT NULL, -- 1 Monday … 7 Sunday
	holiday TEXT NOT NULL  -- of Russia, '' when it is none
) STRICT;

CREATE TABLE receipt (
	pos      INTEGER PRIMARY KEY,
	id       TEXT NOT NULL UNIQUE,
	number   TEXT NOT NULL,
	count    INTEGER NOT NULL, -- the number's last part
	kind     INTEGER NOT NULL, -- 0 sale, 1 return
	store    TEXT NOT NULL,
	till     INTEGER NOT NULL REFERENCES till (key),
	shift    INTEGER NOT NULL,
	cashier  INTEGER NOT NULL REFERENCES employee (key),
	customer INTEGER REFERENCES customer (key),
	card     TEXT NOT NULL,
	at       INTEGER NOT NULL, -- closed
	took     INTEGER NOT NULL, -- ms from the first line to the end
	day      INTEGER NOT NULL REFERENCES calendar (day),
	hour     INTEGER NOT NULL, -- of the local clock
	lines    INTEGER NOT NULL, -- without voided ones
	voided   INTEGER NOT NULL,
	quantity INTEGER NOT NULL,
	net      INTEGER NOT NULL,
	discount INTEGER NOT NULL,
	tax      INTEGER NOT NULL,
	cost     INTEGER NOT NULL,
	original TEXT NOT NULL, -- ID of the receipt that goods are returned of
	device   TEXT NOT NULL
) STRICT;

CREATE INDEX receipt_day ON receipt (store, day);
CREATE INDEX receipt_customer ON receipt (customer) WHERE customer IS NOT NULL;
CREATE INDEX receipt_card ON receipt (card) WHERE customer IS NULL AND card <> '';

CREATE TABLE receipt_line (
	receipt  INTEGER NOT NULL,
	n        INTEGER NOT NULL,
	product  INTEGER NOT NULL,
	quantity INTEGER NOT NULL,
	price    INTEGER NOT NULL,
	net      INTEGER NOT NULL,
	discount INTEGER NOT NULL,
	tax      INTEGER NOT NULL,
	cost     INTEGER NOT NULL, -- from the reference data
	voided   INTEGER NOT NULL,
	PRIMARY KEY (receipt, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE payment (
	receipt INTEGER NOT NULL,
	n       INTEGER NOT NULL,
	kind    TEXT NOT NULL,
	amount  INTEGER NOT NULL, -- kept: the change is taken off cash; negative for a return
	PRIMARY KEY (receipt, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE cancelled_receipt (
	pos     INTEGER PRIMARY KEY,
	id      TEXT NOT NULL,
	number  TEXT NOT NULL,
	store   TEXT NOT NULL,
	till    INTEGER NOT NULL REFERENCES till (key),
	cashier INTEGER NOT NULL REFERENCES employee (key),
	at      INTEGER NOT NULL,
	lines   INTEGER NOT NULL,
	total   INTEGER NOT NULL,
	reason  TEXT NOT NULL
) STRICT;

CREATE TABLE shift (
	store     TEXT NOT NULL,
	till      INTEGER NOT NULL REFERENCES till (key),
	n         INTEGER NOT NULL,
	device    TEXT NOT NULL,
	opened    INTEGER NOT NULL,
	opened_by TEXT NOT NULL,
	float     INTEGER NOT NULL,
	closed    INTEGER NOT NULL, -- 0: open
	closed_by TEXT NOT NULL,
	sales     INTEGER NOT NULL, -- by the Z report
	returns   INTEGER NOT NULL,
	expected  INTEGER NOT NULL, -- cash that should be in the drawer
	counted   INTEGER,
	PRIMARY KEY (store, till, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE cash_move (
	pos    INTEGER PRIMARY KEY,
	store  TEXT NOT NULL,
	till   INTEGER NOT NULL REFERENCES till (key),
	shift  INTEGER NOT NULL,
	at     INTEGER NOT NULL,
	amount INTEGER NOT NULL,
	reason TEXT NOT NULL,
	by     TEXT NOT NULL
) STRICT;

CREATE TABLE sign_in (
	pos      INTEGER PRIMARY KEY,
	store    TEXT NOT NULL,
	till     INTEGER NOT NULL REFERENCES till (key),
	at       INTEGER NOT NULL,
	employee TEXT NOT NULL,
	refused  INTEGER NOT NULL,
	failures INTEGER NOT NULL
) STRICT;

-- Figures of each customer, kept as receipts come.
CREATE TABLE customer_metrics (
	customer INTEGER PRIMARY KEY REFERENCES customer (key),
	receipts INTEGER NOT NULL, -- of sale
	returns  INTEGER NOT NULL, -- receipts of return
	lines    INTEGER NOT NULL,
	net      INTEGER NOT NULL,
	discount INTEGER NOT NULL,
	tax      INTEGER NOT NULL,
	cost     INTEGER NOT NULL,
	first_at INTEGER NOT NULL, -- first and latest sale, 0 when there is none
	last_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE sales_day (
	store    TEXT NOT NULL,
	day      INTEGER NOT NULL,
	receipts INTEGER NOT NULL,
	lines    INTEGER NOT NULL,
	PRIMARY KEY (store, day)
) STRICT, WITHOUT ROWID;

-- The revision of the warehouse in which a store's day changed last: what was
-- made of an unchanged day needs no making again. Not the same after a rebuild.
CREATE TABLE sales_change (
	store    TEXT NOT NULL,
	day      INTEGER NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (store, day)
) STRICT, WITHOUT ROWID;

-- Up to when each register's facts are here.
CREATE TABLE device_seen (
	device TEXT PRIMARY KEY,
	store  TEXT NOT NULL,
	till   INTEGER NOT NULL, -- number
	at     INTEGER NOT NULL, -- of its latest fact
	shift  INTEGER NOT NULL  -- 1: its latest shift is open
) STRICT, WITHOUT ROWID;

-- Facts that are not understood: kept until a version that does, or a person,
-- takes them.
CREATE TABLE quarantine (
	pos    INTEGER PRIMARY KEY,
	kind   TEXT NOT NULL,
	reason TEXT NOT NULL, -- code
	detail TEXT NOT NULL,
	bytes  BLOB NOT NULL
) STRICT;

-- From the reference data, replaced when it changes.
CREATE TABLE ref_product (
	sku      TEXT PRIMARY KEY,
	name_ru  TEXT NOT NULL,
	name_en  TEXT NOT NULL,
	category TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ref_category (
	id      TEXT PRIMARY KEY,
	parent  TEXT NOT NULL,
	name_ru TEXT NOT NULL,
	name_en TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ref_store (
	id      TEXT PRIMARY KEY,
	name_ru TEXT NOT NULL,
	name_en TEXT NOT NULL,
	region  TEXT NOT NULL,
	area    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ref_employee (
	id    TEXT PRIMARY KEY,
	name  TEXT NOT NULL,
	role  TEXT NOT NULL,
	store TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ref_cost (
	sku     TEXT NOT NULL,
	store   TEXT NOT NULL, -- '' is the whole chain
	from_ms INTEGER NOT NULL,
	cost    INTEGER NOT NULL, -- of one unit
	PRIMARY KEY (sku, store, from_ms)
) STRICT, WITHOUT ROWID;
