-- Going on with a visit on another device: a one-time address for three minutes, only its hash is kept. Index of a person's own checks.
CREATE TABLE handover (
  token_hash TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT NOT NULL REFERENCES person (id),
  -- The session that gave it: it gives no more than that one has.
  session_id TEXT NOT NULL REFERENCES session (id),
  created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL CHECK (expires_at > created_at), consumed_at INTEGER
) STRICT;
CREATE INDEX handover_expiry ON handover (expires_at);

-- Consumed once, in time, while the session that gave it lives and the visit goes on: of two racers one batch stands, whatever code path tries.
CREATE TRIGGER handover_once BEFORE UPDATE ON handover
BEGIN
  SELECT RAISE(ABORT, 'handoverSpent') WHERE OLD.consumed_at IS NOT NULL OR NEW.consumed_at IS NULL OR OLD.expires_at <= NEW.consumed_at
    OR NOT EXISTS (SELECT 1 FROM session s WHERE s.id = OLD.session_id AND s.ended_at IS NULL
      AND s.expires_at > NEW.consumed_at AND s.idle_until > NEW.consumed_at)
    OR EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = OLD.consultation_id);
END;

CREATE INDEX device_check_person ON device_check (person_id, at);
