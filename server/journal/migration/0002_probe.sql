-- Written now and then to see whether the disk takes anything.
CREATE TABLE probe (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	at INTEGER NOT NULL -- unix ms
) STRICT;
