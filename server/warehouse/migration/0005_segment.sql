-- Who is in which segment of customers, and was: taken over from the office.
-- meta 'members' is the number of the last change held.
CREATE TABLE ref_segment (
	key     INTEGER PRIMARY KEY, -- in the order of id
	id      TEXT NOT NULL UNIQUE,
	name_ru TEXT NOT NULL,
	name_en TEXT NOT NULL,
	live    INTEGER NOT NULL,
	tills   INTEGER NOT NULL,
	version INTEGER NOT NULL,
	retired INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	by      TEXT NOT NULL
) STRICT;

CREATE TABLE segment_member (
	segment  TEXT NOT NULL, -- ref_segment.id
	customer INTEGER NOT NULL,
	entered  INTEGER NOT NULL,
	left     INTEGER NOT NULL, -- 0: still in it
	version  INTEGER NOT NULL, -- of the definition by which he entered
	why      TEXT NOT NULL,    -- JSON: what was so when he entered
	why_left TEXT NOT NULL,    -- and when he left
	PRIMARY KEY (segment, customer, entered)
) STRICT, WITHOUT ROWID;

CREATE INDEX segment_member_now ON segment_member (segment, customer) WHERE left = 0;

-- The revision in which a customer changed last: what was made of the others
-- needs no making again. Not the same after a rebuild.
CREATE TABLE customer_change (
	customer INTEGER PRIMARY KEY,
	revision INTEGER NOT NULL
) STRICT;

CREATE INDEX customer_change_revision ON customer_change (revision);
