-- What people keep at their desk: filters, reports, dashboards, measures.

CREATE TABLE saved (
	login  TEXT    NOT NULL REFERENCES user (login) ON DELETE CASCADE,
	id     TEXT    NOT NULL, -- made on the device
	kind   TEXT    NOT NULL,
	name   TEXT    NOT NULL,
	body   TEXT    NOT NULL, -- JSON, the desk's business
	shared INTEGER NOT NULL, -- 1: colleagues see it
	at     INTEGER NOT NULL, -- unix ms of the edit, by the device's clock
	gone   INTEGER NOT NULL, -- 1: removed, kept so that other devices hear of it
	PRIMARY KEY (login, id)
) STRICT, WITHOUT ROWID;
