CREATE TABLE state (
	id      INTEGER PRIMARY KEY CHECK (id = 1),
	device  TEXT NOT NULL,
	epoch   INTEGER NOT NULL,
	applied INTEGER NOT NULL, -- number of the last fact in these tables
	counter INTEGER NOT NULL, -- highest count in a receipt number
	gap_from INTEGER NOT NULL DEFAULT 0, -- facts of earlier shifts that Fill still has to take in
	gap_to   INTEGER NOT NULL DEFAULT 0, -- 0: none
	shift   TEXT              -- JSON of the last shift with its totals
) STRICT;

-- Canonical bytes: what look-ups show, and a second copy to heal the journal from.
CREATE TABLE fact (
	seq   INTEGER PRIMARY KEY,
	bytes BLOB NOT NULL
) STRICT;

CREATE TABLE receipt (
	id     TEXT PRIMARY KEY,
	seq    INTEGER NOT NULL UNIQUE,
	number TEXT NOT NULL,
	type   TEXT NOT NULL,
	state  TEXT NOT NULL,
	at     INTEGER NOT NULL, -- unix ms
	total  INTEGER NOT NULL, -- minor units
	count  INTEGER NOT NULL  -- positions that are not voided
) STRICT, WITHOUT ROWID;

-- Receipts set aside here that wait.
CREATE TABLE parked (
	id      TEXT PRIMARY KEY, -- of the parking
	seq     INTEGER NOT NULL,
	receipt TEXT NOT NULL, -- its ID
	row     TEXT NOT NULL  -- bridge.ParkedRow as JSON
) STRICT, WITHOUT ROWID;

-- Parkings that wait no longer: no slip brings them back here.
CREATE TABLE recalled (
	id     TEXT PRIMARY KEY,
	seq    INTEGER NOT NULL,
	number TEXT NOT NULL,
	till   INTEGER NOT NULL -- where the receipt goes on
) STRICT, WITHOUT ROWID;

CREATE TABLE failure (
	employee TEXT PRIMARY KEY,
	count    INTEGER NOT NULL,
	at       INTEGER NOT NULL -- unix ms of the last
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 2;
