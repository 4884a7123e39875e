-- The visit to which a session is limited: one that was opened on another device, perhaps a borrowed one. NULL for a session that a person began by signing in.
ALTER TABLE session ADD COLUMN visit_id TEXT REFERENCES consultation (id);

-- When the bytes of a removed file left R2. Its row stays, because a doctor may have read the file. It cannot return after that.
ALTER TABLE card_file ADD COLUMN purged_at INTEGER;
CREATE INDEX card_file_removed ON card_file (removed_at) WHERE removed_at IS NOT NULL AND purged_at IS NULL;
CREATE TRIGGER card_file_stays_purged BEFORE UPDATE ON card_file
  WHEN OLD.purged_at IS NOT NULL AND (NEW.removed_at IS NULL OR NEW.purged_at IS NOT OLD.purged_at)
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

-- How far the search for files in R2 without a row has come. One row.
CREATE TABLE file_sweep (id INTEGER PRIMARY KEY CHECK (id = 1), cursor TEXT, at INTEGER NOT NULL) STRICT;
