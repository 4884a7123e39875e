-- A card holds 200 files of the patient's own, and takes 50 within 24 hours; two that arrive together meet these guards, not a count taken before.
CREATE TRIGGER card_file_within_limits BEFORE INSERT ON card_file
BEGIN
  SELECT RAISE(ABORT, 'cardIsFull') WHERE (
    SELECT count(*) FROM card_file f WHERE f.patient_id = NEW.patient_id AND f.removed_at IS NULL) >= 200;
  SELECT RAISE(ABORT, 'enoughToday') WHERE (
    SELECT count(*) FROM card_file f WHERE f.patient_id = NEW.patient_id AND f.at > NEW.at - 86400000) >= 50;
END;
CREATE TRIGGER card_file_returns_within_limits BEFORE UPDATE ON card_file WHEN OLD.removed_at IS NOT NULL AND NEW.removed_at IS NULL
BEGIN
  SELECT RAISE(ABORT, 'cardIsFull') WHERE (
    SELECT count(*) FROM card_file f WHERE f.patient_id = NEW.patient_id AND f.removed_at IS NULL) >= 200;
END;

-- A file that was removed may come back; what it is never changes.
DROP TRIGGER card_file_stays;
CREATE TRIGGER card_file_stays BEFORE UPDATE ON card_file
  WHEN NEW.id <> OLD.id OR NEW.patient_id <> OLD.patient_id OR NEW.person_id <> OLD.person_id OR NEW.kind <> OLD.kind OR NEW.name <> OLD.name
    OR NEW.type <> OLD.type OR NEW.bytes <> OLD.bytes OR NEW.at <> OLD.at OR NEW.key <> OLD.key
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
