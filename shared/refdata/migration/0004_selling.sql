-- Rules of sale: bans, shelf lives, kits, groups of quick keys, and what stores have.
CREATE TABLE sale_ban    (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE shelf_life  (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE kit         (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE quick_group (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE selling     (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE stock_basis (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;

INSERT INTO sale_ban    SELECT key, row FROM other WHERE tbl = 'sale_ban';
INSERT INTO shelf_life  SELECT key, row FROM other WHERE tbl = 'shelf_life';
INSERT INTO kit         SELECT key, row FROM other WHERE tbl = 'kit';
INSERT INTO quick_group SELECT key, row FROM other WHERE tbl = 'quick_group';
INSERT INTO selling     SELECT key, row FROM other WHERE tbl = 'selling';
INSERT INTO stock_basis SELECT key, row FROM other WHERE tbl = 'stock_basis';
DELETE FROM other WHERE tbl IN ('sale_ban', 'shelf_life', 'kit', 'quick_group', 'selling', 'stock_basis');

-- At a till the store's own; at the server all.
CREATE TABLE stock (
	store   TEXT NOT NULL,
	product INTEGER NOT NULL,
	left    INTEGER NOT NULL, -- thousandths of the product's unit
	PRIMARY KEY (store, product)
) STRICT, WITHOUT ROWID;

INSERT INTO stock
	SELECT json_extract(o.row, '$.store'), p.id, json_extract(o.row, '$.left') FROM other o
	JOIN product p ON p.id = coalesce((SELECT a.id FROM article a WHERE a.sku = json_extract(o.row, '$.sku')),
		CAST(json_extract(o.row, '$.sku') AS INTEGER))
	WHERE o.tbl = 'stock';
DELETE FROM other WHERE tbl = 'stock';
