-- Where the last fact of a register stands: registers of the past are left out of
-- what tills are told.
ALTER TABLE stock_seen ADD COLUMN pos INTEGER NOT NULL DEFAULT 0;
