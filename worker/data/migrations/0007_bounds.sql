-- What keeps the cost of a page and of a booking the same, however long the past of the clinic is. Each index below holds only what is still open,
-- or leads to what a sweep deletes. worker/data/retention.ts says how long each table keeps its rows, tests/data/plans.test.ts reads every plan.

-- No visit lasts longer than visit_ms. Whoever looks for holds that touch an interval need not look further back than that.
ALTER TABLE hold ADD COLUMN concluded_at INTEGER;
DROP VIEW limits;
CREATE VIEW limits AS SELECT 600000 AS late_ms, 200 AS card_files, 50 AS card_files_a_day, 86400000 AS visit_ms;

DROP TRIGGER hold_excludes;
CREATE TRIGGER hold_excludes BEFORE INSERT ON hold WHEN NEW.released_at IS NULL
BEGIN
  SELECT RAISE(ABORT, 'visitTooLong') WHERE NEW.end_at - NEW.start_at > (SELECT visit_ms FROM limits);
  SELECT RAISE(ABORT, 'slotTaken') WHERE EXISTS (
    SELECT 1 FROM hold c WHERE c.doctor_id = NEW.doctor_id AND c.released_at IS NULL
      AND c.start_at > NEW.start_at - (SELECT visit_ms FROM limits) AND c.start_at < NEW.end_at AND c.end_at > NEW.start_at
      AND c.consultation_id <> NEW.consultation_id);
  SELECT RAISE(ABORT, 'patientHolds') WHERE NEW.firm_at IS NULL AND EXISTS (
    SELECT 1 FROM hold c WHERE c.patient_id = NEW.patient_id AND c.released_at IS NULL AND c.firm_at IS NULL
      AND c.consultation_id <> NEW.consultation_id);
  SELECT RAISE(ABORT, 'patientBusy') WHERE EXISTS (
    SELECT 1 FROM hold c WHERE c.patient_id = NEW.patient_id AND c.released_at IS NULL
      AND c.start_at > NEW.start_at - (SELECT visit_ms FROM limits) AND c.start_at < NEW.end_at AND c.end_at > NEW.start_at
      AND c.consultation_id <> NEW.consultation_id);
END;
DROP TRIGGER hold_excludes_again;
CREATE TRIGGER hold_excludes_again BEFORE UPDATE ON hold
  WHEN NEW.released_at IS NULL AND (OLD.released_at IS NOT NULL OR NEW.start_at <> OLD.start_at OR NEW.end_at <> OLD.end_at OR NEW.doctor_id <> OLD.doctor_id)
BEGIN
  SELECT RAISE(ABORT, 'visitTooLong') WHERE NEW.end_at - NEW.start_at > (SELECT visit_ms FROM limits);
  SELECT RAISE(ABORT, 'slotTaken') WHERE EXISTS (
    SELECT 1 FROM hold c WHERE c.doctor_id = NEW.doctor_id AND c.released_at IS NULL
      AND c.start_at > NEW.start_at - (SELECT visit_ms FROM limits) AND c.start_at < NEW.end_at AND c.end_at > NEW.start_at
      AND c.consultation_id <> NEW.consultation_id);
  SELECT RAISE(ABORT, 'patientBusy') WHERE EXISTS (
    SELECT 1 FROM hold c WHERE c.patient_id = NEW.patient_id AND c.released_at IS NULL
      AND c.start_at > NEW.start_at - (SELECT visit_ms FROM limits) AND c.start_at < NEW.end_at AND c.end_at > NEW.start_at
      AND c.consultation_id <> NEW.consultation_id);
END;

-- Holds that nobody has paid: minutes old, or their lapse is recorded.
CREATE INDEX hold_unpaid_doctor ON hold (doctor_id) WHERE released_at IS NULL AND firm_at IS NULL;
CREATE INDEX hold_unpaid_patient ON hold (patient_id) WHERE released_at IS NULL AND firm_at IS NULL;

-- What waits for a doctor of whatever day: paid visits without an outcome, and visits that took place without a signed protocol.
CREATE INDEX hold_unended ON hold (doctor_id, start_at) WHERE released_at IS NULL AND firm_at IS NOT NULL AND concluded_at IS NULL;
CREATE TABLE unsigned (
  consultation_id TEXT PRIMARY KEY REFERENCES consultation (id), doctor_id TEXT NOT NULL REFERENCES doctor (id), concluded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX unsigned_doctor ON unsigned (doctor_id, concluded_at);
CREATE INDEX unsigned_age ON unsigned (concluded_at);
UPDATE hold SET concluded_at = (SELECT n.at FROM conclusion n WHERE n.consultation_id = hold.consultation_id)
  WHERE EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = hold.consultation_id);
INSERT INTO unsigned (consultation_id, doctor_id, concluded_at) SELECT c.id, c.doctor_id, n.at FROM conclusion n JOIN consultation c ON c.id = n.consultation_id
  WHERE n.outcome = 'tookPlace' AND NOT EXISTS (SELECT 1 FROM protocol p WHERE p.consultation_id = n.consultation_id);
CREATE TRIGGER conclusion_ends_waiting AFTER INSERT ON conclusion
BEGIN
  UPDATE hold SET concluded_at = NEW.at WHERE consultation_id = NEW.consultation_id;
  INSERT INTO unsigned (consultation_id, doctor_id, concluded_at) SELECT c.id, c.doctor_id, NEW.at FROM consultation c
    WHERE c.id = NEW.consultation_id AND NEW.outcome = 'tookPlace';
END;
CREATE TRIGGER protocol_ends_waiting AFTER INSERT ON protocol
BEGIN
  DELETE FROM unsigned WHERE consultation_id = NEW.consultation_id;
END;

-- What the cron asks each minute: lines that nobody has heard, receipts that the provider has not registered.
CREATE INDEX outbox_undelivered ON outbox (id) WHERE delivered_at IS NULL;
CREATE INDEX payment_receipt ON payment (succeeded_at) WHERE receipt = 'pending';

-- A check is looked for by its visit and person, an exception of the schedule by its date.
DROP INDEX device_check_consultation;
CREATE INDEX device_check_visit ON device_check (consultation_id, person_id, at);
CREATE INDEX schedule_exception_date ON schedule_exception (date);

-- Where the sweep finds what is old enough.
CREATE INDEX applied_age ON applied (at);
CREATE INDEX nonce_age ON nonce (until);
CREATE INDEX throttle_age ON throttle (window_at);
CREATE INDEX sign_in_code_age ON sign_in_code (created_at);
CREATE INDEX outbox_delivered ON outbox (delivered_at) WHERE delivered_at IS NOT NULL;
CREATE INDEX protocol_draft_age ON protocol_draft (at);

-- A dead session goes unless a row proves something by it. Those that stay are marked, so that the sweep meets each session once. Deleting one looks
-- for its id in each table that refers to sessions, so each of them has an index.
ALTER TABLE session ADD COLUMN kept_at INTEGER;
CREATE INDEX session_dead ON session (expires_at) WHERE kept_at IS NULL;
CREATE INDEX card_access_session ON card_access (session_id);
CREATE INDEX confirmed_address_session ON confirmed_address (session_id);
CREATE INDEX consent_session ON consent (session_id);
CREATE INDEX handover_session ON handover (session_id);
CREATE INDEX room_pass_session ON room_pass (session_id);
CREATE INDEX signature_session ON signature (session_id);

-- The body of a notice may only be erased, to the word and the id of the row, because no two rows of an answer have the same body. The row itself stays
-- with the answer of the provider, because it is what makes a repeated notice known.
CREATE INDEX payment_notice_body ON payment_notice (received_at) WHERE substr(body, 1, 7) <> 'erased ';
DROP TRIGGER payment_notice_stays;
CREATE TRIGGER payment_notice_stays BEFORE UPDATE ON payment_notice
  WHEN NEW.body <> 'erased ' || OLD.id OR NEW.answer IS NOT OLD.answer OR NEW.id <> OLD.id OR NEW.event <> OLD.event OR NEW.object_id <> OLD.object_id OR NEW.received_at <> OLD.received_at
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

-- Where the sweep finds old webhooks of the mail provider.
CREATE INDEX mail_notice_age ON mail_notice (received_at);

-- What the desk and the sweep of R2 look for. Each index holds only what is open or failed.
CREATE INDEX rendition_hash ON rendition (hash);
CREATE INDEX hold_unended_start ON hold (start_at) WHERE released_at IS NULL AND firm_at IS NOT NULL AND concluded_at IS NULL;
CREATE INDEX letter_failed ON letter (state_at) WHERE state IN ('failed', 'bounced');
CREATE INDEX refund_refused ON refund (refused_at) WHERE refused_at IS NOT NULL AND settled_at IS NULL;
CREATE INDEX rendering_failed ON rendering (failed_at) WHERE failed_at IS NOT NULL;
CREATE INDEX handover_person ON handover (person_id) WHERE consumed_at IS NULL;

-- The limits of holds count the bookings of the last day, and the cancelled ones of the last five weeks: a week, and the four for which one may book.
DROP TRIGGER hold_within_limits;
DROP INDEX hold_patient_all;
CREATE INDEX consultation_patient_created ON consultation (patient_id, created_at);
CREATE TRIGGER hold_within_limits BEFORE INSERT ON hold WHEN NEW.firm_at IS NULL
BEGIN
  SELECT RAISE(ABORT, 'unpaidHoldsOfInterval') WHERE (
    SELECT count(*) FROM consultation n JOIN consultation c ON c.patient_id = NEW.patient_id AND c.created_at > n.created_at - 86400000
      JOIN hold h ON h.consultation_id = c.id
    WHERE n.id = NEW.consultation_id AND c.id <> n.id AND h.doctor_id = NEW.doctor_id AND h.start_at < NEW.end_at AND h.end_at > NEW.start_at
      AND h.firm_at IS NULL) >= (SELECT unpaid_holds_of_interval FROM counted_limits);
  SELECT RAISE(ABORT, 'unpaidHoldsOfDay') WHERE (
    SELECT count(*) FROM consultation n JOIN consultation c ON c.patient_id = NEW.patient_id AND c.created_at > n.created_at - 86400000
      JOIN hold h ON h.consultation_id = c.id
    WHERE n.id = NEW.consultation_id AND c.id <> n.id AND h.firm_at IS NULL) >= (SELECT unpaid_holds_of_day FROM counted_limits);
  SELECT RAISE(ABORT, 'cancellationsOfWeek') WHERE (
    SELECT count(*) FROM consultation n JOIN consultation c ON c.patient_id = NEW.patient_id AND c.created_at > n.created_at - 3024000000
      JOIN hold h ON h.consultation_id = c.id JOIN cancellation x ON x.consultation_id = c.id
    WHERE n.id = NEW.consultation_id AND h.firm_at IS NOT NULL AND x.by = 'patient' AND x.reason = 'asked' AND x.at > n.created_at - 604800000)
      >= (SELECT cancellations_of_week FROM counted_limits);
END;

-- Without the alias d, which other views give to attendance: plans name tables by their aliases.
DROP VIEW current_document;
CREATE VIEW current_document AS
  SELECT doc.* FROM consent_document doc WHERE doc.version = (SELECT max(o.version) FROM consent_document o WHERE o.kind = doc.kind);
