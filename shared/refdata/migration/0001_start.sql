-- Reference data: what the server writes and tills receive.
--
-- Big tables have columns and integer keys, since tills look into them at
-- every scan and download them whole. Small ones keep the row as it was sent,
-- so that a field that a newer server adds survives in an older till.

-- Product numbers: an article number that is a plain decimal number is its own
-- id; the others are listed here with negative ids.
CREATE TABLE article (
	id  INTEGER PRIMARY KEY,
	sku TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE product (
	id       INTEGER PRIMARY KEY,
	name_ru  TEXT NOT NULL,
	name_en  TEXT,
	category TEXT NOT NULL,
	unit     TEXT NOT NULL,
	tax      TEXT NOT NULL,
	plu      TEXT,
	picture  TEXT,
	min_age  INTEGER NOT NULL,
	stopped  INTEGER NOT NULL
) STRICT;

CREATE INDEX product_plu ON product (plu) WHERE plu IS NOT NULL;

-- code is an integer for a 14-digit GTIN, text for any other code.
CREATE TABLE barcode (
	code    ANY PRIMARY KEY,
	product INTEGER NOT NULL,
	factor  INTEGER NOT NULL -- thousandths of the product's unit
) STRICT, WITHOUT ROWID;

CREATE INDEX barcode_product ON barcode (product);

-- Prices in force and to come. from_ms is unix ms, amounts are minor units.
CREATE TABLE price (
	product INTEGER NOT NULL,
	store   TEXT NOT NULL, -- '' is the whole chain
	from_ms INTEGER NOT NULL,
	amount  INTEGER NOT NULL,
	min     INTEGER NOT NULL,
	PRIMARY KEY (product, store, from_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_card (
	card     TEXT PRIMARY KEY,
	customer TEXT NOT NULL,
	name     TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE store     (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE till      (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE category  (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE tax_rate  (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE employee  (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE mask      (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE quick_key (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Rows of tables that this version does not know, kept for the next one.
CREATE TABLE other (
	tbl TEXT NOT NULL,
	key TEXT NOT NULL,
	row TEXT NOT NULL,
	PRIMARY KEY (tbl, key)
) STRICT, WITHOUT ROWID;

-- Search: a word of a name, lower-cased, to the ascending ids of its products
-- (first id zigzag varint, then differences as varints).
CREATE TABLE word (
	word     TEXT PRIMARY KEY,
	products BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- How many rows there are and the sum of their hashes, by the store that they
-- are for ('' is every store).
CREATE TABLE checksum (
	store TEXT PRIMARY KEY,
	rows  INTEGER NOT NULL,
	sum   INTEGER NOT NULL -- modulo 2^64, as signed
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
	name  TEXT PRIMARY KEY, -- 'cursor': version that this replica holds; at the server the newest version
	value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The server's log: the newest version of every row and deletion. Empty at tills.
CREATE TABLE change (
	version INTEGER PRIMARY KEY,
	tbl     TEXT NOT NULL,
	key     TEXT NOT NULL,
	store   TEXT NOT NULL,
	gone    INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX change_key ON change (tbl, key, store);

-- Every price ever set, with what the goods cost then. Server only.
CREATE TABLE price_log (
	product INTEGER NOT NULL,
	store   TEXT NOT NULL,
	from_ms INTEGER NOT NULL,
	amount  INTEGER NOT NULL,
	min     INTEGER NOT NULL,
	cost    INTEGER NOT NULL,
	PRIMARY KEY (product, store, from_ms)
) STRICT, WITHOUT ROWID;
