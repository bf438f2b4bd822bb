-- What a discount consists of, when a receipt was given up, and where a store
-- stands. Journal-derived rows are dropped and loaded again from the journal, so
-- that those that are there say it too.

-- What takes something off prices, as receipts name it.
CREATE TABLE rule (
	key     INTEGER PRIMARY KEY,
	id      TEXT NOT NULL UNIQUE, -- of the promotion; 'manual' and 'manual_receipt': a person by hand
	name_ru TEXT NOT NULL,        -- as on the latest receipt
	name_en TEXT NOT NULL,
	marked  INTEGER NOT NULL      -- 1: only lines with a markdown label got it
) STRICT;

-- What each rule took off a line; a line's add up to its discount.
CREATE TABLE receipt_cut (
	receipt INTEGER NOT NULL,
	n       INTEGER NOT NULL, -- of the line
	i       INTEGER NOT NULL,
	rule    INTEGER NOT NULL REFERENCES rule (key),
	amount  INTEGER NOT NULL, -- negative for a return
	PRIMARY KEY (receipt, n, i)
) STRICT, WITHOUT ROWID;

ALTER TABLE receipt_line ADD COLUMN manual INTEGER NOT NULL DEFAULT 0; -- part of the discount that was given by hand
ALTER TABLE cancelled_receipt ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cancelled_receipt ADD COLUMN hour INTEGER NOT NULL DEFAULT 0; -- of the local clock
ALTER TABLE ref_store ADD COLUMN lat INTEGER NOT NULL DEFAULT 0; -- millionths of degrees; both 0: unknown
ALTER TABLE ref_store ADD COLUMN lon INTEGER NOT NULL DEFAULT 0;

DELETE FROM receipt;
DELETE FROM receipt_line;
DELETE FROM payment;
DELETE FROM cancelled_receipt;
DELETE FROM shift;
DELETE FROM cash_move;
DELETE FROM sign_in;
DELETE FROM customer_metrics;
DELETE FROM customer_profile;
DELETE FROM card;
DELETE FROM customer;
DELETE FROM product;
DELETE FROM employee_store;
DELETE FROM employee;
DELETE FROM till;
DELETE FROM sales_day;
DELETE FROM sales_change;
DELETE FROM device_seen;
DELETE FROM quarantine;
UPDATE meta SET value = 0 WHERE name IN ('cursor', 'reference');
