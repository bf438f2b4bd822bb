-- Who sells: one row.
CREATE TABLE company (key TEXT PRIMARY KEY, row TEXT NOT NULL) STRICT, WITHOUT ROWID;

INSERT INTO company SELECT key, row FROM other WHERE tbl = 'company';
DELETE FROM other WHERE tbl = 'company';
