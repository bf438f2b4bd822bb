-- Segments of customers: every version of their definitions, and who was in
-- them when and why. Moments are unix ms.

CREATE TABLE audience (
	id         TEXT    NOT NULL,
	version    INTEGER NOT NULL,
	definition TEXT    NOT NULL, -- JSON
	PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE audience_member (
	audience TEXT    NOT NULL,
	customer TEXT    NOT NULL, -- ID
	entered  INTEGER NOT NULL,
	left     INTEGER NOT NULL, -- 0: still in it
	version  INTEGER NOT NULL, -- of the definition by which he entered
	why      TEXT    NOT NULL, -- JSON: what was so when he entered
	why_left TEXT    NOT NULL, -- and when he left
	seq      INTEGER NOT NULL, -- number of the change that wrote this row last
	PRIMARY KEY (audience, customer, entered)
) STRICT, WITHOUT ROWID;

CREATE INDEX audience_member_seq ON audience_member (seq);
CREATE INDEX audience_member_customer ON audience_member (customer);
CREATE INDEX audience_member_now ON audience_member (audience) WHERE left = 0;

-- By which version of its definition a segment was looked at last.
CREATE TABLE audience_look (
	audience TEXT    PRIMARY KEY,
	version  INTEGER NOT NULL,
	at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
