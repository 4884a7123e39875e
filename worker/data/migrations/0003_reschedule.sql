-- An appointment moves to another interval, and what the patient of a late doctor chose. What was before a move stays where it is and is told
-- apart by the schedule's version, which the move raises.

CREATE TABLE reschedule (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), at INTEGER NOT NULL,
  by TEXT NOT NULL CHECK (by IN ('patient', 'clinic')), person_id TEXT NOT NULL REFERENCES person (id),
  reason TEXT NOT NULL CHECK (reason IN ('asked', 'doctorLate')),
  from_start_at INTEGER NOT NULL, from_end_at INTEGER NOT NULL, to_start_at INTEGER NOT NULL, to_end_at INTEGER NOT NULL CHECK (to_end_at > to_start_at),
  -- The version that this move made.
  schedule_version INTEGER NOT NULL,
  CHECK (to_start_at <> from_start_at OR to_end_at <> from_end_at), UNIQUE (consultation_id, schedule_version)
) STRICT;

-- Who was there and what was said belong to the time that stood then.
ALTER TABLE attendance ADD COLUMN schedule_version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE lateness ADD COLUMN schedule_version INTEGER NOT NULL DEFAULT 1;
CREATE TRIGGER attendance_keeps_schedule BEFORE UPDATE OF schedule_version ON attendance WHEN NEW.schedule_version <> OLD.schedule_version
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

-- Only from the time that the page was drawn with, only what is paid and not ended, and never a visit in which the two have met.
CREATE TRIGGER reschedule_needs_visit BEFORE INSERT ON reschedule
BEGIN
  SELECT RAISE(ABORT, 'staleSchedule') WHERE NOT EXISTS (
    SELECT 1 FROM consultation c WHERE c.id = NEW.consultation_id AND c.schedule_version = NEW.schedule_version - 1
      AND c.starts_at = NEW.from_start_at AND c.ends_at = NEW.from_end_at);
  SELECT RAISE(ABORT, 'notMovable') WHERE EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = NEW.consultation_id)
    OR NOT EXISTS (SELECT 1 FROM hold k WHERE k.consultation_id = NEW.consultation_id AND k.firm_at IS NOT NULL AND k.released_at IS NULL);
  SELECT RAISE(ABORT, 'visitBegan') WHERE EXISTS (
    SELECT 1 FROM (
      SELECT max(a.entered_at, b.entered_at, NEW.from_start_at - (SELECT join_minutes FROM clinic WHERE id = 1) * 60000) AS met, a.left_at AS a_left, b.left_at AS b_left
      FROM attendance a JOIN attendance b ON b.consultation_id = a.consultation_id AND b.role = 'doctor' AND b.schedule_version = a.schedule_version
      WHERE a.consultation_id = NEW.consultation_id AND a.role = 'patient' AND a.schedule_version = NEW.schedule_version - 1)
    WHERE met <= NEW.at AND (a_left IS NULL OR a_left > met) AND (b_left IS NULL OR b_left > met));
END;

-- The patient of a late doctor waits, moves the visit, or has the money back. The row names what the offer stood on: the doctor's last entry and
-- last word on lateness, as the patient saw them.
CREATE TABLE delay_choice (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), at INTEGER NOT NULL, person_id TEXT NOT NULL REFERENCES person (id),
  choice TEXT NOT NULL CHECK (choice IN ('wait', 'move', 'refund')), schedule_version INTEGER NOT NULL,
  doctor_came_at INTEGER, late_at INTEGER,
  UNIQUE (consultation_id, schedule_version, choice)
) STRICT;
-- A doctor who enters in the same second wins.
CREATE TRIGGER delay_choice_needs_offer BEFORE INSERT ON delay_choice
BEGIN
  SELECT RAISE(ABORT, 'offerOver') WHERE EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = NEW.consultation_id)
    OR NOT EXISTS (
      SELECT 1 FROM consultation c JOIN hold k ON k.consultation_id = c.id
      WHERE c.id = NEW.consultation_id AND c.schedule_version = NEW.schedule_version AND k.firm_at IS NOT NULL AND k.released_at IS NULL)
    OR NEW.doctor_came_at IS NOT (
      SELECT max(a.entered_at) FROM attendance a
      WHERE a.consultation_id = NEW.consultation_id AND a.role = 'doctor' AND a.schedule_version = NEW.schedule_version)
    OR NEW.late_at IS NOT (
      SELECT max(l.at) FROM lateness l WHERE l.consultation_id = NEW.consultation_id AND l.schedule_version = NEW.schedule_version);
END;

ALTER TABLE cancellation ADD COLUMN reason TEXT NOT NULL DEFAULT 'asked' CHECK (reason IN ('asked', 'doctorLate'));

-- Rows that may never change.
CREATE TRIGGER reschedule_stays BEFORE UPDATE ON reschedule BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER reschedule_never_goes BEFORE DELETE ON reschedule BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER delay_choice_stays BEFORE UPDATE ON delay_choice BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER delay_choice_never_goes BEFORE DELETE ON delay_choice BEGIN SELECT RAISE(ABORT, 'immutable'); END;
