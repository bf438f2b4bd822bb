-- The place in the journal is kept with those of the other followers.
INSERT OR IGNORE INTO follow_cursor (name, pos) SELECT 'audit', pos FROM audited;
DROP TABLE audited;
