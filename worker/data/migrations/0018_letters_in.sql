-- Letters that come in: the letter as it came, whose it is, what was in it, and those that a person has to look at.

-- A row stands before anything is decided about the letter. Everything after key is filled in when it is judged.
CREATE TABLE letter_in (
  id TEXT PRIMARY KEY,
  -- SHA-256 (hex) of the letter as it came, so that one that comes twice is one row.
  sha256 TEXT NOT NULL UNIQUE,
  door TEXT NOT NULL CHECK (door IN ('email', 'resend', 'poller')),
  -- The id of the letter at the provider that took it in.
  outside_id TEXT,
  envelope_from TEXT NOT NULL, envelope_to TEXT NOT NULL, bytes INTEGER NOT NULL CHECK (bytes >= 0), received_at INTEGER NOT NULL,
  -- Of the whole letter in the store.
  key TEXT NOT NULL UNIQUE,
  -- NULL until it is judged. Nobody tries again before next_at.
  judged_at INTEGER, next_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
  message_id TEXT, sender TEXT, subject TEXT, text TEXT,
  -- Written by a program. NULL for a letter of a person.
  machine TEXT CHECK (machine IN ('bounce', 'autoReply', 'list', 'ours')),
  claim_id TEXT REFERENCES refund_claim (id), matched_by TEXT CHECK (matched_by IN ('token', 'reference', 'number', 'person')),
  -- Whether it came from an address of the person who demands.
  relation TEXT CHECK (relation IN ('own', 'other')),
  -- Why somebody has to look at it. It waits until it is settled.
  why TEXT CHECK (why IN ('unknown', 'claimIsOver', 'claimIsFull', 'twoSenders', 'tooLarge', 'unreadable', 'encrypted', 'uuencoded', 'words')),
  settled_at INTEGER, settled_by TEXT REFERENCES person (id), note TEXT,
  CHECK ((claim_id IS NULL) = (matched_by IS NULL)), CHECK ((settled_at IS NULL) = (settled_by IS NULL)),
  CHECK (settled_at IS NULL OR (why IS NOT NULL AND length(note) BETWEEN 5 AND 1000))
) STRICT;
CREATE UNIQUE INDEX letter_in_outside ON letter_in (outside_id) WHERE outside_id IS NOT NULL;
CREATE INDEX letter_in_unjudged ON letter_in (next_at) WHERE judged_at IS NULL;
CREATE INDEX letter_in_waits ON letter_in (received_at) WHERE settled_at IS NULL AND why IS NOT NULL;
CREATE INDEX letter_in_claim ON letter_in (claim_id, received_at) WHERE claim_id IS NOT NULL;
CREATE INDEX letter_in_age ON letter_in (received_at) WHERE claim_id IS NULL;
CREATE TRIGGER letter_in_stays BEFORE UPDATE ON letter_in
  WHEN NEW.id <> OLD.id OR NEW.sha256 <> OLD.sha256 OR NEW.door <> OLD.door OR NEW.outside_id IS NOT OLD.outside_id
    OR NEW.envelope_from <> OLD.envelope_from OR NEW.envelope_to <> OLD.envelope_to OR NEW.bytes <> OLD.bytes OR NEW.received_at <> OLD.received_at
    OR NEW.key <> OLD.key OR (OLD.judged_at IS NOT NULL AND NEW.judged_at IS NOT OLD.judged_at) OR (OLD.claim_id IS NOT NULL AND NEW.claim_id IS NOT OLD.claim_id)
    OR (OLD.settled_at IS NOT NULL AND (NEW.settled_at IS NOT OLD.settled_at OR NEW.note IS NOT OLD.note))
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER letter_in_goes_when_done BEFORE DELETE ON letter_in
  WHEN OLD.judged_at IS NULL OR OLD.claim_id IS NOT NULL OR (OLD.why IS NOT NULL AND OLD.settled_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

-- What was attached, in the order of the letter, and what became of it.
CREATE TABLE letter_in_part (
  letter_id TEXT NOT NULL REFERENCES letter_in (id), n INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, bytes INTEGER NOT NULL,
  verdict TEXT NOT NULL, file_id TEXT REFERENCES claim_file (id), PRIMARY KEY (letter_id, n)
) STRICT;
CREATE INDEX letter_in_part_file ON letter_in_part (file_id) WHERE file_id IS NOT NULL;

-- When the list of the provider was last read for letters of which no notice came.
CREATE TABLE letter_in_look (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;

-- Automatic answers to one address within the last hour.
CREATE INDEX letter_answer ON letter (email, queued_at) WHERE kind = 'claimLetter';

-- Letters about a claim whose Message-ID is not known yet: an answer to one names it.
CREATE INDEX letter_unnamed ON letter (sent_at) WHERE message_id IS NULL AND provider_id IS NOT NULL AND subject <> '';
