-- «Вернуть оплату»: what the patient demands (refund_claim), what the clinic decides (claim_decision), and the refunds that follow.

-- A setting as it was decided at an instant. The one in force is the latest whose since is not ahead. A wrong one is followed by another, never changed.
CREATE TABLE clinic_setting (
  id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, value TEXT NOT NULL, since INTEGER NOT NULL, at INTEGER NOT NULL,
  person_id TEXT REFERENCES person (id)
) STRICT;
CREATE INDEX clinic_setting_key ON clinic_setting (key, since);
CREATE TRIGGER clinic_setting_stays BEFORE UPDATE ON clinic_setting BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER clinic_setting_never_goes BEFORE DELETE ON clinic_setting BEGIN SELECT RAISE(ABORT, 'immutable'); END;

-- The last number that was given out in a year of the calendar of the clinic.
CREATE TABLE claim_number (year INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;

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
) STRICT;
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

-- The application as it was made: the facts printed on it are frozen. A changed form is the next version.
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

-- Signed: by the code (then of the PDF with this hash), or by a photograph of the paper, which finance looks at.
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

-- Photographs and scans, uploaded or out of letters, in the order in which they came.
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
CREATE VIEW claim_limits AS SELECT 40 AS claim_files, 864000000 AS claim_ms;

-- Finance asks for more: what is missing, in words that the patient reads.
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

-- What the clinic answers. A rule, and a person up to the limit of the clinic, decide at once. Above it a second person has to agree. After one that was
-- turned down another may follow.
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

-- Decision, then Refund: the decision that a refund carries out.
ALTER TABLE refund ADD COLUMN decision_id TEXT REFERENCES claim_decision (id);
CREATE INDEX refund_decision ON refund (decision_id) WHERE decision_id IS NOT NULL;
CREATE TRIGGER refund_by_decision BEFORE INSERT ON refund WHEN NEW.source = 'claim'
BEGIN
  SELECT RAISE(ABORT, 'notDecided') WHERE NOT EXISTS (
    SELECT 1 FROM claim_decision n JOIN refund_claim m ON m.id = n.claim_id
    WHERE n.id = NEW.decision_id AND n.in_force_at IS NOT NULL AND m.consultation_id = NEW.consultation_id AND n.amount_minor >= NEW.amount_minor + (
      SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.decision_id = n.id AND (r.settled_at IS NOT NULL OR r.refused_at IS NULL)));
END;

-- A letter may be about something of the consultation that has letters of its own, such as a claim: subject names it. message_id is what the provider
-- put into the letter, and an answer names it in References.
CREATE TABLE letter_anew (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), kind TEXT NOT NULL, schedule_version INTEGER NOT NULL,
  subject TEXT NOT NULL DEFAULT '', email TEXT NOT NULL, queued_at INTEGER NOT NULL, sent_at INTEGER, provider_id TEXT UNIQUE, message_id TEXT,
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'delivered', 'delayed', 'bounced', 'complained', 'failed')),
  state_at INTEGER NOT NULL, why TEXT CHECK (why IN ('refused', 'suppressed', 'notNeeded', 'tooLate')), again INTEGER NOT NULL DEFAULT 0 CHECK (again >= 0),
  UNIQUE (consultation_id, kind, schedule_version, subject)
) STRICT;
INSERT INTO letter_anew (id, consultation_id, kind, schedule_version, email, queued_at, sent_at, provider_id, state, state_at, why, again)
  SELECT id, consultation_id, kind, schedule_version, email, queued_at, sent_at, provider_id, state, state_at, why, again FROM letter;
DROP TABLE letter;
ALTER TABLE letter_anew RENAME TO letter;
CREATE INDEX letter_queued ON letter (queued_at) WHERE state = 'queued';
CREATE INDEX letter_failed ON letter (state_at) WHERE state IN ('failed', 'bounced');
CREATE INDEX letter_again ON letter (queued_at) WHERE state = 'queued' AND again > 0;
CREATE INDEX letter_message ON letter (message_id) WHERE message_id IS NOT NULL;
