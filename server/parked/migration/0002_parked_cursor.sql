-- The place in the journal is kept with those of the other followers.
INSERT OR IGNORE INTO follow_cursor (name, pos) SELECT 'parked', pos FROM parked_read;
DROP TABLE parked_read;
