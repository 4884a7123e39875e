-- An outcome that keeps the price follows from where the two were, and not from an open door: a doctor who only passed by has not come, and a patient
-- who sits in the room is not absent.

-- stay_ms: how long the doctor was in the room after the start before the patient may be called absent. wait_ms: after this long without the doctor in
-- the call a patient has waited.
DROP VIEW limits;
CREATE VIEW limits AS
  SELECT 600000 AS late_ms, 200 AS card_files, 50 AS card_files_a_day, 86400000 AS visit_ms, 480000 AS stay_ms, 120000 AS wait_ms;

-- Stays of both in the room, within the booked time and at least the first ten minutes. Several stays are added up, so a broken connection is forgiven.
-- Whoever is still there is there until the end, so a reader cuts until at the present. joined is NULL for who never went into the call.
CREATE VIEW stay AS
  SELECT a.consultation_id, a.role, a.left_at, max(a.entered_at, c.starts_at) AS since, max(a.joined_at, c.starts_at) AS joined,
    min(coalesce(a.left_at, 9e15), max(c.ends_at, c.starts_at + (SELECT late_ms FROM limits))) AS until
  FROM attendance a JOIN consultation c ON c.id = a.consultation_id AND c.schedule_version = a.schedule_version
  WHERE coalesce(a.left_at, 9e15) > c.starts_at AND a.entered_at < max(c.ends_at, c.starts_at + (SELECT late_ms FROM limits));

-- When the patient was in the room and the doctor in the call. Without this time, the patient waits.
CREATE VIEW received AS
  SELECT p.consultation_id, max(p.since, d.joined) AS since, min(p.until, d.until) AS until
  FROM stay p JOIN stay d ON d.consultation_id = p.consultation_id
  WHERE p.role = 'patient' AND d.role = 'doctor' AND max(p.since, d.joined) < min(p.until, d.until);

-- A doctor has come who is in the room, or who was there for stay_ms after the start.
DROP VIEW doctor_came;
CREATE VIEW doctor_came AS
  SELECT d.consultation_id, d.entered_at, coalesce(d.joined_at, d.entered_at) AS at
  FROM attendance d JOIN consultation c ON c.id = d.consultation_id AND c.schedule_version = d.schedule_version
  WHERE d.role = 'doctor' AND (d.left_at IS NULL OR d.left_at > c.starts_at AND (
    SELECT coalesce(sum(s.until - s.since), 0) FROM stay s
    WHERE s.consultation_id = d.consultation_id AND s.role = 'doctor' AND s.left_at IS NOT NULL) >= (SELECT stay_ms FROM limits));

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
  SELECT RAISE(ABORT, 'patientWaited') WHERE NEW.outcome = 'absent' AND (
    SELECT coalesce(sum(max(0, min(s.until, NEW.at) - s.since)), 0) FROM stay s
    WHERE s.consultation_id = NEW.consultation_id AND s.role = 'patient') - (
    SELECT coalesce(sum(max(0, min(r.until, NEW.at) - r.since)), 0) FROM received r
    WHERE r.consultation_id = NEW.consultation_id) >= (SELECT wait_ms FROM limits);
  SELECT RAISE(ABORT, 'patientWaited') WHERE NEW.outcome = 'absent' AND EXISTS (
    SELECT 1 FROM visit_confirmation v WHERE v.consultation_id = NEW.consultation_id AND v.schedule_version = NEW.schedule_version);
  SELECT RAISE(ABORT, 'patientHere') WHERE NEW.outcome = 'absent' AND EXISTS (
    SELECT 1 FROM attendance p WHERE p.consultation_id = NEW.consultation_id AND p.schedule_version = NEW.schedule_version AND p.role = 'patient'
      AND p.left_at IS NULL);
  SELECT RAISE(ABORT, 'notNow') WHERE NEW.outcome = 'absent' AND EXISTS (
    SELECT 1 FROM consultation c WHERE c.id = NEW.consultation_id AND c.starts_at + (SELECT late_ms FROM limits) > NEW.at);
  SELECT RAISE(ABORT, 'notThere') WHERE NEW.outcome = 'absent' AND (
    SELECT coalesce(sum(max(0, min(s.until, NEW.at) - s.since)), 0) FROM stay s
    WHERE s.consultation_id = NEW.consultation_id AND s.role = 'doctor') < (SELECT stay_ms FROM limits);
END;
