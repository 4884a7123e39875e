-- Who decides is not who gains: outcomes follow from attendance or from the word of somebody else, terms are frozen at booking, a withdrawn role
-- ends what it opened.

-- The terms that a patient agreed to when booking. A change of the settings does not reach them.
CREATE TABLE terms (
  consultation_id TEXT PRIMARY KEY REFERENCES consultation (id),
  free_hours INTEGER NOT NULL, kept_percent INTEGER NOT NULL CHECK (kept_percent BETWEEN 0 AND 100),
  -- The current version of each document at booking. NULL where the clinic had none.
  offer_id TEXT REFERENCES consent_document (id), informed_consent_id TEXT REFERENCES consent_document (id),
  personal_data_id TEXT REFERENCES consent_document (id)
) STRICT;

CREATE VIEW current_document AS
  SELECT d.* FROM consent_document d WHERE d.version = (SELECT max(o.version) FROM consent_document o WHERE o.kind = d.kind);

-- The terms that the page showed when the patient agreed, NULL for the settings of this instant. The trigger keeps them in terms.
ALTER TABLE consultation ADD COLUMN agreed_free_hours INTEGER;
ALTER TABLE consultation ADD COLUMN agreed_kept_percent INTEGER;

CREATE TRIGGER consultation_freezes_terms AFTER INSERT ON consultation
BEGIN
  INSERT INTO terms (consultation_id, free_hours, kept_percent, offer_id, informed_consent_id, personal_data_id)
  SELECT NEW.id, coalesce(NEW.agreed_free_hours, k.free_hours), coalesce(NEW.agreed_kept_percent, k.kept_percent),
    (SELECT id FROM current_document WHERE kind = 'offer'), (SELECT id FROM current_document WHERE kind = 'informedConsent'),
    (SELECT id FROM current_document WHERE kind = 'personalData')
  FROM clinic k WHERE k.id = 1;
END;
INSERT INTO terms (consultation_id, free_hours, kept_percent)
  SELECT c.id, k.free_hours, k.kept_percent FROM consultation c, clinic k WHERE k.id = 1;
CREATE TRIGGER terms_stay BEFORE UPDATE ON terms BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER terms_never_go BEFORE DELETE ON terms BEGIN SELECT RAISE(ABORT, 'immutable'); END;
-- The price is part of the terms.
CREATE TRIGGER consultation_keeps_price BEFORE UPDATE OF price_minor, currency ON consultation
  WHEN NEW.price_minor <> OLD.price_minor OR NEW.currency <> OLD.currency
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

-- The word of the patient, or of the front desk with its reason, that a visit took place although the two never met in the call,
-- for example by telephone.
CREATE TABLE visit_confirmation (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), schedule_version INTEGER NOT NULL,
  at INTEGER NOT NULL, person_id TEXT NOT NULL REFERENCES person (id), by TEXT NOT NULL CHECK (by IN ('patient', 'frontDesk')),
  reason TEXT CHECK (length(reason) BETWEEN 10 AND 500), CHECK ((by = 'patient') = (reason IS NULL)),
  UNIQUE (consultation_id, schedule_version)
) STRICT;
CREATE TRIGGER visit_confirmation_stays BEFORE UPDATE ON visit_confirmation BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER visit_confirmation_never_goes BEFORE DELETE ON visit_confirmation BEGIN SELECT RAISE(ABORT, 'immutable'); END;
-- Only about the schedule that is in force, after its start, and never by the doctor whose price it keeps.
CREATE TRIGGER visit_confirmation_by_another BEFORE INSERT ON visit_confirmation
BEGIN
  SELECT RAISE(ABORT, 'notTheirs') WHERE EXISTS (
      SELECT 1 FROM consultation c JOIN doctor d ON d.id = c.doctor_id WHERE c.id = NEW.consultation_id AND d.person_id = NEW.person_id)
    OR (NEW.by = 'patient' AND NOT EXISTS (
      SELECT 1 FROM consultation c WHERE c.id = NEW.consultation_id AND (c.patient_id = NEW.person_id OR EXISTS (
        SELECT 1 FROM guardian g WHERE g.child_id = c.patient_id AND g.guardian_id = NEW.person_id AND g.since <= NEW.at
          AND (g.until IS NULL OR g.until > NEW.at)))))
    OR (NEW.by = 'frontDesk' AND NOT EXISTS (SELECT 1 FROM role r WHERE r.person_id = NEW.person_id AND r.role = 'frontDesk'));
  SELECT RAISE(ABORT, 'notNow') WHERE EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = NEW.consultation_id)
    OR NOT EXISTS (
      SELECT 1 FROM consultation c JOIN hold h ON h.consultation_id = c.id
      WHERE c.id = NEW.consultation_id AND c.schedule_version = NEW.schedule_version AND c.starts_at <= NEW.at
        AND h.firm_at IS NOT NULL AND h.released_at IS NULL);
END;

-- A doctor acts while the role of a doctor is held.
CREATE VIEW acting_doctor AS
  SELECT d.* FROM doctor d WHERE EXISTS (SELECT 1 FROM role r WHERE r.person_id = d.person_id AND r.role = 'doctor');

-- An outcome names the schedule that it is about, so an end and a move at the same time cannot both stand.
ALTER TABLE conclusion ADD COLUMN schedule_version INTEGER NOT NULL DEFAULT 1;
DROP TRIGGER conclusion_needs_visit;
CREATE TRIGGER conclusion_needs_visit BEFORE INSERT ON conclusion
BEGIN
  SELECT RAISE(ABORT, 'notTheDoctor') WHERE NOT EXISTS (
    SELECT 1 FROM consultation c JOIN acting_doctor d ON d.id = c.doctor_id WHERE c.id = NEW.consultation_id AND d.person_id = NEW.person_id);
  SELECT RAISE(ABORT, 'staleSchedule') WHERE NOT EXISTS (
    SELECT 1 FROM consultation c WHERE c.id = NEW.consultation_id AND c.schedule_version = NEW.schedule_version);
  SELECT RAISE(ABORT, 'notFirm') WHERE NOT EXISTS (
    SELECT 1 FROM hold h WHERE h.consultation_id = NEW.consultation_id AND h.firm_at IS NOT NULL AND h.released_at IS NULL);
  SELECT RAISE(ABORT, 'haveNotMet') WHERE NEW.outcome = 'tookPlace'
    AND NOT EXISTS (SELECT 1 FROM met m WHERE m.consultation_id = NEW.consultation_id AND m.schedule_version = NEW.schedule_version AND m.at <= NEW.at)
    AND NOT EXISTS (
      SELECT 1 FROM visit_confirmation v WHERE v.consultation_id = NEW.consultation_id AND v.schedule_version = NEW.schedule_version AND v.at <= NEW.at);
  SELECT RAISE(ABORT, 'haveMet') WHERE NEW.outcome = 'absent' AND EXISTS (
    SELECT 1 FROM met m WHERE m.consultation_id = NEW.consultation_id AND m.schedule_version = NEW.schedule_version);
  SELECT RAISE(ABORT, 'patientWaited') WHERE NEW.outcome = 'absent' AND EXISTS (
    SELECT 1 FROM patient_came w WHERE w.consultation_id = NEW.consultation_id AND w.at <= NEW.at);
  SELECT RAISE(ABORT, 'patientWaited') WHERE NEW.outcome = 'absent' AND EXISTS (
    SELECT 1 FROM visit_confirmation v WHERE v.consultation_id = NEW.consultation_id AND v.schedule_version = NEW.schedule_version);
  SELECT RAISE(ABORT, 'notNow') WHERE NEW.outcome = 'absent' AND EXISTS (
    SELECT 1 FROM consultation c WHERE c.id = NEW.consultation_id AND c.starts_at + (SELECT late_ms FROM limits) > NEW.at);
  SELECT RAISE(ABORT, 'notThere') WHERE NEW.outcome = 'absent' AND NOT EXISTS (
    SELECT 1 FROM doctor_came d WHERE d.consultation_id = NEW.consultation_id);
END;

DROP TRIGGER signature_is_the_doctors;
CREATE TRIGGER signature_is_the_doctors BEFORE INSERT ON signature
BEGIN
  SELECT RAISE(ABORT, 'notTheDoctor') WHERE NOT EXISTS (
    SELECT 1 FROM protocol p JOIN consultation c ON c.id = p.consultation_id JOIN acting_doctor d ON d.id = c.doctor_id
    WHERE p.id = NEW.protocol_id AND d.person_id = NEW.person_id);
  SELECT RAISE(ABORT, 'otherContent') WHERE NOT EXISTS (SELECT 1 FROM protocol p WHERE p.id = NEW.protocol_id AND p.content_hash = NEW.content_hash);
END;
DROP TRIGGER draft_needs_round;
CREATE TRIGGER draft_needs_round BEFORE INSERT ON protocol_draft
BEGIN
  SELECT RAISE(ABORT, 'alreadySigned') WHERE EXISTS (
    SELECT 1 FROM protocol p WHERE p.consultation_id = NEW.consultation_id AND p.version >= NEW.round);
  SELECT RAISE(ABORT, 'notTheDoctor') WHERE NOT EXISTS (
    SELECT 1 FROM consultation c JOIN acting_doctor d ON d.id = c.doctor_id WHERE c.id = NEW.consultation_id AND d.person_id = NEW.person_id);
END;

-- A person enters a room as the patient of the consultation or as its acting doctor.
CREATE TRIGGER attendance_of_the_two BEFORE INSERT ON attendance
BEGIN
  SELECT RAISE(ABORT, 'visitIsOver') WHERE NEW.role = 'doctor' AND NOT EXISTS (
    SELECT 1 FROM consultation c JOIN acting_doctor d ON d.id = c.doctor_id WHERE c.id = NEW.consultation_id AND d.person_id = NEW.person_id);
END;

-- A role that is withdrawn ends what it opened in the same statement: sessions, passes, offers of another device, codes.
CREATE TRIGGER role_withdrawal_ends_everything AFTER DELETE ON role
BEGIN
  UPDATE session SET ended_at = unixepoch() * 1000 WHERE person_id = OLD.person_id AND ended_at IS NULL;
  UPDATE room_pass SET replaced_at = unixepoch() * 1000 WHERE person_id = OLD.person_id AND replaced_at IS NULL;
  DELETE FROM handover WHERE person_id = OLD.person_id AND consumed_at IS NULL;
  UPDATE sign_in_code SET tries_left = 0 WHERE tries_left > 0
    AND email = (SELECT p.email FROM person p WHERE p.id = OLD.person_id);
END;
CREATE TRIGGER role_stays BEFORE UPDATE ON role BEGIN SELECT RAISE(ABORT, 'immutable'); END;
