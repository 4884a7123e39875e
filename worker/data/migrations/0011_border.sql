-- The address of a person as it is compared: with its domain in Punycode. Null when it is the address itself.
ALTER TABLE person ADD COLUMN email_key TEXT;
DROP INDEX person_email;
CREATE INDEX person_email_key ON person (coalesce(email_key, email)) WHERE email IS NOT NULL;

-- A handover opens no visit that was cancelled, as it opens none that was concluded.
DROP TRIGGER handover_once;
CREATE TRIGGER handover_once BEFORE UPDATE ON handover
BEGIN
  SELECT RAISE(ABORT, 'handoverSpent') WHERE OLD.consumed_at IS NOT NULL OR NEW.consumed_at IS NULL OR OLD.expires_at <= NEW.consumed_at
    OR NOT EXISTS (SELECT 1 FROM session s WHERE s.id = OLD.session_id AND s.ended_at IS NULL
      AND s.expires_at > NEW.consumed_at AND s.idle_until > NEW.consumed_at)
    OR EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = OLD.consultation_id)
    OR EXISTS (SELECT 1 FROM cancellation x WHERE x.consultation_id = OLD.consultation_id);
END;
