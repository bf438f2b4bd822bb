-- The journal is never edited: facts are added in one global order and stay.

CREATE TABLE chain (
	id     INTEGER PRIMARY KEY,
	device TEXT    NOT NULL,
	epoch  INTEGER NOT NULL,
	high   INTEGER NOT NULL, -- seq of the last fact held
	hash   BLOB    NOT NULL, -- of the last fact held
	forked INTEGER NOT NULL, -- lowest seq that came with other bytes, 0: none
	seen   INTEGER NOT NULL, -- unix ms of the last batch
	UNIQUE (device, epoch)
) STRICT;

CREATE TABLE fact (
	pos      INTEGER PRIMARY KEY, -- global order, 1, 2, 3…
	chain    INTEGER NOT NULL REFERENCES chain (id),
	seq      INTEGER NOT NULL,
	received INTEGER NOT NULL,    -- unix ms
	hash     BLOB    NOT NULL,
	bytes    BLOB    NOT NULL,    -- canonical, as they came
	UNIQUE (chain, seq)
) STRICT;

-- Facts of the other branch of a forked chain: kept, not projected.
CREATE TABLE fork (
	chain    INTEGER NOT NULL REFERENCES chain (id),
	seq      INTEGER NOT NULL,
	hash     BLOB    NOT NULL,
	received INTEGER NOT NULL,
	bytes    BLOB    NOT NULL,
	PRIMARY KEY (chain, seq, hash)
) STRICT;

-- The first fact of each receipt.
CREATE TABLE receipt (
	id  TEXT    NOT NULL PRIMARY KEY,
	pos INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Facts that name a receipt which was there before.
CREATE TABLE repeated (
	pos   INTEGER PRIMARY KEY,
	first INTEGER NOT NULL,
	id    TEXT    NOT NULL
) STRICT;

-- The highest numbers that a till place ever reported.
CREATE TABLE place (
	store   TEXT    NOT NULL,
	till    INTEGER NOT NULL,
	counter INTEGER NOT NULL, -- of receipts
	shift   INTEGER NOT NULL,
	PRIMARY KEY (store, till)
) STRICT, WITHOUT ROWID;
