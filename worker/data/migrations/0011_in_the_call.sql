-- When somebody came into the call itself: being in the room, waiting or preparing, is not yet talking.
ALTER TABLE attendance ADD COLUMN joined_at INTEGER CHECK (joined_at >= entered_at);

-- What was recorded before took whoever was in the room, once the door was open, for being in the call. Who sits in a waiting room whose door is
-- still shut as this runs has not come into the call yet: their room writes it when they do.
DROP TRIGGER attendance_stays;
UPDATE attendance SET joined_at = max(entered_at, door.opens_at)
  FROM (SELECT c.id, c.starts_at - k.join_minutes * 60000 AS opens_at FROM consultation c, clinic k WHERE k.id = 1) door
  WHERE door.id = attendance.consultation_id AND coalesce(left_at, unixepoch() * 1000) > door.opens_at;

-- Each time the two were in the call together, and from when.
CREATE VIEW met AS
  SELECT p.consultation_id, p.schedule_version, max(p.joined_at, d.joined_at) AS at
  FROM attendance p JOIN attendance d ON d.consultation_id = p.consultation_id AND d.schedule_version = p.schedule_version
  WHERE p.role = 'patient' AND d.role = 'doctor' AND max(p.joined_at, d.joined_at) < min(coalesce(p.left_at, 9e15), coalesce(d.left_at, 9e15));

-- Each coming of the doctor, into the room or from there into the call. Whoever looked in to prepare and had gone by the start has not come.
CREATE VIEW doctor_came AS
  SELECT d.consultation_id, d.entered_at, coalesce(d.joined_at, d.entered_at) AS at
  FROM attendance d JOIN consultation c ON c.id = d.consultation_id AND c.schedule_version = d.schedule_version
  WHERE d.role = 'doctor' AND coalesce(d.left_at, 9e15) > c.starts_at;

-- Patients who came, though the two did not meet, and from when that counts: who was in the room after the start, where the doctor had neither
-- come before them nor came within ten minutes (rules/delay.ts); and who was in the call after the start, before the booked end.
CREATE VIEW patient_came AS
  SELECT c.id AS consultation_id, c.starts_at + 600000 AS at FROM consultation c
    JOIN attendance p ON p.consultation_id = c.id AND p.schedule_version = c.schedule_version AND p.role = 'patient'
  WHERE coalesce(p.left_at, 9e15) > c.starts_at AND NOT EXISTS (
    SELECT 1 FROM doctor_came d
    WHERE d.consultation_id = c.id AND (d.entered_at <= p.entered_at OR d.entered_at < c.starts_at + 600000))
  UNION ALL
  SELECT c.id, max(p.joined_at, c.starts_at) FROM consultation c
    JOIN attendance p ON p.consultation_id = c.id AND p.schedule_version = c.schedule_version AND p.role = 'patient'
  WHERE p.joined_at < c.ends_at AND coalesce(p.left_at, 9e15) > c.starts_at;

-- An attendance only gets the instant of joining and its end, each once.
CREATE TRIGGER attendance_stays BEFORE UPDATE ON attendance
  WHEN OLD.left_at IS NOT NULL OR (OLD.joined_at IS NOT NULL AND NEW.joined_at IS NOT OLD.joined_at) OR NEW.entered_at <> OLD.entered_at
    OR NEW.id <> OLD.id OR NEW.role <> OLD.role OR NEW.person_id <> OLD.person_id OR NEW.consultation_id <> OLD.consultation_id
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

-- A patient is waited for as long as a doctor is. Nobody with whom the doctor has talked, or who waited for the doctor, was absent: the price would
-- be kept for it.
DROP TRIGGER conclusion_needs_visit;
CREATE TRIGGER conclusion_needs_visit BEFORE INSERT ON conclusion
BEGIN
  SELECT RAISE(ABORT, 'notTheDoctor') WHERE NOT EXISTS (
    SELECT 1 FROM consultation c JOIN doctor d ON d.id = c.doctor_id WHERE c.id = NEW.consultation_id AND d.person_id = NEW.person_id);
  SELECT RAISE(ABORT, 'notFirm') WHERE NOT EXISTS (
    SELECT 1 FROM hold c WHERE c.consultation_id = NEW.consultation_id AND c.firm_at IS NOT NULL AND c.released_at IS NULL);
  SELECT RAISE(ABORT, 'haveMet') WHERE NEW.outcome = 'absent' AND EXISTS (
    SELECT 1 FROM met m JOIN consultation c ON c.id = m.consultation_id AND c.schedule_version = m.schedule_version WHERE c.id = NEW.consultation_id);
  SELECT RAISE(ABORT, 'patientWaited') WHERE NEW.outcome = 'absent' AND EXISTS (
    SELECT 1 FROM patient_came w WHERE w.consultation_id = NEW.consultation_id AND w.at <= NEW.at);
  SELECT RAISE(ABORT, 'notNow') WHERE NEW.outcome = 'absent' AND EXISTS (
    SELECT 1 FROM consultation c WHERE c.id = NEW.consultation_id AND c.starts_at + 600000 > NEW.at);
END;

-- As before, with the one meaning of having met.
DROP TRIGGER reschedule_needs_visit;
CREATE TRIGGER reschedule_needs_visit BEFORE INSERT ON reschedule
BEGIN
  SELECT RAISE(ABORT, 'staleSchedule') WHERE NOT EXISTS (
    SELECT 1 FROM consultation c WHERE c.id = NEW.consultation_id AND c.schedule_version = NEW.schedule_version - 1
      AND c.starts_at = NEW.from_start_at AND c.ends_at = NEW.from_end_at);
  SELECT RAISE(ABORT, 'notMovable') WHERE EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = NEW.consultation_id)
    OR NOT EXISTS (SELECT 1 FROM hold k WHERE k.consultation_id = NEW.consultation_id AND k.firm_at IS NOT NULL AND k.released_at IS NULL);
  SELECT RAISE(ABORT, 'visitBegan') WHERE EXISTS (
    SELECT 1 FROM met m WHERE m.consultation_id = NEW.consultation_id AND m.schedule_version = NEW.schedule_version - 1);
END;

-- A doctor who comes in, or into the call, in the same second wins; so does a patient who comes into the call where the doctor is.
DROP TRIGGER delay_choice_needs_offer;
CREATE TRIGGER delay_choice_needs_offer BEFORE INSERT ON delay_choice
BEGIN
  SELECT RAISE(ABORT, 'offerOver') WHERE EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = NEW.consultation_id)
    OR NOT EXISTS (
      SELECT 1 FROM consultation c JOIN hold k ON k.consultation_id = c.id
      WHERE c.id = NEW.consultation_id AND c.schedule_version = NEW.schedule_version AND k.firm_at IS NOT NULL AND k.released_at IS NULL)
    OR NEW.doctor_came_at IS NOT (
      SELECT max(d.at) FROM doctor_came d WHERE d.consultation_id = NEW.consultation_id)
    OR NEW.late_at IS NOT (
      SELECT max(l.at) FROM lateness l WHERE l.consultation_id = NEW.consultation_id AND l.schedule_version = NEW.schedule_version)
    OR EXISTS (SELECT 1 FROM met m WHERE m.consultation_id = NEW.consultation_id AND m.schedule_version = NEW.schedule_version);
END;
