-- The newest rules by which a register has sold, and when that receipt was opened.
CREATE TABLE audit_rules (
	device TEXT    NOT NULL,
	epoch  INTEGER NOT NULL,
	rules  INTEGER NOT NULL, -- version of the reference data
	opened INTEGER NOT NULL, -- unix ms
	PRIMARY KEY (device, epoch)
) STRICT, WITHOUT ROWID;
