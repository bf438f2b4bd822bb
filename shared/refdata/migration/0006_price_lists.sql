-- Price lists: when they count, and their prices beside the shelf's.
CREATE TABLE price_list (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE regulation (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;

INSERT INTO price_list SELECT key, row FROM other WHERE tbl = 'price_list';
INSERT INTO regulation SELECT key, row FROM other WHERE tbl = 'regulation';
DELETE FROM other WHERE tbl IN ('price_list', 'regulation');

-- A list has a price of a product once by store and time: at a scan one look-up
-- finds the shelf's price and those of all lists.
CREATE TABLE price_with_lists (
	product INTEGER NOT NULL,
	list    TEXT NOT NULL, -- '' is the shelf
	store   TEXT NOT NULL, -- '' is the whole chain
	from_ms INTEGER NOT NULL,
	amount  INTEGER,       -- NULL: from then on the list has no price for it
	min     INTEGER NOT NULL,
	PRIMARY KEY (product, list, store, from_ms)
) STRICT, WITHOUT ROWID;

INSERT INTO price_with_lists SELECT product, '', store, from_ms, amount, min FROM price;

INSERT OR REPLACE INTO price_with_lists
	SELECT coalesce((SELECT a.id FROM article a WHERE a.sku = json_extract(o.row, '$.sku')), CAST(json_extract(o.row, '$.sku') AS INTEGER)),
		json_extract(o.row, '$.list'), coalesce(json_extract(o.row, '$.store'), ''), json_extract(o.row, '$.from'),
		CASE WHEN json_extract(o.row, '$.ended') THEN NULL ELSE json_extract(o.row, '$.amount') END, coalesce(json_extract(o.row, '$.min'), 0)
	FROM other o WHERE o.tbl = 'list_price';
DELETE FROM other WHERE tbl = 'list_price';

DROP TABLE price;
ALTER TABLE price_with_lists RENAME TO price;

-- The log keeps what a price was before somebody put it right for the same moment.
CREATE TABLE price_log_with_lists (
	product INTEGER NOT NULL,
	list    TEXT NOT NULL,
	store   TEXT NOT NULL,
	from_ms INTEGER NOT NULL,
	version INTEGER NOT NULL, -- from which on tills knew it; 0: from the start
	amount  INTEGER,          -- NULL: no price from then on
	min     INTEGER NOT NULL,
	cost    INTEGER NOT NULL,
	PRIMARY KEY (product, list, store, from_ms, version)
) STRICT, WITHOUT ROWID;

INSERT INTO price_log_with_lists SELECT product, '', store, from_ms, version, amount, min, cost FROM price_log;
DROP TABLE price_log;
ALTER TABLE price_log_with_lists RENAME TO price_log;
