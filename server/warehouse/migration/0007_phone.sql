-- Telephones have one spelling: as customer.Phone makes it. Newer profiles bring it
-- themselves; these rows are of before.
CREATE TABLE phone (
	value    TEXT NOT NULL,
	bare     TEXT NOT NULL, -- without blanks, brackets and dashes
	customer INTEGER NOT NULL,
	first_at INTEGER NOT NULL,
	last_at  INTEGER NOT NULL
) STRICT;

INSERT INTO phone
SELECT value, value, customer, first_at, last_at FROM identity WHERE kind = 'phone';
UPDATE phone SET bare = replace(bare, '(', '');
UPDATE phone SET bare = replace(bare, ')', '');
UPDATE phone SET bare = replace(bare, '[', '');
UPDATE phone SET bare = replace(bare, ']', '');
UPDATE phone SET bare = replace(bare, '-', '');
UPDATE phone SET bare = replace(bare, '.', '');
UPDATE phone SET bare = replace(bare, '/', '');
UPDATE phone SET bare = replace(bare, char(32), '');
UPDATE phone SET bare = replace(bare, char(160), '');
UPDATE phone SET bare = replace(bare, char(8199), '');
UPDATE phone SET bare = replace(bare, char(8201), '');
UPDATE phone SET bare = replace(bare, char(8239), '');
UPDATE phone SET bare = replace(bare, char(9), '');
UPDATE phone SET bare = replace(bare, char(8208), '');
UPDATE phone SET bare = replace(bare, char(8209), '');
UPDATE phone SET bare = replace(bare, char(8210), '');
UPDATE phone SET bare = replace(bare, char(8211), '');
UPDATE phone SET bare = replace(bare, char(8212), '');
UPDATE phone SET bare = replace(bare, char(8722), '');

DELETE FROM identity WHERE kind = 'phone';
INSERT INTO identity
SELECT 'phone', spelling, customer, min(first_at), max(last_at)
FROM (SELECT customer, first_at, last_at, CASE
		WHEN bare GLOB '+[0-9]*' AND substr(bare, 2) NOT GLOB '*[^0-9]*' THEN bare
		WHEN bare = '' OR bare GLOB '*[^0-9]*' THEN trim(value)
		WHEN length(bare) = 11 AND substr(bare, 1, 1) IN ('7', '8') THEN '+7' || substr(bare, 2)
		WHEN length(bare) = 10 AND bare >= '3' THEN '+7' || bare
		ELSE bare END AS spelling
	FROM phone)
GROUP BY spelling, customer;
DROP TABLE phone;
