-- What customers are known by. One card, phone or address may have been given
-- by several customers: the one who gave it last has it.
CREATE TABLE identity (
	kind     TEXT NOT NULL CHECK (kind IN ('card', 'phone', 'email')),
	value    TEXT NOT NULL, -- as normalised at the till; e-mail in lower case
	customer INTEGER NOT NULL REFERENCES customer (key),
	first_at INTEGER NOT NULL, -- first and latest profile that gives it
	last_at  INTEGER NOT NULL,
	PRIMARY KEY (kind, value, customer)
) STRICT, WITHOUT ROWID;

CREATE INDEX identity_customer ON identity (customer);

INSERT INTO identity
SELECT 'card', card, customer, min(valid_from), max(valid_from) FROM customer_profile WHERE card <> '' GROUP BY card, customer;
INSERT INTO identity
SELECT 'phone', phone, customer, min(valid_from), max(valid_from) FROM customer_profile WHERE phone <> '' GROUP BY phone, customer;
INSERT INTO identity
SELECT 'email', lower(email), customer, min(valid_from), max(valid_from) FROM customer_profile WHERE email <> '' GROUP BY lower(email), customer;

-- Days off by the production calendar: weekends and holidays with what the
-- Government moved.
ALTER TABLE calendar ADD COLUMN off INTEGER NOT NULL DEFAULT 0;
