-- Keys that seal the parking slips of a store, and codes whose reading is known.
CREATE TABLE slip_key    (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE code_sample (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;

INSERT INTO slip_key    SELECT key, row FROM other WHERE tbl = 'slip_key';
INSERT INTO code_sample SELECT key, row FROM other WHERE tbl = 'code_sample';
DELETE FROM other WHERE tbl IN ('slip_key', 'code_sample');
