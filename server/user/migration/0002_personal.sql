-- The right to see who customers are; administrators have it anyway.

ALTER TABLE user ADD COLUMN personal INTEGER NOT NULL DEFAULT 0;
