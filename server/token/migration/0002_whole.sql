-- A token of the whole chain says so. Until now it was one without stores.
ALTER TABLE token ADD COLUMN whole INTEGER NOT NULL DEFAULT 0;
UPDATE token SET whole = 1 WHERE stores IN ('[]', 'null', '');
