-- Versions of what the office decides, of all kinds. The newest of a key is what
-- holds, unless it says that the document is gone. Moments are unix ms.
CREATE TABLE office_document (
	kind    TEXT    NOT NULL,
	key     TEXT    NOT NULL,
	version INTEGER NOT NULL,
	gone    INTEGER NOT NULL,
	body    TEXT    NOT NULL, -- JSON
	by      TEXT    NOT NULL, -- login
	at      INTEGER NOT NULL,
	PRIMARY KEY (kind, key, version)
) STRICT, WITHOUT ROWID;
