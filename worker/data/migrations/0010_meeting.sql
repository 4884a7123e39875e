-- When the provider was last asked about a payment that is still open. Of several askers in one interval only one takes its turn.
ALTER TABLE payment ADD COLUMN asked_at INTEGER;

-- How often a letter was queued again, because the patient changed an address that does not take letters. It is part of the key of the letter at the mail
-- provider, which refuses another text under a key that it knows.
ALTER TABLE letter ADD COLUMN again INTEGER NOT NULL DEFAULT 0 CHECK (again >= 0);
CREATE INDEX letter_again ON letter (queued_at) WHERE state = 'queued' AND again > 0;
