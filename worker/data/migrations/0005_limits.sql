-- Limits on what costs the clinic or other people, and what ends with its term.

-- Figures that triggers share with workflows/rules/limits.ts. tests/data/schema.test.ts compares the two.
CREATE VIEW counted_limits AS SELECT 6 AS unpaid_holds_of_day, 3 AS unpaid_holds_of_interval, 5 AS cancellations_of_week, 20 AS files_of_room;

-- A hold without payment keeps an interval from others, and so does a booking that is cancelled again and again.
CREATE TRIGGER hold_within_limits BEFORE INSERT ON hold WHEN NEW.firm_at IS NULL
BEGIN
  SELECT RAISE(ABORT, 'unpaidHoldsOfInterval') WHERE (
    SELECT count(*) FROM hold h JOIN consultation c ON c.id = h.consultation_id JOIN consultation n ON n.id = NEW.consultation_id
    WHERE h.patient_id = NEW.patient_id AND h.doctor_id = NEW.doctor_id AND h.start_at < NEW.end_at AND h.end_at > NEW.start_at
      AND h.firm_at IS NULL AND c.id <> n.id AND c.created_at > n.created_at - 86400000) >= (SELECT unpaid_holds_of_interval FROM counted_limits);
  SELECT RAISE(ABORT, 'unpaidHoldsOfDay') WHERE (
    SELECT count(*) FROM hold h JOIN consultation c ON c.id = h.consultation_id JOIN consultation n ON n.id = NEW.consultation_id
    WHERE h.patient_id = NEW.patient_id AND h.firm_at IS NULL AND c.id <> n.id AND c.created_at > n.created_at - 86400000)
      >= (SELECT unpaid_holds_of_day FROM counted_limits);
  SELECT RAISE(ABORT, 'cancellationsOfWeek') WHERE (
    SELECT count(*) FROM cancellation x JOIN hold h ON h.consultation_id = x.consultation_id JOIN consultation n ON n.id = NEW.consultation_id
    WHERE h.patient_id = NEW.patient_id AND h.firm_at IS NOT NULL AND x.by = 'patient' AND x.reason = 'asked' AND x.at > n.created_at - 604800000)
      >= (SELECT cancellations_of_week FROM counted_limits);
END;
CREATE INDEX hold_patient_all ON hold (patient_id);

-- Files of one side in one room.
CREATE TRIGGER room_file_within_limits BEFORE INSERT ON room_file
BEGIN
  SELECT RAISE(ABORT, 'filesOfRoom') WHERE (
    SELECT count(*) FROM room_file f WHERE f.consultation_id = NEW.consultation_id AND f.person_id = NEW.person_id)
      >= (SELECT files_of_room FROM counted_limits);
END;

-- Addresses that a person confirmed by a code, besides the one from Gosuslugi. Letters about a visit go to no other address.
CREATE TABLE confirmed_address (
  person_id TEXT NOT NULL REFERENCES person (id), email TEXT NOT NULL, session_id TEXT NOT NULL REFERENCES session (id), at INTEGER NOT NULL,
  PRIMARY KEY (person_id, email)
) STRICT;
