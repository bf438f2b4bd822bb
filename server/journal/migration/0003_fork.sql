-- Where a fact of the other branch was taken in after all, 0: it is set aside.
ALTER TABLE fork ADD COLUMN adopted INTEGER NOT NULL DEFAULT 0;

-- Facts that a person has looked at and wants to leave aside for good. The facts
-- themselves stay where they are.
CREATE TABLE settled (
	pos  INTEGER PRIMARY KEY, -- in the journal
	at   INTEGER NOT NULL,    -- unix ms
	by   TEXT    NOT NULL,    -- login
	note TEXT    NOT NULL
) STRICT;
