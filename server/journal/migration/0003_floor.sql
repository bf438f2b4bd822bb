-- Numbers that places without facts may have given before a restore: a register
-- that is enrolled begins above them.
CREATE TABLE floor (
	id      INTEGER PRIMARY KEY CHECK (id = 1),
	counter INTEGER NOT NULL,
	shift   INTEGER NOT NULL
) STRICT;
INSERT INTO floor (id, counter, shift) VALUES (1, 0, 0);
