-- The schema as it is. Generated from worker/data/migrations by `npm run schema`, not to be edited.

CREATE TABLE applied (key TEXT PRIMARY KEY, result TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX applied_age ON applied (at);

CREATE TABLE attendance (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('patient', 'doctor')), entered_at INTEGER NOT NULL,
  -- When the person went from the waiting room into the call.
  joined_at INTEGER CHECK (joined_at >= entered_at), left_at INTEGER CHECK (left_at >= entered_at),
  -- The schedule that was in force. Attendance before a move does not count after it.
  schedule_version INTEGER NOT NULL
) STRICT;
CREATE INDEX attendance_consultation ON attendance (consultation_id, role);
CREATE UNIQUE INDEX attendance_open ON attendance (consultation_id, role) WHERE left_at IS NULL;
CREATE TRIGGER attendance_needs_visit BEFORE INSERT ON attendance
BEGIN
  SELECT RAISE(ABORT, 'visitIsOver') WHERE EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = NEW.consultation_id)
    OR NOT EXISTS (SELECT 1 FROM hold c WHERE c.consultation_id = NEW.consultation_id AND c.firm_at IS NOT NULL AND c.released_at IS NULL);
END;
CREATE TRIGGER attendance_stays BEFORE UPDATE ON attendance
  WHEN OLD.left_at IS NOT NULL OR (OLD.joined_at IS NOT NULL AND NEW.joined_at IS NOT OLD.joined_at) OR NEW.entered_at <> OLD.entered_at
    OR NEW.id <> OLD.id OR NEW.role <> OLD.role OR NEW.person_id <> OLD.person_id OR NEW.consultation_id <> OLD.consultation_id
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER attendance_keeps_schedule BEFORE UPDATE OF schedule_version ON attendance WHEN NEW.schedule_version <> OLD.schedule_version
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER attendance_never_goes BEFORE DELETE ON attendance BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER attendance_of_the_two BEFORE INSERT ON attendance
BEGIN
  SELECT RAISE(ABORT, 'visitIsOver') WHERE NEW.role = 'doctor' AND NOT EXISTS (
    SELECT 1 FROM consultation c JOIN acting_doctor d ON d.id = c.doctor_id WHERE c.id = NEW.consultation_id AND d.person_id = NEW.person_id);
END;

CREATE TABLE audit (
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, person_id TEXT, session_id TEXT, act TEXT NOT NULL, subject_kind TEXT NOT NULL, subject_id TEXT, detail TEXT
) STRICT;
CREATE INDEX audit_subject ON audit (subject_kind, subject_id, at);
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER audit_never_goes BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE call_device (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('patient', 'doctor')), at INTEGER NOT NULL,
  browser TEXT NOT NULL CHECK (browser IN ('chrome', 'safari', 'firefox', 'yandex', 'edge', 'other')),
  system TEXT NOT NULL CHECK (system IN ('windows', 'macos', 'linux', 'android', 'ios', 'other')),
  kind TEXT NOT NULL CHECK (kind IN ('phone', 'computer'))
) STRICT;
CREATE INDEX call_device_consultation ON call_device (consultation_id, at);
CREATE TRIGGER call_device_stays BEFORE UPDATE ON call_device BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER call_device_never_goes BEFORE DELETE ON call_device BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE call_fault (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT REFERENCES person (id),
  at INTEGER NOT NULL, side TEXT NOT NULL CHECK (side IN ('patient', 'clinic', 'sfu', 'unknown')), kind TEXT NOT NULL,
  detail TEXT CHECK (length(detail) <= 200)
) STRICT;
CREATE INDEX call_fault_consultation ON call_fault (consultation_id, at);
CREATE UNIQUE INDEX call_fault_noted ON call_fault (consultation_id, kind, detail) WHERE kind IN ('doctorLate', 'patientAbsent');
CREATE TRIGGER call_fault_stays BEFORE UPDATE ON call_fault BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE call_minute (
  consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT NOT NULL REFERENCES person (id), minute_at INTEGER NOT NULL,
  loss REAL NOT NULL, rtt_ms INTEGER NOT NULL, kbps_in INTEGER NOT NULL, kbps_out INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('video', 'audio', 'none')), PRIMARY KEY (consultation_id, person_id, minute_at)
) STRICT;

CREATE TABLE cancellation (
  consultation_id TEXT PRIMARY KEY REFERENCES consultation (id), at INTEGER NOT NULL,
  by TEXT NOT NULL CHECK (by IN ('patient', 'clinic')), person_id TEXT REFERENCES person (id), return_minor INTEGER NOT NULL CHECK (return_minor >= 0),
  reason TEXT NOT NULL DEFAULT 'asked' CHECK (reason IN ('asked', 'doctorLate'))
) STRICT;
CREATE TRIGGER cancellation_stays BEFORE UPDATE ON cancellation BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE card_access (
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, patient_id TEXT NOT NULL REFERENCES person (id), person_id TEXT NOT NULL REFERENCES person (id),
  session_id TEXT NOT NULL REFERENCES session (id), relation TEXT NOT NULL CHECK (relation IN ('self', 'guardian', 'treating', 'reason')),
  act TEXT NOT NULL CHECK (act IN ('card', 'protocol', 'download', 'file', 'archive')), subject_id TEXT, reason_id TEXT REFERENCES card_reason (id)
) STRICT;
CREATE INDEX card_access_patient ON card_access (patient_id, at);
CREATE TRIGGER card_access_stays BEFORE UPDATE ON card_access BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER card_access_never_goes BEFORE DELETE ON card_access BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE INDEX card_access_session ON card_access (session_id);

CREATE TABLE card_file (
  id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES person (id), person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind IN ('analysis', 'photo', 'document')), name TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('image/jpeg', 'image/png', 'application/pdf')), bytes INTEGER NOT NULL CHECK (bytes > 0),
  at INTEGER NOT NULL, key TEXT NOT NULL UNIQUE, removed_at INTEGER
, purged_at INTEGER) STRICT;
CREATE INDEX card_file_patient ON card_file (patient_id, at);
CREATE TRIGGER card_file_within_limits BEFORE INSERT ON card_file
BEGIN
  SELECT RAISE(ABORT, 'cardIsFull') WHERE (
    SELECT count(*) FROM card_file f WHERE f.patient_id = NEW.patient_id AND f.removed_at IS NULL) >= (SELECT card_files FROM limits);
  SELECT RAISE(ABORT, 'enoughToday') WHERE (
    SELECT count(*) FROM card_file f WHERE f.patient_id = NEW.patient_id AND f.at > NEW.at - 86400000) >= (SELECT card_files_a_day FROM limits);
END;
CREATE TRIGGER card_file_returns_within_limits BEFORE UPDATE ON card_file WHEN OLD.removed_at IS NOT NULL AND NEW.removed_at IS NULL
BEGIN
  SELECT RAISE(ABORT, 'cardIsFull') WHERE (
    SELECT count(*) FROM card_file f WHERE f.patient_id = NEW.patient_id AND f.removed_at IS NULL) >= (SELECT card_files FROM limits);
END;
CREATE TRIGGER card_file_stays BEFORE UPDATE ON card_file
  WHEN NEW.id <> OLD.id OR NEW.patient_id <> OLD.patient_id OR NEW.person_id <> OLD.person_id OR NEW.kind <> OLD.kind OR NEW.name <> OLD.name
    OR NEW.type <> OLD.type OR NEW.bytes <> OLD.bytes OR NEW.at <> OLD.at OR NEW.key <> OLD.key
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER card_file_never_goes BEFORE DELETE ON card_file BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE INDEX card_file_removed ON card_file (removed_at) WHERE removed_at IS NOT NULL AND purged_at IS NULL;
CREATE TRIGGER card_file_stays_purged BEFORE UPDATE ON card_file
  WHEN OLD.purged_at IS NOT NULL AND (NEW.removed_at IS NULL OR NEW.purged_at IS NOT OLD.purged_at)
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE card_reason (
  id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES person (id), person_id TEXT NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL, until INTEGER NOT NULL CHECK (until > at), reason TEXT NOT NULL CHECK (length(reason) BETWEEN 10 AND 500)
) STRICT;
CREATE INDEX card_reason_patient ON card_reason (patient_id, person_id);
CREATE TRIGGER card_reason_stays BEFORE UPDATE ON card_reason BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER card_reason_never_goes BEFORE DELETE ON card_reason BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE VIRTUAL TABLE card_words USING fts5 (protocol_id UNINDEXED, patient_id UNINDEXED, stems);

CREATE TABLE claim_alarm (
  claim_id TEXT NOT NULL REFERENCES refund_claim (id), kind TEXT NOT NULL CHECK (kind IN ('day7', 'day9', 'overdue')), at INTEGER NOT NULL,
  PRIMARY KEY (claim_id, kind)
) STRICT;
CREATE TRIGGER claim_alarm_stays BEFORE UPDATE ON claim_alarm BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER claim_alarm_never_goes BEFORE DELETE ON claim_alarm BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE claim_decision (
  id TEXT PRIMARY KEY, claim_id TEXT NOT NULL REFERENCES refund_claim (id), form_version INTEGER NOT NULL, at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('full', 'part', 'refused')), amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
  -- What the patient reads.
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 5 AND 1000),
  -- NULL when a rule has decided. Then saw is what it saw, as JSON.
  person_id TEXT REFERENCES person (id), saw TEXT,
  second_id TEXT REFERENCES person (id), in_force_at INTEGER, turned_down_at INTEGER, turned_down_by TEXT REFERENCES person (id),
  FOREIGN KEY (claim_id, form_version) REFERENCES claim_form (claim_id, version),
  CHECK ((outcome = 'refused') = (amount_minor = 0)), CHECK (person_id IS NOT NULL OR saw IS NOT NULL), CHECK (in_force_at IS NULL OR turned_down_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX claim_decision_one ON claim_decision (claim_id) WHERE turned_down_at IS NULL;
CREATE INDEX claim_decision_claim ON claim_decision (claim_id, at);
CREATE INDEX claim_decision_waits ON claim_decision (at) WHERE in_force_at IS NULL AND turned_down_at IS NULL;
CREATE TRIGGER claim_decision_by_another BEFORE INSERT ON claim_decision
BEGIN
  SELECT RAISE(ABORT, 'claimIsOver') WHERE NOT EXISTS (
    SELECT 1 FROM refund_claim m WHERE m.id = NEW.claim_id AND m.decided_at IS NULL AND m.withdrawn_at IS NULL);
  SELECT RAISE(ABORT, 'otherContent') WHERE EXISTS (SELECT 1 FROM claim_form l WHERE l.claim_id = NEW.claim_id AND l.version > NEW.form_version);
  SELECT RAISE(ABORT, 'notTheirs') WHERE NEW.person_id IS NOT NULL AND (
    NOT EXISTS (SELECT 1 FROM role r WHERE r.person_id = NEW.person_id AND r.role IN ('finance', 'owner'))
    OR EXISTS (SELECT 1 FROM refund_claim m JOIN consultation c ON c.id = m.consultation_id LEFT JOIN doctor d ON d.id = c.doctor_id
      WHERE m.id = NEW.claim_id AND NEW.person_id IN (m.person_id, c.patient_id, d.person_id)));
  SELECT RAISE(ABORT, 'needsSecond') WHERE NEW.in_force_at IS NOT NULL AND NEW.person_id IS NOT NULL AND NEW.amount_minor > (
    SELECT coalesce((SELECT CAST(s.value AS INTEGER) FROM clinic_setting s WHERE s.key = 'claimSecondAboveMinor' AND s.since <= NEW.at
      ORDER BY s.since DESC, s.id DESC LIMIT 1), 1000000));
END;
CREATE TRIGGER claim_decision_seconded BEFORE UPDATE ON claim_decision
BEGIN
  SELECT RAISE(ABORT, 'immutable') WHERE NEW.id <> OLD.id OR NEW.claim_id <> OLD.claim_id OR NEW.form_version <> OLD.form_version OR NEW.at <> OLD.at
    OR NEW.outcome <> OLD.outcome OR NEW.amount_minor <> OLD.amount_minor OR NEW.reason <> OLD.reason OR NEW.person_id IS NOT OLD.person_id
    OR NEW.saw IS NOT OLD.saw OR OLD.in_force_at IS NOT NULL OR OLD.turned_down_at IS NOT NULL;
  SELECT RAISE(ABORT, 'notTheirs') WHERE coalesce(NEW.second_id, NEW.turned_down_by) IS NULL
    OR (NEW.in_force_at IS NOT NULL AND (NEW.second_id IS NULL OR NEW.second_id = NEW.person_id))
    OR NOT EXISTS (SELECT 1 FROM role r WHERE r.person_id = coalesce(NEW.second_id, NEW.turned_down_by) AND r.role IN ('finance', 'owner'))
    OR EXISTS (SELECT 1 FROM refund_claim m JOIN consultation c ON c.id = m.consultation_id LEFT JOIN doctor d ON d.id = c.doctor_id
      WHERE m.id = NEW.claim_id AND NEW.second_id IN (m.person_id, c.patient_id, d.person_id));
  SELECT RAISE(ABORT, 'claimIsOver') WHERE NEW.in_force_at IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM refund_claim m WHERE m.id = NEW.claim_id AND m.decided_at IS NULL AND m.withdrawn_at IS NULL);
END;
CREATE TRIGGER claim_decision_never_goes BEFORE DELETE ON claim_decision BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER claim_decision_waits AFTER INSERT ON claim_decision WHEN NEW.in_force_at IS NULL
BEGIN
  UPDATE refund_claim SET version = version + 1 WHERE id = NEW.claim_id;
END;
CREATE TRIGGER claim_decision_decides AFTER INSERT ON claim_decision WHEN NEW.in_force_at IS NOT NULL
BEGIN
  UPDATE refund_claim SET decided_at = NEW.in_force_at, version = version + 1 WHERE id = NEW.claim_id;
END;
CREATE TRIGGER claim_decision_ends AFTER UPDATE ON claim_decision
BEGIN
  UPDATE refund_claim SET decided_at = NEW.in_force_at, version = version + 1 WHERE id = NEW.claim_id;
END;
CREATE INDEX claim_decision_in_force ON claim_decision (in_force_at) WHERE in_force_at IS NOT NULL;

CREATE TABLE claim_draft (
  person_id TEXT NOT NULL REFERENCES person (id), consultation_id TEXT NOT NULL REFERENCES consultation (id), body TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (consultation_id, person_id)
) STRICT;
CREATE INDEX claim_draft_at ON claim_draft (at);

CREATE TABLE claim_file (
  id TEXT PRIMARY KEY, claim_id TEXT NOT NULL REFERENCES refund_claim (id), at INTEGER NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('upload', 'letter')),
  -- The person who uploaded it, or the letter that it was attached to (letter_in.id).
  person_id TEXT REFERENCES person (id), letter_id TEXT,
  name TEXT NOT NULL, type TEXT NOT NULL CHECK (type IN ('image/jpeg', 'image/png', 'application/pdf')), bytes INTEGER NOT NULL CHECK (bytes > 0),
  sha256 TEXT NOT NULL, key TEXT NOT NULL UNIQUE, removed_at INTEGER, removed_by TEXT REFERENCES person (id), purged_at INTEGER,
  UNIQUE (claim_id, sha256), CHECK ((source = 'letter') = (letter_id IS NOT NULL))
) STRICT;
CREATE INDEX claim_file_claim ON claim_file (claim_id, at);
CREATE INDEX claim_file_removed ON claim_file (removed_at) WHERE removed_at IS NOT NULL AND purged_at IS NULL;
CREATE TRIGGER claim_file_within_limits BEFORE INSERT ON claim_file
BEGIN
  SELECT RAISE(ABORT, 'claimIsFull') WHERE (SELECT count(*) FROM claim_file f WHERE f.claim_id = NEW.claim_id) >= (SELECT claim_files FROM claim_limits);
END;
CREATE TRIGGER claim_file_stays BEFORE UPDATE ON claim_file
  WHEN NEW.id <> OLD.id OR NEW.claim_id <> OLD.claim_id OR NEW.at <> OLD.at OR NEW.source <> OLD.source OR NEW.type <> OLD.type OR NEW.bytes <> OLD.bytes
    OR NEW.sha256 <> OLD.sha256 OR NEW.key <> OLD.key OR (OLD.purged_at IS NOT NULL AND NEW.removed_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER claim_file_never_goes BEFORE DELETE ON claim_file BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER claim_file_moves_claim AFTER INSERT ON claim_file
BEGIN
  UPDATE refund_claim SET version = version + 1 WHERE id = NEW.claim_id;
END;

CREATE TABLE claim_form (
  claim_id TEXT NOT NULL REFERENCES refund_claim (id), version INTEGER NOT NULL CHECK (version > 0), at INTEGER NOT NULL,
  -- NULL for a form that a rule has filled in.
  person_id TEXT REFERENCES person (id), session_id TEXT REFERENCES session (id),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  reason TEXT NOT NULL CHECK (reason IN ('clinicCancelled', 'doctorAbsent', 'noConnection', 'brokeOff', 'changedMind', 'paidTwice', 'other')),
  via TEXT NOT NULL CHECK (via IN ('same', 'account')),
  -- JSON of all facts on the paper except the account.
  body TEXT NOT NULL,
  -- The account, sealed with DATA_KEYS, and its last four digits.
  account_sealed TEXT, account_last4 TEXT,
  -- SHA-256 (hex) of the PDF and its key in the store, once it was made.
  sha256 TEXT, key TEXT,
  PRIMARY KEY (claim_id, version), CHECK ((via = 'account') = (account_last4 IS NOT NULL))
) STRICT;
CREATE INDEX claim_form_session ON claim_form (session_id);
CREATE TRIGGER claim_form_in_turn BEFORE INSERT ON claim_form
BEGIN
  SELECT RAISE(ABORT, 'notInTurn') WHERE NEW.version <> (SELECT coalesce(max(f.version), 0) + 1 FROM claim_form f WHERE f.claim_id = NEW.claim_id);
  SELECT RAISE(ABORT, 'claimIsOver') WHERE NOT EXISTS (
    SELECT 1 FROM refund_claim m WHERE m.id = NEW.claim_id AND m.decided_at IS NULL AND m.withdrawn_at IS NULL);
END;
CREATE TRIGGER claim_form_stays BEFORE UPDATE ON claim_form
  WHEN NEW.claim_id <> OLD.claim_id OR NEW.version <> OLD.version OR NEW.at <> OLD.at OR NEW.amount_minor <> OLD.amount_minor OR NEW.reason <> OLD.reason
    OR NEW.via <> OLD.via OR NEW.body <> OLD.body OR NEW.person_id IS NOT OLD.person_id OR NEW.session_id IS NOT OLD.session_id
    OR NEW.account_last4 IS NOT OLD.account_last4 OR (NEW.account_sealed IS NOT NULL AND NEW.account_sealed IS NOT OLD.account_sealed)
    OR (OLD.sha256 IS NOT NULL AND NEW.sha256 IS NOT OLD.sha256) OR (OLD.key IS NOT NULL AND NEW.key IS NOT OLD.key)
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER claim_form_never_goes BEFORE DELETE ON claim_form BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER claim_form_moves_claim AFTER INSERT ON claim_form WHEN NEW.version > 1
BEGIN
  UPDATE refund_claim SET version = version + 1 WHERE id = NEW.claim_id;
END;

CREATE TABLE claim_form_key (
  person_id TEXT NOT NULL REFERENCES person (id), key TEXT NOT NULL, claim_id TEXT NOT NULL REFERENCES refund_claim (id), at INTEGER NOT NULL,
  PRIMARY KEY (person_id, key)
) STRICT;
CREATE INDEX claim_form_key_at ON claim_form_key (at);

CREATE TABLE claim_number (year INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;

CREATE TABLE claim_opening (consultation_id TEXT PRIMARY KEY REFERENCES consultation (id), at INTEGER NOT NULL, opinion TEXT NOT NULL) STRICT;
CREATE TRIGGER claim_opening_stays BEFORE UPDATE ON claim_opening BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER claim_opening_never_goes BEFORE DELETE ON claim_opening BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE claim_question (
  id TEXT PRIMARY KEY, claim_id TEXT NOT NULL REFERENCES refund_claim (id), at INTEGER NOT NULL, person_id TEXT NOT NULL REFERENCES person (id),
  text TEXT NOT NULL CHECK (length(text) BETWEEN 5 AND 1000)
) STRICT;
CREATE INDEX claim_question_claim ON claim_question (claim_id, at);
CREATE TRIGGER claim_question_by_finance BEFORE INSERT ON claim_question
BEGIN
  SELECT RAISE(ABORT, 'claimIsOver') WHERE NOT EXISTS (
    SELECT 1 FROM refund_claim m WHERE m.id = NEW.claim_id AND m.decided_at IS NULL AND m.withdrawn_at IS NULL);
  SELECT RAISE(ABORT, 'notTheirs') WHERE NOT EXISTS (SELECT 1 FROM role r WHERE r.person_id = NEW.person_id AND r.role IN ('finance', 'owner'));
END;
CREATE TRIGGER claim_question_stays BEFORE UPDATE ON claim_question BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER claim_question_never_goes BEFORE DELETE ON claim_question BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER claim_question_moves_claim AFTER INSERT ON claim_question
BEGIN
  UPDATE refund_claim SET version = version + 1 WHERE id = NEW.claim_id;
END;

CREATE TABLE claim_signature (
  id TEXT PRIMARY KEY, claim_id TEXT NOT NULL REFERENCES refund_claim (id), form_version INTEGER NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('code', 'upload', 'letter')), at INTEGER NOT NULL,
  person_id TEXT REFERENCES person (id), session_id TEXT REFERENCES session (id), email TEXT, sha256 TEXT,
  FOREIGN KEY (claim_id, form_version) REFERENCES claim_form (claim_id, version),
  CHECK (way <> 'code' OR (sha256 IS NOT NULL AND email IS NOT NULL AND person_id IS NOT NULL)), UNIQUE (claim_id, form_version, way)
) STRICT;
CREATE INDEX claim_signature_session ON claim_signature (session_id);
CREATE TRIGGER claim_signature_of_open BEFORE INSERT ON claim_signature
BEGIN
  SELECT RAISE(ABORT, 'claimIsOver') WHERE NOT EXISTS (
    SELECT 1 FROM refund_claim m WHERE m.id = NEW.claim_id AND m.decided_at IS NULL AND m.withdrawn_at IS NULL);
  SELECT RAISE(ABORT, 'otherContent') WHERE NEW.way = 'code' AND NOT EXISTS (
    SELECT 1 FROM claim_form f WHERE f.claim_id = NEW.claim_id AND f.version = NEW.form_version AND f.sha256 = NEW.sha256
      AND NOT EXISTS (SELECT 1 FROM claim_form l WHERE l.claim_id = f.claim_id AND l.version > f.version));
END;
CREATE TRIGGER claim_signature_stays BEFORE UPDATE ON claim_signature BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER claim_signature_never_goes BEFORE DELETE ON claim_signature BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER claim_signature_signs AFTER INSERT ON claim_signature
BEGIN
  UPDATE refund_claim SET signed_at = coalesce(signed_at, NEW.at), version = version + 1 WHERE id = NEW.claim_id;
END;

CREATE TABLE clinic (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name_ru TEXT NOT NULL, name_en TEXT NOT NULL, legal_name TEXT NOT NULL, licence TEXT NOT NULL, address TEXT NOT NULL, phone TEXT NOT NULL,
  zone TEXT NOT NULL,
  hold_minutes REAL NOT NULL CHECK (hold_minutes > 0),
  lead_minutes INTEGER NOT NULL, waiting_minutes INTEGER NOT NULL, join_minutes INTEGER NOT NULL,
  free_hours INTEGER NOT NULL, kept_percent INTEGER NOT NULL CHECK (kept_percent BETWEEN 0 AND 100),
  vat_code INTEGER NOT NULL
) STRICT;

CREATE TABLE clinic_setting (
  id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, value TEXT NOT NULL, since INTEGER NOT NULL, at INTEGER NOT NULL,
  person_id TEXT REFERENCES person (id)
) STRICT;
CREATE INDEX clinic_setting_key ON clinic_setting (key, since);
CREATE TRIGGER clinic_setting_stays BEFORE UPDATE ON clinic_setting BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER clinic_setting_never_goes BEFORE DELETE ON clinic_setting BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE conclusion (
  consultation_id TEXT PRIMARY KEY REFERENCES consultation (id), at INTEGER NOT NULL, person_id TEXT NOT NULL REFERENCES person (id),
  outcome TEXT NOT NULL CHECK (outcome IN ('tookPlace', 'failed', 'absent'))
, schedule_version INTEGER NOT NULL DEFAULT 1) STRICT;
CREATE TRIGGER conclusion_stays BEFORE UPDATE ON conclusion BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER conclusion_never_goes BEFORE DELETE ON conclusion BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER conclusion_ends_waiting AFTER INSERT ON conclusion
BEGIN
  UPDATE hold SET concluded_at = NEW.at WHERE consultation_id = NEW.consultation_id;
  INSERT INTO unsigned (consultation_id, doctor_id, concluded_at) SELECT c.id, c.doctor_id, NEW.at FROM consultation c
    WHERE c.id = NEW.consultation_id AND NEW.outcome = 'tookPlace';
END;
CREATE TRIGGER conclusion_owes_settling AFTER INSERT ON conclusion WHEN NEW.outcome = 'failed'
BEGIN
  INSERT INTO unsettled (consultation_id, at) SELECT NEW.consultation_id, NEW.at
    WHERE EXISTS (SELECT 1 FROM payment p WHERE p.consultation_id = NEW.consultation_id AND p.succeeded_at IS NOT NULL AND p.amount_minor
      > (SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.payment_id = p.id AND (r.settled_at IS NOT NULL OR r.refused_at IS NULL)));
END;
CREATE TRIGGER conclusion_owes_receipt AFTER INSERT ON conclusion WHEN NEW.outcome = 'tookPlace'
BEGIN
  INSERT OR IGNORE INTO receipt (id, kind, consultation_id, payment_id, amount_minor, owed_at, next_at)
    SELECT 'settlement:' || p.id, 'settlement', p.consultation_id, p.id, p.amount_minor, NEW.at, NEW.at
    FROM payment p WHERE p.consultation_id = NEW.consultation_id AND p.succeeded_at IS NOT NULL
    ORDER BY p.succeeded_at, p.attempt LIMIT 1;
END;
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
CREATE INDEX conclusion_at ON conclusion (at);

CREATE TABLE confirmed_address (
  person_id TEXT NOT NULL REFERENCES person (id), email TEXT NOT NULL, session_id TEXT NOT NULL REFERENCES session (id), at INTEGER NOT NULL,
  PRIMARY KEY (person_id, email)
) STRICT;
CREATE INDEX confirmed_address_session ON confirmed_address (session_id);

CREATE TABLE consent (
  id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person (id), document_id TEXT NOT NULL REFERENCES consent_document (id),
  hash TEXT NOT NULL, session_id TEXT NOT NULL REFERENCES session (id), at INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_person ON consent (person_id, document_id);
CREATE TRIGGER consent_stays BEFORE UPDATE ON consent BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER consent_never_goes BEFORE DELETE ON consent BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE INDEX consent_session ON consent (session_id);

CREATE TABLE consent_document (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('personalData', 'informedConsent', 'offer')), version INTEGER NOT NULL,
  title_ru TEXT NOT NULL, title_en TEXT NOT NULL, summary_ru TEXT NOT NULL, summary_en TEXT NOT NULL,
  without_ru TEXT NOT NULL, without_en TEXT NOT NULL, body_ru TEXT NOT NULL, body_en TEXT NOT NULL,
  hash TEXT NOT NULL, published_at INTEGER NOT NULL, UNIQUE (kind, version)
) STRICT;
CREATE TRIGGER consent_document_stays BEFORE UPDATE ON consent_document BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE consent_withdrawal (
  consent_id TEXT PRIMARY KEY REFERENCES consent (id), at INTEGER NOT NULL
) STRICT;

CREATE TABLE consultation (
  id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES person (id), doctor_id TEXT NOT NULL REFERENCES doctor (id),
  starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL, price_minor INTEGER NOT NULL, currency TEXT NOT NULL,
  email TEXT NOT NULL, lang TEXT NOT NULL CHECK (lang IN ('ru', 'en')), zone TEXT,
  schedule_version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL,
  -- Names the confirmation page. A repeated click meets this key, so one page makes one consultation.
  request_key TEXT NOT NULL, agreed_free_hours INTEGER, agreed_kept_percent INTEGER, UNIQUE (patient_id, request_key)
) STRICT;
CREATE INDEX consultation_patient ON consultation (patient_id, starts_at);
CREATE INDEX consultation_doctor ON consultation (doctor_id, starts_at);
CREATE TRIGGER consultation_freezes_terms AFTER INSERT ON consultation
BEGIN
  INSERT INTO terms (consultation_id, free_hours, kept_percent, offer_id, informed_consent_id, personal_data_id)
  SELECT NEW.id, coalesce(NEW.agreed_free_hours, k.free_hours), coalesce(NEW.agreed_kept_percent, k.kept_percent),
    (SELECT id FROM current_document WHERE kind = 'offer'), (SELECT id FROM current_document WHERE kind = 'informedConsent'),
    (SELECT id FROM current_document WHERE kind = 'personalData')
  FROM clinic k WHERE k.id = 1;
END;
CREATE TRIGGER consultation_keeps_price BEFORE UPDATE OF price_minor, currency ON consultation
  WHEN NEW.price_minor <> OLD.price_minor OR NEW.currency <> OLD.currency
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE INDEX consultation_patient_created ON consultation (patient_id, created_at);

CREATE TABLE delay_choice (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), at INTEGER NOT NULL, person_id TEXT NOT NULL REFERENCES person (id),
  choice TEXT NOT NULL CHECK (choice IN ('wait', 'move', 'refund')), schedule_version INTEGER NOT NULL,
  doctor_came_at INTEGER, late_at INTEGER,
  UNIQUE (consultation_id, schedule_version, choice)
) STRICT;
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
CREATE TRIGGER delay_choice_stays BEFORE UPDATE ON delay_choice BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER delay_choice_never_goes BEFORE DELETE ON delay_choice BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE device_check (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL, camera INTEGER NOT NULL CHECK (camera IN (0, 1)), microphone INTEGER NOT NULL CHECK (microphone IN (0, 1)),
  speaker INTEGER NOT NULL CHECK (speaker IN (0, 1)), network TEXT NOT NULL CHECK (network IN ('video', 'audio', 'chat')),
  details TEXT NOT NULL CHECK (length(CAST(details AS BLOB)) <= 2048)
) STRICT;
CREATE INDEX device_check_person ON device_check (person_id, at);
CREATE INDEX device_check_visit ON device_check (consultation_id, person_id, at);

CREATE TABLE difference (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL,
  -- Our id of the payment, refund, receipt, claim or consultation. The id at the provider for what we do not know.
  object TEXT NOT NULL, consultation_id TEXT REFERENCES consultation (id),
  -- When the object began, where only a span of time is looked through.
  object_at INTEGER,
  first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, ours TEXT, theirs TEXT,
  resolved_at INTEGER, how TEXT CHECK (how IN ('gone', 'person')), person_id TEXT REFERENCES person (id), note TEXT CHECK (length(note) BETWEEN 5 AND 1000),
  CHECK ((resolved_at IS NULL) = (how IS NULL)), CHECK (coalesce(how, '') <> 'person' OR (person_id IS NOT NULL AND note IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX difference_open ON difference (kind, object) WHERE resolved_at IS NULL;
CREATE INDEX difference_object ON difference (kind, object);
CREATE INDEX difference_resolved ON difference (resolved_at) WHERE resolved_at IS NOT NULL;
CREATE TRIGGER difference_never_goes BEFORE DELETE ON difference BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER difference_stays BEFORE UPDATE ON difference
  WHEN NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.object <> OLD.object OR NEW.first_seen <> OLD.first_seen OR OLD.resolved_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER difference_by_finance BEFORE UPDATE ON difference WHEN NEW.how = 'person'
BEGIN
  SELECT RAISE(ABORT, 'notTheirs') WHERE NOT EXISTS (SELECT 1 FROM role r WHERE r.person_id = NEW.person_id AND r.role IN ('finance', 'owner'));
END;

CREATE TABLE doctor (
  id TEXT PRIMARY KEY, person_id TEXT NOT NULL UNIQUE REFERENCES person (id), specialty_id TEXT NOT NULL REFERENCES specialty (id),
  family_name_ru TEXT NOT NULL, given_name_ru TEXT NOT NULL, family_name_en TEXT NOT NULL, given_name_en TEXT NOT NULL,
  experience_ru TEXT NOT NULL, experience_en TEXT NOT NULL, patients_ru TEXT NOT NULL, patients_en TEXT NOT NULL,
  languages_ru TEXT NOT NULL, languages_en TEXT NOT NULL, registry_id TEXT NOT NULL,
  on_duty INTEGER NOT NULL CHECK (on_duty IN (0, 1))
) STRICT;

CREATE TABLE file_sweep (id INTEGER PRIMARY KEY CHECK (id = 1), cursor TEXT, at INTEGER NOT NULL) STRICT;

CREATE TABLE guardian (
  child_id TEXT NOT NULL REFERENCES person (id), guardian_id TEXT NOT NULL REFERENCES person (id), since INTEGER NOT NULL, until INTEGER,
  PRIMARY KEY (child_id, guardian_id), CHECK (child_id <> guardian_id)
) STRICT;
CREATE INDEX guardian_guardian ON guardian (guardian_id);

CREATE TABLE handover (
  token_hash TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT NOT NULL REFERENCES person (id),
  -- The session that issued it. The new session ends no later.
  session_id TEXT NOT NULL REFERENCES session (id),
  created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL CHECK (expires_at > created_at), consumed_at INTEGER
) STRICT;
CREATE INDEX handover_expiry ON handover (expires_at);
CREATE INDEX handover_session ON handover (session_id);
CREATE INDEX handover_person ON handover (person_id) WHERE consumed_at IS NULL;
CREATE TRIGGER handover_once BEFORE UPDATE ON handover
BEGIN
  SELECT RAISE(ABORT, 'handoverSpent') WHERE OLD.consumed_at IS NOT NULL OR NEW.consumed_at IS NULL OR OLD.expires_at <= NEW.consumed_at
    OR NOT EXISTS (SELECT 1 FROM session s WHERE s.id = OLD.session_id AND s.ended_at IS NULL
      AND s.expires_at > NEW.consumed_at AND s.idle_until > NEW.consumed_at)
    OR EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = OLD.consultation_id)
    OR EXISTS (SELECT 1 FROM cancellation x WHERE x.consultation_id = OLD.consultation_id);
END;

CREATE TABLE hold (
  consultation_id TEXT PRIMARY KEY REFERENCES consultation (id), doctor_id TEXT NOT NULL, patient_id TEXT NOT NULL,
  start_at INTEGER NOT NULL, end_at INTEGER NOT NULL CHECK (end_at > start_at),
  expires_at INTEGER NOT NULL, firm_at INTEGER, released_at INTEGER
, concluded_at INTEGER) STRICT;
CREATE INDEX hold_doctor ON hold (doctor_id, start_at) WHERE released_at IS NULL;
CREATE INDEX hold_patient ON hold (patient_id, start_at) WHERE released_at IS NULL;
CREATE TRIGGER hold_expiry_only_grows BEFORE UPDATE OF expires_at ON hold WHEN NEW.expires_at < OLD.expires_at
BEGIN SELECT RAISE(ABORT, 'expiryShrinks'); END;
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
CREATE INDEX hold_unpaid_doctor ON hold (doctor_id) WHERE released_at IS NULL AND firm_at IS NULL;
CREATE INDEX hold_unpaid_patient ON hold (patient_id) WHERE released_at IS NULL AND firm_at IS NULL;
CREATE INDEX hold_unended ON hold (doctor_id, start_at) WHERE released_at IS NULL AND firm_at IS NOT NULL AND concluded_at IS NULL;
CREATE INDEX hold_unended_start ON hold (start_at) WHERE released_at IS NULL AND firm_at IS NOT NULL AND concluded_at IS NULL;
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
CREATE TRIGGER hold_grants AFTER UPDATE OF firm_at ON hold WHEN OLD.firm_at IS NULL AND NEW.firm_at IS NOT NULL
BEGIN
  DELETE FROM ungranted WHERE payment_id = (SELECT p.id FROM payment p WHERE p.consultation_id = NEW.consultation_id AND p.succeeded_at IS NOT NULL
    ORDER BY p.succeeded_at, p.attempt LIMIT 1);
END;

CREATE TABLE icd_code (code TEXT PRIMARY KEY, title TEXT NOT NULL, search TEXT NOT NULL) STRICT;

CREATE TABLE identity (
  id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person (id),
  provider TEXT NOT NULL CHECK (provider IN ('gosuslugi', 'frontDesk')), subject TEXT NOT NULL,
  confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)), at INTEGER NOT NULL,
  UNIQUE (provider, subject)
) STRICT;
CREATE INDEX identity_person ON identity (person_id);

CREATE TABLE in_person_visit (
  id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES person (id), doctor_id TEXT NOT NULL REFERENCES doctor (id),
  visited_on TEXT NOT NULL CHECK (visited_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  entered_by TEXT NOT NULL REFERENCES person (id), entered_at INTEGER NOT NULL, UNIQUE (patient_id, doctor_id, visited_on)
) STRICT;
CREATE TRIGGER in_person_visit_stays BEFORE UPDATE ON in_person_visit BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER in_person_visit_never_goes BEFORE DELETE ON in_person_visit BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE lapse (consultation_id TEXT PRIMARY KEY REFERENCES consultation (id), at INTEGER NOT NULL) STRICT;
CREATE TRIGGER lapse_stays BEFORE UPDATE ON lapse BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE lateness (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT NOT NULL REFERENCES person (id),
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 120), at INTEGER NOT NULL, schedule_version INTEGER NOT NULL
) STRICT;
CREATE INDEX lateness_consultation ON lateness (consultation_id, at);
CREATE TRIGGER lateness_stays BEFORE UPDATE ON lateness BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE "letter" (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), kind TEXT NOT NULL, schedule_version INTEGER NOT NULL,
  subject TEXT NOT NULL DEFAULT '', email TEXT NOT NULL, queued_at INTEGER NOT NULL, sent_at INTEGER, provider_id TEXT UNIQUE, message_id TEXT,
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'delivered', 'delayed', 'bounced', 'complained', 'failed')),
  state_at INTEGER NOT NULL, why TEXT CHECK (why IN ('refused', 'suppressed', 'notNeeded', 'tooLate')), again INTEGER NOT NULL DEFAULT 0 CHECK (again >= 0),
  UNIQUE (consultation_id, kind, schedule_version, subject)
) STRICT;
CREATE INDEX letter_queued ON letter (queued_at) WHERE state = 'queued';
CREATE INDEX letter_failed ON letter (state_at) WHERE state IN ('failed', 'bounced');
CREATE INDEX letter_again ON letter (queued_at) WHERE state = 'queued' AND again > 0;
CREATE INDEX letter_message ON letter (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX letter_answer ON letter (email, queued_at) WHERE kind = 'claimLetter';
CREATE INDEX letter_unnamed ON letter (sent_at) WHERE message_id IS NULL AND provider_id IS NOT NULL AND subject <> '';

CREATE TABLE letter_in (
  id TEXT PRIMARY KEY,
  -- SHA-256 (hex) of the letter as it came, so that one that comes twice is one row.
  sha256 TEXT NOT NULL UNIQUE,
  door TEXT NOT NULL CHECK (door IN ('email', 'resend', 'poller')),
  -- The id of the letter at the provider that took it in.
  outside_id TEXT,
  envelope_from TEXT NOT NULL, envelope_to TEXT NOT NULL, bytes INTEGER NOT NULL CHECK (bytes >= 0), received_at INTEGER NOT NULL,
  -- Of the whole letter in the store.
  key TEXT NOT NULL UNIQUE,
  -- NULL until it is judged. Nobody tries again before next_at.
  judged_at INTEGER, next_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
  message_id TEXT, sender TEXT, subject TEXT, text TEXT,
  -- Written by a program. NULL for a letter of a person.
  machine TEXT CHECK (machine IN ('bounce', 'autoReply', 'list', 'ours')),
  claim_id TEXT REFERENCES refund_claim (id), matched_by TEXT CHECK (matched_by IN ('token', 'reference', 'number', 'person')),
  -- Whether it came from an address of the person who demands.
  relation TEXT CHECK (relation IN ('own', 'other')),
  -- Why somebody has to look at it. It waits until it is settled.
  why TEXT CHECK (why IN ('unknown', 'claimIsOver', 'claimIsFull', 'twoSenders', 'tooLarge', 'unreadable', 'encrypted', 'uuencoded', 'words')),
  settled_at INTEGER, settled_by TEXT REFERENCES person (id), note TEXT,
  CHECK ((claim_id IS NULL) = (matched_by IS NULL)), CHECK ((settled_at IS NULL) = (settled_by IS NULL)),
  CHECK (settled_at IS NULL OR (why IS NOT NULL AND length(note) BETWEEN 5 AND 1000))
) STRICT;
CREATE UNIQUE INDEX letter_in_outside ON letter_in (outside_id) WHERE outside_id IS NOT NULL;
CREATE INDEX letter_in_unjudged ON letter_in (next_at) WHERE judged_at IS NULL;
CREATE INDEX letter_in_waits ON letter_in (received_at) WHERE settled_at IS NULL AND why IS NOT NULL;
CREATE INDEX letter_in_claim ON letter_in (claim_id, received_at) WHERE claim_id IS NOT NULL;
CREATE INDEX letter_in_age ON letter_in (received_at) WHERE claim_id IS NULL;
CREATE TRIGGER letter_in_stays BEFORE UPDATE ON letter_in
  WHEN NEW.id <> OLD.id OR NEW.sha256 <> OLD.sha256 OR NEW.door <> OLD.door OR NEW.outside_id IS NOT OLD.outside_id
    OR NEW.envelope_from <> OLD.envelope_from OR NEW.envelope_to <> OLD.envelope_to OR NEW.bytes <> OLD.bytes OR NEW.received_at <> OLD.received_at
    OR NEW.key <> OLD.key OR (OLD.judged_at IS NOT NULL AND NEW.judged_at IS NOT OLD.judged_at) OR (OLD.claim_id IS NOT NULL AND NEW.claim_id IS NOT OLD.claim_id)
    OR (OLD.settled_at IS NOT NULL AND (NEW.settled_at IS NOT OLD.settled_at OR NEW.note IS NOT OLD.note))
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER letter_in_goes_when_done BEFORE DELETE ON letter_in
  WHEN OLD.judged_at IS NULL OR OLD.claim_id IS NOT NULL OR (OLD.why IS NOT NULL AND OLD.settled_at IS NULL)
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE letter_in_look (id INTEGER PRIMARY KEY CHECK (id = 1), at INTEGER NOT NULL) STRICT;

CREATE TABLE letter_in_part (
  letter_id TEXT NOT NULL REFERENCES letter_in (id), n INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, bytes INTEGER NOT NULL,
  verdict TEXT NOT NULL, file_id TEXT REFERENCES claim_file (id), PRIMARY KEY (letter_id, n)
) STRICT;
CREATE INDEX letter_in_part_file ON letter_in_part (file_id) WHERE file_id IS NOT NULL;

CREATE TABLE mail_notice (
  id TEXT PRIMARY KEY, type TEXT NOT NULL, provider_id TEXT, received_at INTEGER NOT NULL, state TEXT, why TEXT, at INTEGER NOT NULL
) STRICT;
CREATE INDEX mail_notice_provider ON mail_notice (provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX mail_notice_age ON mail_notice (received_at);

CREATE TABLE nonce (value TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT;
CREATE INDEX nonce_age ON nonce (until);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT, consultation_id TEXT NOT NULL, message_id TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
  created_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL, delivered_at INTEGER
, taken_by TEXT, refusals INTEGER NOT NULL DEFAULT 0, dead_at INTEGER, why TEXT, side TEXT CHECK (side IN ('patient', 'doctor'))) STRICT;
CREATE INDEX outbox_waiting ON outbox (next_at) WHERE delivered_at IS NULL;
CREATE INDEX outbox_consultation ON outbox (consultation_id, id) WHERE delivered_at IS NULL;
CREATE INDEX outbox_side ON outbox (consultation_id, side) WHERE side IS NOT NULL;
CREATE INDEX outbox_dead ON outbox (dead_at) WHERE dead_at IS NOT NULL;
CREATE INDEX outbox_undelivered ON outbox (id) WHERE delivered_at IS NULL;
CREATE INDEX outbox_delivered ON outbox (delivered_at) WHERE delivered_at IS NOT NULL;

CREATE TABLE payment (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), attempt INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL, currency TEXT NOT NULL, created_at INTEGER NOT NULL,
  -- The adapter in worker/providers/payment that made the payment, and the id there.
  provider TEXT NOT NULL, provider_id TEXT, confirmation_url TEXT,
  succeeded_at INTEGER, cancelled_at INTEGER, cancel_reason TEXT, method TEXT,
  asked_at INTEGER, seen_at INTEGER,
  UNIQUE (consultation_id, attempt), UNIQUE (provider, provider_id)
) STRICT;
CREATE TRIGGER payment_stays BEFORE UPDATE ON payment
  WHEN OLD.succeeded_at IS NOT NULL AND (NEW.succeeded_at IS NOT OLD.succeeded_at OR NEW.amount_minor <> OLD.amount_minor OR NEW.cancelled_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'moneyIsRecorded'); END;
CREATE TRIGGER payment_never_goes BEFORE DELETE ON payment BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE INDEX payment_open ON payment (consultation_id) WHERE provider_id IS NOT NULL AND succeeded_at IS NULL AND cancelled_at IS NULL;
CREATE TRIGGER payment_owes_grant AFTER UPDATE OF succeeded_at ON payment WHEN OLD.succeeded_at IS NULL AND NEW.succeeded_at IS NOT NULL
BEGIN
  INSERT OR IGNORE INTO ungranted (payment_id, consultation_id, next_at) SELECT NEW.id, NEW.consultation_id, NEW.succeeded_at
    WHERE NEW.amount_minor > (SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.payment_id = NEW.id AND (r.settled_at IS NOT NULL OR r.refused_at IS NULL));
END;
CREATE TRIGGER payment_owes_receipt AFTER UPDATE OF succeeded_at ON payment WHEN OLD.succeeded_at IS NULL AND NEW.succeeded_at IS NOT NULL
BEGIN
  INSERT OR IGNORE INTO receipt (id, kind, consultation_id, payment_id, amount_minor, owed_at, next_at)
    VALUES ('prepayment:' || NEW.id, 'prepayment', NEW.consultation_id, NEW.id, NEW.amount_minor, NEW.succeeded_at, NEW.succeeded_at);
END;
CREATE INDEX payment_succeeded ON payment (succeeded_at) WHERE succeeded_at IS NOT NULL;
CREATE INDEX payment_unheard ON payment (created_at) WHERE provider_id IS NULL AND succeeded_at IS NULL AND cancelled_at IS NULL;

CREATE TABLE "payment_notice" (
  id TEXT PRIMARY KEY, event TEXT NOT NULL, object_id TEXT NOT NULL, body TEXT NOT NULL, received_at INTEGER NOT NULL,
  answer TEXT, UNIQUE (event, object_id, body, answer)
) STRICT;
CREATE TRIGGER payment_notice_never_goes BEFORE DELETE ON payment_notice BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE INDEX payment_notice_body ON payment_notice (received_at) WHERE substr(body, 1, 7) <> 'erased ';
CREATE TRIGGER payment_notice_stays BEFORE UPDATE ON payment_notice
  WHEN NEW.body <> 'erased ' || OLD.id OR NEW.answer IS NOT OLD.answer OR NEW.id <> OLD.id OR NEW.event <> OLD.event OR NEW.object_id <> OLD.object_id OR NEW.received_at <> OLD.received_at
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE person (
  id TEXT PRIMARY KEY,
  family_name TEXT NOT NULL, given_name TEXT NOT NULL, middle_name TEXT, birth_date TEXT, sex TEXT CHECK (sex IN ('male', 'female')),
  email TEXT, phone TEXT,
  -- Sealed with AES-GCM under DATA_KEYS. The masked form keeps the last digits for pages.
  snils_sealed TEXT, snils_masked TEXT,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
, email_key TEXT) STRICT;
CREATE INDEX person_email_key ON person (coalesce(email_key, email)) WHERE email IS NOT NULL;

CREATE TABLE protocol (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), version INTEGER NOT NULL CHECK (version > 0),
  amends_id TEXT REFERENCES protocol (id), reason TEXT, content TEXT NOT NULL, content_hash TEXT NOT NULL, verify_code TEXT NOT NULL UNIQUE,
  published_at INTEGER NOT NULL, UNIQUE (consultation_id, version),
  CHECK ((version = 1) = (amends_id IS NULL)), CHECK ((amends_id IS NULL) = (reason IS NULL))
) STRICT;
CREATE TRIGGER protocol_needs_visit BEFORE INSERT ON protocol
BEGIN
  SELECT RAISE(ABORT, 'notConcluded') WHERE NOT EXISTS (
    SELECT 1 FROM conclusion n WHERE n.consultation_id = NEW.consultation_id AND n.outcome = 'tookPlace');
  SELECT RAISE(ABORT, 'notInTurn') WHERE NEW.version <> 1 + (SELECT count(*) FROM protocol p WHERE p.consultation_id = NEW.consultation_id);
END;
CREATE TRIGGER protocol_stays BEFORE UPDATE ON protocol BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER protocol_never_goes BEFORE DELETE ON protocol BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER protocol_ends_waiting AFTER INSERT ON protocol
BEGIN
  DELETE FROM unsigned WHERE consultation_id = NEW.consultation_id;
END;

CREATE TABLE protocol_draft (
  consultation_id TEXT NOT NULL REFERENCES consultation (id), round INTEGER NOT NULL CHECK (round > 0), version INTEGER NOT NULL CHECK (version > 0),
  body TEXT NOT NULL CHECK (length(CAST(body AS BLOB)) <= 65536), person_id TEXT NOT NULL REFERENCES person (id), at INTEGER NOT NULL,
  PRIMARY KEY (consultation_id, round, version)
) STRICT;
CREATE TRIGGER draft_needs_round BEFORE INSERT ON protocol_draft
BEGIN
  SELECT RAISE(ABORT, 'alreadySigned') WHERE EXISTS (
    SELECT 1 FROM protocol p WHERE p.consultation_id = NEW.consultation_id AND p.version >= NEW.round);
  SELECT RAISE(ABORT, 'notTheDoctor') WHERE NOT EXISTS (
    SELECT 1 FROM consultation c JOIN acting_doctor d ON d.id = c.doctor_id WHERE c.id = NEW.consultation_id AND d.person_id = NEW.person_id);
END;
CREATE INDEX protocol_draft_age ON protocol_draft (at);

CREATE TABLE protocol_template (
  id TEXT PRIMARY KEY, specialty_id TEXT REFERENCES specialty (id), doctor_id TEXT REFERENCES doctor (id), name TEXT NOT NULL, body TEXT NOT NULL,
  at INTEGER NOT NULL, CHECK ((specialty_id IS NULL) <> (doctor_id IS NULL))
) STRICT;

CREATE TABLE questionnaire (specialty_id TEXT PRIMARY KEY REFERENCES specialty (id), body TEXT NOT NULL) STRICT;

CREATE TABLE questionnaire_answer (
  consultation_id TEXT NOT NULL REFERENCES consultation (id), version INTEGER NOT NULL CHECK (version > 0), body TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (consultation_id, version)
) STRICT;

CREATE TABLE quick_phrase (
  id TEXT PRIMARY KEY, specialty_id TEXT REFERENCES specialty (id), doctor_id TEXT REFERENCES doctor (id), field TEXT NOT NULL, text TEXT NOT NULL,
  at INTEGER NOT NULL, CHECK ((specialty_id IS NULL) <> (doctor_id IS NULL))
) STRICT;

CREATE TABLE receipt (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('prepayment', 'settlement', 'return')),
  consultation_id TEXT NOT NULL REFERENCES consultation (id), payment_id TEXT NOT NULL REFERENCES payment (id),
  refund_id TEXT REFERENCES refund (id), amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  owed_at INTEGER NOT NULL, next_at INTEGER NOT NULL, body TEXT,
  provider_id TEXT UNIQUE, state TEXT NOT NULL DEFAULT 'owed' CHECK (state IN ('owed', 'pending', 'succeeded', 'canceled', 'void')), done_at INTEGER,
  -- As printed on it: the number of the document, of the fiscal storage, and the fiscal attribute.
  document_number TEXT, storage_number TEXT, attribute TEXT,
  CHECK ((kind = 'return') = (refund_id IS NOT NULL)), CHECK ((done_at IS NOT NULL) = (state IN ('succeeded', 'canceled', 'void')))
) STRICT;
CREATE INDEX receipt_consultation ON receipt (consultation_id);
CREATE INDEX receipt_open ON receipt (next_at) WHERE done_at IS NULL;
CREATE INDEX receipt_unregistered ON receipt (owed_at) WHERE done_at IS NULL;
CREATE INDEX receipt_refused ON receipt (done_at) WHERE state = 'canceled';
CREATE TRIGGER receipt_never_goes BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER receipt_stays BEFORE UPDATE ON receipt WHEN OLD.done_at IS NOT NULL OR NEW.id <> OLD.id
  OR (OLD.body IS NOT NULL AND (NEW.body IS NOT OLD.body OR NEW.amount_minor <> OLD.amount_minor))
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE INDEX receipt_owner ON receipt (payment_id, kind);
CREATE INDEX receipt_refund ON receipt (refund_id) WHERE refund_id IS NOT NULL;

CREATE TABLE reconciliation (
  id TEXT PRIMARY KEY,
  -- The date on the calendar of the clinic for the nightly one, NULL for one that a person has asked for.
  day TEXT UNIQUE, person_id TEXT REFERENCES person (id),
  -- Payments and refunds that the provider made in this span, ms.
  since INTEGER NOT NULL, until INTEGER NOT NULL CHECK (until > since),
  started_at INTEGER NOT NULL,
  phase TEXT NOT NULL DEFAULT 'payments' CHECK (phase IN ('payments', 'refunds', 'ours', 'again', 'facts', 'done')), cursor TEXT,
  pages INTEGER NOT NULL DEFAULT 0, compared INTEGER NOT NULL DEFAULT 0, repaired INTEGER NOT NULL DEFAULT 0,
  -- Nobody takes it before this instant.
  next_at INTEGER NOT NULL,
  ended_at INTEGER, stopped_by TEXT REFERENCES person (id), CHECK ((day IS NULL) = (person_id IS NOT NULL))
) STRICT;
CREATE INDEX reconciliation_open ON reconciliation (next_at) WHERE ended_at IS NULL;
CREATE INDEX reconciliation_started ON reconciliation (started_at);

CREATE TABLE "refund" (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), payment_id TEXT NOT NULL REFERENCES payment (id),
  seq INTEGER NOT NULL CHECK (seq > 0), amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  source TEXT NOT NULL CHECK (source IN ('rule', 'claim', 'staff', 'external')),
  via TEXT NOT NULL DEFAULT 'provider' CHECK (via IN ('provider', 'manual')),
  reason TEXT NOT NULL CHECK (reason IN ('late', 'cancelled', 'twice', 'failed', 'claim', 'external')),
  replaces TEXT UNIQUE REFERENCES "refund" (id),
  -- The number of the payment order of a manual one.
  document TEXT,
  asked_at INTEGER NOT NULL,
  -- The body of the request to the provider as it was first sent, and when. The key is the id.
  body TEXT, sent_at INTEGER,
  -- Nobody looks after it before this instant.
  next_at INTEGER NOT NULL,
  provider_id TEXT UNIQUE, settled_at INTEGER, refused_at INTEGER, refuse_reason TEXT, decision_id TEXT REFERENCES claim_decision (id), document_on TEXT, person_id TEXT REFERENCES person (id), reviewed_at INTEGER, seen_at INTEGER,
  UNIQUE (payment_id, seq),
  CHECK (via = 'manual' OR document IS NULL), CHECK (via = 'provider' OR settled_at IS NULL OR document IS NOT NULL)
) STRICT;
CREATE INDEX refund_consultation ON refund (consultation_id);
CREATE INDEX refund_open ON refund (next_at) WHERE settled_at IS NULL AND refused_at IS NULL;
CREATE INDEX refund_refused ON refund (refused_at) WHERE refused_at IS NOT NULL AND settled_at IS NULL;
CREATE INDEX refund_external ON refund (asked_at) WHERE source = 'external';
CREATE UNIQUE INDEX refund_rule_once ON refund (payment_id, reason) WHERE source = 'rule' AND replaces IS NULL;
CREATE TRIGGER refund_within_payment BEFORE INSERT ON refund WHEN NEW.source <> 'external'
BEGIN
  SELECT RAISE(ABORT, 'refundExceeds') WHERE
    (SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.payment_id = NEW.payment_id AND (r.settled_at IS NOT NULL OR r.refused_at IS NULL)) + NEW.amount_minor
      > (SELECT coalesce(sum(amount_minor), 0) FROM payment WHERE id = NEW.payment_id AND succeeded_at IS NOT NULL);
END;
CREATE TRIGGER refund_replaces_refused BEFORE INSERT ON refund WHEN NEW.replaces IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'notRefused') WHERE NOT EXISTS (
    SELECT 1 FROM refund r WHERE r.id = NEW.replaces AND r.payment_id = NEW.payment_id AND r.amount_minor >= NEW.amount_minor
      AND r.refused_at IS NOT NULL AND r.settled_at IS NULL);
END;
CREATE TRIGGER refund_stays BEFORE UPDATE ON refund WHEN NEW.id <> OLD.id OR NEW.payment_id <> OLD.payment_id OR NEW.amount_minor <> OLD.amount_minor
  OR NEW.source <> OLD.source OR NEW.via <> OLD.via OR NEW.reason <> OLD.reason OR (OLD.settled_at IS NOT NULL AND NEW.settled_at IS NOT OLD.settled_at)
  OR (OLD.sent_at IS NOT NULL AND NEW.sent_at IS NOT OLD.sent_at) OR (OLD.body IS NOT NULL AND NEW.body IS NOT OLD.body)
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER refund_never_goes BEFORE DELETE ON refund BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER refund_settles AFTER INSERT ON refund WHEN NEW.reason <> 'twice'
BEGIN
  DELETE FROM unsettled WHERE consultation_id = NEW.consultation_id;
END;
CREATE TRIGGER refund_grants AFTER INSERT ON refund
BEGIN
  DELETE FROM ungranted WHERE payment_id = NEW.payment_id AND (NEW.source <> 'external' OR NOT EXISTS (
    SELECT 1 FROM payment p WHERE p.id = NEW.payment_id AND p.amount_minor
      > (SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.payment_id = p.id AND (r.settled_at IS NOT NULL OR r.refused_at IS NULL))));
END;
CREATE TRIGGER refund_owes_receipt AFTER UPDATE OF settled_at ON refund WHEN OLD.settled_at IS NULL AND NEW.settled_at IS NOT NULL AND NEW.via = 'provider'
BEGIN
  INSERT OR IGNORE INTO receipt (id, kind, consultation_id, payment_id, refund_id, amount_minor, owed_at, next_at)
    VALUES ('return:' || NEW.id, 'return', NEW.consultation_id, NEW.payment_id, NEW.id, NEW.amount_minor, NEW.settled_at, NEW.settled_at);
END;
CREATE TRIGGER external_owes_receipt AFTER INSERT ON refund WHEN NEW.settled_at IS NOT NULL AND NEW.via = 'provider'
BEGIN
  INSERT OR IGNORE INTO receipt (id, kind, consultation_id, payment_id, refund_id, amount_minor, owed_at, next_at)
    VALUES ('return:' || NEW.id, 'return', NEW.consultation_id, NEW.payment_id, NEW.id, NEW.amount_minor, NEW.settled_at, NEW.settled_at);
END;
CREATE INDEX refund_decision ON refund (decision_id) WHERE decision_id IS NOT NULL;
CREATE TRIGGER refund_by_decision BEFORE INSERT ON refund WHEN NEW.source = 'claim'
BEGIN
  SELECT RAISE(ABORT, 'notDecided') WHERE NOT EXISTS (
    SELECT 1 FROM claim_decision n JOIN refund_claim m ON m.id = n.claim_id
    WHERE n.id = NEW.decision_id AND n.in_force_at IS NOT NULL AND m.consultation_id = NEW.consultation_id AND n.amount_minor >= NEW.amount_minor + (
      SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.decision_id = n.id AND (r.settled_at IS NOT NULL OR r.refused_at IS NULL)));
END;
CREATE TRIGGER refund_makes_claim_due AFTER UPDATE OF settled_at, refused_at ON refund
  WHEN NEW.decision_id IS NOT NULL AND (NEW.settled_at IS NOT OLD.settled_at OR NEW.refused_at IS NOT OLD.refused_at)
BEGIN
  UPDATE refund_claim SET next_at = demanded_at, over_at = NULL WHERE id = (SELECT n.claim_id FROM claim_decision n WHERE n.id = NEW.decision_id);
END;
CREATE INDEX refund_unreviewed ON refund (asked_at) WHERE source = 'external' AND reviewed_at IS NULL;
CREATE INDEX refund_by_hand ON refund (asked_at) WHERE via = 'manual' AND settled_at IS NULL AND refused_at IS NULL;
CREATE TRIGGER refund_paper_stays BEFORE UPDATE ON refund
  WHEN (OLD.settled_at IS NOT NULL AND (NEW.document IS NOT OLD.document OR NEW.document_on IS NOT OLD.document_on OR NEW.person_id IS NOT OLD.person_id))
    OR (OLD.reviewed_at IS NOT NULL AND NEW.reviewed_at IS NOT OLD.reviewed_at) OR NEW.decision_id IS NOT OLD.decision_id
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE INDEX refund_settled ON refund (settled_at) WHERE settled_at IS NOT NULL;

CREATE TABLE refund_claim (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id),
  -- Who demands: the patient, or who acts for a child.
  person_id TEXT NOT NULL REFERENCES person (id),
  -- What people read aloud: В-2026-00042.
  number TEXT NOT NULL UNIQUE,
  -- In the address to which the signed application is mailed. Nobody can guess it, and it opens nothing.
  token TEXT NOT NULL UNIQUE,
  opened_by TEXT NOT NULL CHECK (opened_by IN ('patient', 'rule')),
  -- The ten days run from the first demand and not from the signature. due_at is the end of the last day on the calendar of the clinic.
  demanded_at INTEGER NOT NULL, due_at INTEGER NOT NULL,
  -- Grows with everything that happens to the claim. Every form carries the one that it was drawn from.
  version INTEGER NOT NULL DEFAULT 1,
  -- Set by triggers from the rows below.
  signed_at INTEGER, decided_at INTEGER,
  withdrawn_at INTEGER,
  -- Nobody looks after it before this instant.
  next_at INTEGER NOT NULL
, over_at INTEGER) STRICT;
CREATE INDEX refund_claim_consultation ON refund_claim (consultation_id);
CREATE INDEX refund_claim_person ON refund_claim (person_id);
CREATE INDEX refund_claim_open ON refund_claim (due_at) WHERE decided_at IS NULL AND withdrawn_at IS NULL;
CREATE INDEX refund_claim_next ON refund_claim (next_at) WHERE decided_at IS NULL AND withdrawn_at IS NULL;
CREATE UNIQUE INDEX refund_claim_one_open ON refund_claim (consultation_id) WHERE decided_at IS NULL AND withdrawn_at IS NULL;
CREATE TRIGGER refund_claim_never_goes BEFORE DELETE ON refund_claim BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER refund_claim_stays BEFORE UPDATE ON refund_claim
  WHEN NEW.id <> OLD.id OR NEW.consultation_id <> OLD.consultation_id OR NEW.person_id <> OLD.person_id OR NEW.number <> OLD.number OR NEW.token <> OLD.token
    OR NEW.opened_by <> OLD.opened_by OR NEW.demanded_at <> OLD.demanded_at OR NEW.due_at <> OLD.due_at OR NEW.version < OLD.version
    OR (OLD.signed_at IS NOT NULL AND NEW.signed_at IS NOT OLD.signed_at) OR (OLD.decided_at IS NOT NULL AND NEW.decided_at IS NOT OLD.decided_at)
    OR (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS NOT OLD.withdrawn_at) OR (NEW.decided_at IS NOT NULL AND NEW.withdrawn_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE INDEX refund_claim_due ON refund_claim (next_at) WHERE over_at IS NULL;
CREATE TRIGGER refund_claim_due_again AFTER UPDATE OF version ON refund_claim WHEN NEW.version > OLD.version
BEGIN
  UPDATE refund_claim SET next_at = NEW.demanded_at, over_at = NULL WHERE id = NEW.id;
END;
CREATE INDEX refund_claim_ended ON refund_claim (coalesce(decided_at, withdrawn_at)) WHERE decided_at IS NOT NULL OR withdrawn_at IS NOT NULL;

CREATE TABLE refund_review (
  refund_id TEXT PRIMARY KEY REFERENCES refund (id), at INTEGER NOT NULL, person_id TEXT NOT NULL REFERENCES person (id),
  note TEXT NOT NULL CHECK (length(note) BETWEEN 5 AND 1000)
) STRICT;
CREATE TRIGGER refund_review_by_finance BEFORE INSERT ON refund_review
BEGIN
  SELECT RAISE(ABORT, 'notTheirs') WHERE NOT EXISTS (SELECT 1 FROM role r WHERE r.person_id = NEW.person_id AND r.role IN ('finance', 'owner'))
    OR NOT EXISTS (SELECT 1 FROM refund f WHERE f.id = NEW.refund_id AND f.source = 'external');
END;
CREATE TRIGGER refund_review_stays BEFORE UPDATE ON refund_review BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER refund_review_never_goes BEFORE DELETE ON refund_review BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER refund_review_marks AFTER INSERT ON refund_review
BEGIN
  UPDATE refund SET reviewed_at = NEW.at WHERE id = NEW.refund_id;
END;

CREATE TABLE rendering (
  protocol_id TEXT PRIMARY KEY REFERENCES protocol (id), taken_by TEXT, taken_until INTEGER NOT NULL,
  certificate TEXT, digest TEXT, cms TEXT, failed_at INTEGER, why TEXT
) STRICT;
CREATE INDEX rendering_failed ON rendering (failed_at) WHERE failed_at IS NOT NULL;

CREATE TABLE rendition (
  protocol_id TEXT PRIMARY KEY REFERENCES protocol (id), hash TEXT NOT NULL, bytes INTEGER NOT NULL CHECK (bytes > 0), at INTEGER NOT NULL,
  cms TEXT, signed_by TEXT, CHECK ((cms IS NULL) = (signed_by IS NULL))
) STRICT;
CREATE TRIGGER rendition_stays BEFORE UPDATE ON rendition BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER rendition_never_goes BEFORE DELETE ON rendition BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE INDEX rendition_hash ON rendition (hash);

CREATE TABLE reschedule (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), at INTEGER NOT NULL,
  by TEXT NOT NULL CHECK (by IN ('patient', 'clinic')), person_id TEXT NOT NULL REFERENCES person (id),
  reason TEXT NOT NULL CHECK (reason IN ('asked', 'doctorLate')),
  from_start_at INTEGER NOT NULL, from_end_at INTEGER NOT NULL, to_start_at INTEGER NOT NULL, to_end_at INTEGER NOT NULL CHECK (to_end_at > to_start_at),
  -- The version that this move creates.
  schedule_version INTEGER NOT NULL,
  CHECK (to_start_at <> from_start_at OR to_end_at <> from_end_at), UNIQUE (consultation_id, schedule_version)
) STRICT;
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
CREATE TRIGGER reschedule_stays BEFORE UPDATE ON reschedule BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER reschedule_never_goes BEFORE DELETE ON reschedule BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE role (
  person_id TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('doctor', 'frontDesk', 'finance', 'support', 'owner')),
  at INTEGER NOT NULL, PRIMARY KEY (person_id, role)
) STRICT;
CREATE TRIGGER role_withdrawal_ends_everything AFTER DELETE ON role
BEGIN
  UPDATE session SET ended_at = unixepoch() * 1000 WHERE person_id = OLD.person_id AND ended_at IS NULL;
  UPDATE room_pass SET replaced_at = unixepoch() * 1000 WHERE person_id = OLD.person_id AND replaced_at IS NULL;
  DELETE FROM handover WHERE person_id = OLD.person_id AND consumed_at IS NULL;
  UPDATE sign_in_code SET tries_left = 0 WHERE tries_left > 0
    AND email = (SELECT p.email FROM person p WHERE p.id = OLD.person_id);
END;
CREATE TRIGGER role_stays BEFORE UPDATE ON role BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE room_file (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL, type TEXT NOT NULL CHECK (type IN ('image/jpeg', 'image/png', 'application/pdf')),
  bytes INTEGER NOT NULL CHECK (bytes > 0), at INTEGER NOT NULL, key TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX room_file_consultation ON room_file (consultation_id, at);
CREATE TRIGGER room_file_stays BEFORE UPDATE ON room_file BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER room_file_never_goes BEFORE DELETE ON room_file BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER room_file_within_limits BEFORE INSERT ON room_file
BEGIN
  SELECT RAISE(ABORT, 'filesOfRoom') WHERE (
    SELECT count(*) FROM room_file f WHERE f.consultation_id = NEW.consultation_id AND f.person_id = NEW.person_id)
      >= (SELECT files_of_room FROM counted_limits);
END;

CREATE TABLE room_pass (
  hash TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('patient', 'doctor')), created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, replaced_at INTEGER,
  -- The session that received the pass. The pass ends with it.
  session_id TEXT NOT NULL REFERENCES session (id)
) STRICT;
CREATE UNIQUE INDEX room_pass_live ON room_pass (consultation_id, role) WHERE replaced_at IS NULL;
CREATE INDEX room_pass_expiry ON room_pass (expires_at);
CREATE INDEX room_pass_session ON room_pass (session_id);

CREATE TABLE schedule_exception (
  id TEXT PRIMARY KEY, doctor_id TEXT NOT NULL REFERENCES doctor (id), date TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('closed', 'open')),
  from_minute INTEGER NOT NULL, to_minute INTEGER NOT NULL, CHECK (from_minute < to_minute)
) STRICT;
CREATE INDEX schedule_exception_doctor ON schedule_exception (doctor_id, date);
CREATE INDEX schedule_exception_date ON schedule_exception (date);

CREATE TABLE schedule_rule (
  id TEXT PRIMARY KEY, doctor_id TEXT NOT NULL REFERENCES doctor (id), weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  from_minute INTEGER NOT NULL, to_minute INTEGER NOT NULL, step_minutes INTEGER NOT NULL CHECK (step_minutes > 0), lead_minutes INTEGER,
  valid_from TEXT, valid_to TEXT, CHECK (from_minute < to_minute)
) STRICT;
CREATE INDEX schedule_rule_doctor ON schedule_rule (doctor_id);

CREATE TABLE service (
  id TEXT PRIMARY KEY, doctor_id TEXT NOT NULL UNIQUE REFERENCES doctor (id),
  duration_minutes INTEGER NOT NULL CHECK (duration_minutes > 0), price_minor INTEGER NOT NULL CHECK (price_minor > 0),
  currency TEXT NOT NULL CHECK (currency = 'RUB')
) STRICT;

CREATE TABLE session (
  id TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, person_id TEXT NOT NULL REFERENCES person (id),
  way TEXT NOT NULL CHECK (way IN ('gosuslugi', 'code')),
  created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, idle_until INTEGER NOT NULL, expires_at INTEGER NOT NULL, ended_at INTEGER
, visit_id TEXT REFERENCES consultation (id), kept_at INTEGER) STRICT;
CREATE INDEX session_person ON session (person_id) WHERE ended_at IS NULL;
CREATE INDEX session_dead ON session (expires_at) WHERE kept_at IS NULL;

CREATE TABLE sign_in_code (
  id TEXT PRIMARY KEY, email TEXT NOT NULL, code_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, tries_left INTEGER NOT NULL CHECK (tries_left >= 0), consumed_at INTEGER
, sent_at INTEGER, failed_at INTEGER) STRICT;
CREATE INDEX sign_in_code_email ON sign_in_code (email, created_at);
CREATE INDEX sign_in_code_age ON sign_in_code (created_at);

CREATE TABLE signature (
  protocol_id TEXT PRIMARY KEY REFERENCES protocol (id), person_id TEXT NOT NULL REFERENCES person (id), session_id TEXT NOT NULL REFERENCES session (id),
  content_hash TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER signature_stays BEFORE UPDATE ON signature BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER signature_never_goes BEFORE DELETE ON signature BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER signature_is_the_doctors BEFORE INSERT ON signature
BEGIN
  SELECT RAISE(ABORT, 'notTheDoctor') WHERE NOT EXISTS (
    SELECT 1 FROM protocol p JOIN consultation c ON c.id = p.consultation_id JOIN acting_doctor d ON d.id = c.doctor_id
    WHERE p.id = NEW.protocol_id AND d.person_id = NEW.person_id);
  SELECT RAISE(ABORT, 'otherContent') WHERE NOT EXISTS (SELECT 1 FROM protocol p WHERE p.id = NEW.protocol_id AND p.content_hash = NEW.content_hash);
END;
CREATE INDEX signature_session ON signature (session_id);

CREATE TABLE specialty (id TEXT PRIMARY KEY, name_ru TEXT NOT NULL, name_en TEXT NOT NULL) STRICT;

CREATE TABLE terms (
  consultation_id TEXT PRIMARY KEY REFERENCES consultation (id),
  free_hours INTEGER NOT NULL, kept_percent INTEGER NOT NULL CHECK (kept_percent BETWEEN 0 AND 100),
  -- The current version of each document at booking. NULL where the clinic had none.
  offer_id TEXT REFERENCES consent_document (id), informed_consent_id TEXT REFERENCES consent_document (id),
  personal_data_id TEXT REFERENCES consent_document (id)
) STRICT;
CREATE TRIGGER terms_stay BEFORE UPDATE ON terms BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER terms_never_go BEFORE DELETE ON terms BEGIN SELECT RAISE(ABORT, 'immutable'); END;

CREATE TABLE throttle (
  key TEXT NOT NULL, window_at INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (key, window_at)
) STRICT;
CREATE INDEX throttle_age ON throttle (window_at);

CREATE TABLE ungranted (
  payment_id TEXT PRIMARY KEY REFERENCES payment (id), consultation_id TEXT NOT NULL REFERENCES consultation (id), next_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ungranted_next ON ungranted (next_at);
CREATE INDEX ungranted_consultation ON ungranted (consultation_id);

CREATE TABLE unsettled (
  consultation_id TEXT PRIMARY KEY REFERENCES consultation (id), at INTEGER NOT NULL
) STRICT;

CREATE TABLE unsigned (
  consultation_id TEXT PRIMARY KEY REFERENCES consultation (id), doctor_id TEXT NOT NULL REFERENCES doctor (id), concluded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX unsigned_doctor ON unsigned (doctor_id, concluded_at);
CREATE INDEX unsigned_age ON unsigned (concluded_at);

CREATE TABLE visit_confirmation (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), schedule_version INTEGER NOT NULL,
  at INTEGER NOT NULL, person_id TEXT NOT NULL REFERENCES person (id), by TEXT NOT NULL CHECK (by IN ('patient', 'frontDesk')),
  reason TEXT CHECK (length(reason) BETWEEN 10 AND 500), CHECK ((by = 'patient') = (reason IS NULL)),
  UNIQUE (consultation_id, schedule_version)
) STRICT;
CREATE TRIGGER visit_confirmation_stays BEFORE UPDATE ON visit_confirmation BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER visit_confirmation_never_goes BEFORE DELETE ON visit_confirmation BEGIN SELECT RAISE(ABORT, 'immutable'); END;
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

CREATE VIEW acting_doctor AS
  SELECT d.* FROM doctor d WHERE EXISTS (SELECT 1 FROM role r WHERE r.person_id = d.person_id AND r.role = 'doctor');

CREATE VIEW claim_limits AS SELECT 40 AS claim_files, 864000000 AS claim_ms;

CREATE VIEW counted_limits AS SELECT 6 AS unpaid_holds_of_day, 3 AS unpaid_holds_of_interval, 5 AS cancellations_of_week, 20 AS files_of_room;

CREATE VIEW current_document AS
  SELECT doc.* FROM consent_document doc WHERE doc.version = (SELECT max(o.version) FROM consent_document o WHERE o.kind = doc.kind);

CREATE VIEW doctor_came AS
  SELECT d.consultation_id, d.entered_at, coalesce(d.joined_at, d.entered_at) AS at
  FROM attendance d JOIN consultation c ON c.id = d.consultation_id AND c.schedule_version = d.schedule_version
  WHERE d.role = 'doctor' AND (d.left_at IS NULL OR d.left_at > c.starts_at AND (
    SELECT coalesce(sum(s.until - s.since), 0) FROM stay s
    WHERE s.consultation_id = d.consultation_id AND s.role = 'doctor' AND s.left_at IS NOT NULL) >= (SELECT stay_ms FROM limits));

CREATE VIEW limits AS
  SELECT 600000 AS late_ms, 200 AS card_files, 50 AS card_files_a_day, 86400000 AS visit_ms, 480000 AS stay_ms, 120000 AS wait_ms;

CREATE VIEW met AS
  SELECT p.consultation_id, p.schedule_version, max(p.joined_at, d.joined_at) AS at
  FROM attendance p JOIN attendance d ON d.consultation_id = p.consultation_id AND d.schedule_version = p.schedule_version
  WHERE p.role = 'patient' AND d.role = 'doctor' AND max(p.joined_at, d.joined_at) < min(coalesce(p.left_at, 9e15), coalesce(d.left_at, 9e15));

CREATE VIEW patient_came AS
  SELECT c.id AS consultation_id, c.starts_at + (SELECT late_ms FROM limits) AS at FROM consultation c
    JOIN attendance p ON p.consultation_id = c.id AND p.schedule_version = c.schedule_version AND p.role = 'patient'
  WHERE coalesce(p.left_at, 9e15) > c.starts_at AND NOT EXISTS (
    SELECT 1 FROM doctor_came d
    WHERE d.consultation_id = c.id AND (d.entered_at <= p.entered_at OR d.entered_at < c.starts_at + (SELECT late_ms FROM limits)))
  UNION ALL
  SELECT c.id, max(p.joined_at, c.starts_at) FROM consultation c
    JOIN attendance p ON p.consultation_id = c.id AND p.schedule_version = c.schedule_version AND p.role = 'patient'
  WHERE p.joined_at < c.ends_at AND coalesce(p.left_at, 9e15) > c.starts_at;

CREATE VIEW received AS
  SELECT p.consultation_id, max(p.since, d.joined) AS since, min(p.until, d.until) AS until
  FROM stay p JOIN stay d ON d.consultation_id = p.consultation_id
  WHERE p.role = 'patient' AND d.role = 'doctor' AND max(p.since, d.joined) < min(p.until, d.until);

CREATE VIEW stay AS
  SELECT a.consultation_id, a.role, a.left_at, max(a.entered_at, c.starts_at) AS since, max(a.joined_at, c.starts_at) AS joined,
    min(coalesce(a.left_at, 9e15), max(c.ends_at, c.starts_at + (SELECT late_ms FROM limits))) AS until
  FROM attendance a JOIN consultation c ON c.id = a.consultation_id AND c.schedule_version = a.schedule_version
  WHERE coalesce(a.left_at, 9e15) > c.starts_at AND a.entered_at < max(c.ends_at, c.starts_at + (SELECT late_ms FROM limits));
