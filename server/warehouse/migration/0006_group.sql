-- The group that a customer's card puts him into, the first when it names
-- several; from the reference data, which is read again. meta 'groups' is the
-- revision in which any of it changed last.
CREATE TABLE ref_group (
	customer TEXT PRIMARY KEY,
	name     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

DELETE FROM meta WHERE name = 'reference';
