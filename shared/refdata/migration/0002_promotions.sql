-- Promotions, what they never touch, and how often customers have had them.
CREATE TABLE promotion       (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE promotion_never (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE promotion_use   (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;

INSERT INTO promotion SELECT key, row FROM other WHERE tbl = 'promotion';
INSERT INTO promotion_never SELECT key, row FROM other WHERE tbl = 'promotion_never';
INSERT INTO promotion_use SELECT key, row FROM other WHERE tbl = 'promotion_use';
DELETE FROM other WHERE tbl IN ('promotion', 'promotion_never', 'promotion_use');

-- Everything that the rules of a version are made of, as of every version: an
-- open receipt keeps the rules of its first line over a restart, and the server
-- prices a receipt by those that its till had.
CREATE TABLE rule_log (
	version INTEGER PRIMARY KEY,
	tbl     TEXT NOT NULL,
	key     TEXT NOT NULL,
	row     TEXT -- NULL: gone
) STRICT;

CREATE INDEX rule_log_key ON rule_log (tbl, key, version);

INSERT INTO rule_log (version, tbl, key, row)
	SELECT c.version, c.tbl, c.key, t.row FROM change c JOIN category t ON t.key = c.key
	WHERE c.tbl = 'category' AND c.gone = 0;

-- Groups and segments of the customer, a JSON list.
ALTER TABLE customer_card ADD COLUMN groups TEXT;

-- The version from which on tills knew a price; 0: from the start.
ALTER TABLE price_log ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
