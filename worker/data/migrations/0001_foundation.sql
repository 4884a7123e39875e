-- Facts of one clinic. Instants are integer ms UTC, money is integer minor units, ids are UUIDv7 (text), sums of text are hex.
-- What happened is a row with who and when; a state is never stored.

-- The clinic's own settings: one row.
CREATE TABLE clinic (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name_ru TEXT NOT NULL, name_en TEXT NOT NULL, legal_name TEXT NOT NULL, licence TEXT NOT NULL, address TEXT NOT NULL, phone TEXT NOT NULL,
  zone TEXT NOT NULL,
  hold_minutes REAL NOT NULL CHECK (hold_minutes > 0),
  lead_minutes INTEGER NOT NULL, waiting_minutes INTEGER NOT NULL, join_minutes INTEGER NOT NULL,
  free_hours INTEGER NOT NULL, kept_percent INTEGER NOT NULL CHECK (kept_percent BETWEEN 0 AND 100),
  vat_code INTEGER NOT NULL
) STRICT;

-- People and how they come in.
CREATE TABLE person (
  id TEXT PRIMARY KEY,
  family_name TEXT NOT NULL, given_name TEXT NOT NULL, middle_name TEXT, birth_date TEXT, sex TEXT CHECK (sex IN ('male', 'female')),
  email TEXT, phone TEXT,
  -- AES-GCM under DATA_KEYS, and the last digits for showing.
  snils_sealed TEXT, snils_masked TEXT,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX person_email ON person (email) WHERE email IS NOT NULL;

CREATE TABLE identity (
  id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person (id),
  provider TEXT NOT NULL CHECK (provider IN ('gosuslugi', 'frontDesk')), subject TEXT NOT NULL,
  confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)), at INTEGER NOT NULL,
  UNIQUE (provider, subject)
) STRICT;
CREATE INDEX identity_person ON identity (person_id);

CREATE TABLE role (
  person_id TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('doctor', 'frontDesk', 'finance', 'support', 'owner')),
  at INTEGER NOT NULL, PRIMARY KEY (person_id, role)
) STRICT;

CREATE TABLE session (
  id TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE, person_id TEXT NOT NULL REFERENCES person (id),
  way TEXT NOT NULL CHECK (way IN ('gosuslugi', 'code')),
  created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, idle_until INTEGER NOT NULL, expires_at INTEGER NOT NULL, ended_at INTEGER
) STRICT;
CREATE INDEX session_person ON session (person_id) WHERE ended_at IS NULL;

CREATE TABLE sign_in_code (
  id TEXT PRIMARY KEY, email TEXT NOT NULL, code_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, tries_left INTEGER NOT NULL CHECK (tries_left >= 0), consumed_at INTEGER
) STRICT;
CREATE INDEX sign_in_code_email ON sign_in_code (email, created_at);

-- How often something was tried from one place; a row a window.
CREATE TABLE throttle (
  key TEXT NOT NULL, window_at INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (key, window_at)
) STRICT;

-- Consents: a text is never changed, a new version is a new row.
CREATE TABLE consent_document (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('personalData', 'informedConsent', 'offer')), version INTEGER NOT NULL,
  title_ru TEXT NOT NULL, title_en TEXT NOT NULL, summary_ru TEXT NOT NULL, summary_en TEXT NOT NULL,
  without_ru TEXT NOT NULL, without_en TEXT NOT NULL, body_ru TEXT NOT NULL, body_en TEXT NOT NULL,
  hash TEXT NOT NULL, published_at INTEGER NOT NULL, UNIQUE (kind, version)
) STRICT;
CREATE TABLE consent (
  id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person (id), document_id TEXT NOT NULL REFERENCES consent_document (id),
  hash TEXT NOT NULL, session_id TEXT NOT NULL REFERENCES session (id), at INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_person ON consent (person_id, document_id);
CREATE TABLE consent_withdrawal (
  consent_id TEXT PRIMARY KEY REFERENCES consent (id), at INTEGER NOT NULL
) STRICT;

-- Doctors and what they offer.
CREATE TABLE specialty (id TEXT PRIMARY KEY, name_ru TEXT NOT NULL, name_en TEXT NOT NULL) STRICT;
CREATE TABLE doctor (
  id TEXT PRIMARY KEY, person_id TEXT NOT NULL UNIQUE REFERENCES person (id), specialty_id TEXT NOT NULL REFERENCES specialty (id),
  family_name_ru TEXT NOT NULL, given_name_ru TEXT NOT NULL, family_name_en TEXT NOT NULL, given_name_en TEXT NOT NULL,
  experience_ru TEXT NOT NULL, experience_en TEXT NOT NULL, patients_ru TEXT NOT NULL, patients_en TEXT NOT NULL,
  languages_ru TEXT NOT NULL, languages_en TEXT NOT NULL, registry_id TEXT NOT NULL,
  on_duty INTEGER NOT NULL CHECK (on_duty IN (0, 1))
) STRICT;
CREATE TABLE service (
  id TEXT PRIMARY KEY, doctor_id TEXT NOT NULL UNIQUE REFERENCES doctor (id),
  duration_minutes INTEGER NOT NULL CHECK (duration_minutes > 0), price_minor INTEGER NOT NULL CHECK (price_minor > 0),
  currency TEXT NOT NULL CHECK (currency = 'RUB')
) STRICT;
CREATE TABLE schedule_rule (
  id TEXT PRIMARY KEY, doctor_id TEXT NOT NULL REFERENCES doctor (id), weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  from_minute INTEGER NOT NULL, to_minute INTEGER NOT NULL, step_minutes INTEGER NOT NULL CHECK (step_minutes > 0), lead_minutes INTEGER,
  valid_from TEXT, valid_to TEXT, CHECK (from_minute < to_minute)
) STRICT;
CREATE INDEX schedule_rule_doctor ON schedule_rule (doctor_id);
CREATE TABLE schedule_exception (
  id TEXT PRIMARY KEY, doctor_id TEXT NOT NULL REFERENCES doctor (id), date TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('closed', 'open')),
  from_minute INTEGER NOT NULL, to_minute INTEGER NOT NULL, CHECK (from_minute < to_minute)
) STRICT;
CREATE INDEX schedule_exception_doctor ON schedule_exception (doctor_id, date);

-- The consultation and its hold on an interval.
CREATE TABLE consultation (
  id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES person (id), doctor_id TEXT NOT NULL REFERENCES doctor (id),
  starts_at INTEGER NOT NULL, ends_at INTEGER NOT NULL, price_minor INTEGER NOT NULL, currency TEXT NOT NULL,
  email TEXT NOT NULL, lang TEXT NOT NULL CHECK (lang IN ('ru', 'en')), zone TEXT,
  schedule_version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL,
  -- One confirmation page, one consultation: the same click twice meets this.
  request_key TEXT NOT NULL, UNIQUE (patient_id, request_key)
) STRICT;
CREATE INDEX consultation_patient ON consultation (patient_id, starts_at);
CREATE INDEX consultation_doctor ON consultation (doctor_id, starts_at);

CREATE TABLE hold (
  consultation_id TEXT PRIMARY KEY REFERENCES consultation (id), doctor_id TEXT NOT NULL, patient_id TEXT NOT NULL,
  start_at INTEGER NOT NULL, end_at INTEGER NOT NULL CHECK (end_at > start_at),
  expires_at INTEGER NOT NULL, firm_at INTEGER, released_at INTEGER
) STRICT;
CREATE INDEX hold_doctor ON hold (doctor_id, start_at) WHERE released_at IS NULL;
CREATE INDEX hold_patient ON hold (patient_id, start_at) WHERE released_at IS NULL;

-- SQLite's exclusion constraint: two live holds of one doctor, or of one patient, never overlap, whatever code path inserts them.
CREATE TRIGGER hold_excludes BEFORE INSERT ON hold WHEN NEW.released_at IS NULL
BEGIN
  SELECT RAISE(ABORT, 'slotTaken') WHERE EXISTS (
    SELECT 1 FROM hold c WHERE c.doctor_id = NEW.doctor_id AND c.released_at IS NULL
      AND c.start_at < NEW.end_at AND c.end_at > NEW.start_at AND c.consultation_id <> NEW.consultation_id);
  SELECT RAISE(ABORT, 'patientHolds') WHERE NEW.firm_at IS NULL AND EXISTS (
    SELECT 1 FROM hold c WHERE c.patient_id = NEW.patient_id AND c.released_at IS NULL AND c.firm_at IS NULL
      AND c.consultation_id <> NEW.consultation_id);
  SELECT RAISE(ABORT, 'patientBusy') WHERE EXISTS (
    SELECT 1 FROM hold c WHERE c.patient_id = NEW.patient_id AND c.released_at IS NULL
      AND c.start_at < NEW.end_at AND c.end_at > NEW.start_at AND c.consultation_id <> NEW.consultation_id);
END;
CREATE TRIGGER hold_excludes_again BEFORE UPDATE ON hold
  WHEN NEW.released_at IS NULL AND (OLD.released_at IS NOT NULL OR NEW.start_at <> OLD.start_at OR NEW.end_at <> OLD.end_at OR NEW.doctor_id <> OLD.doctor_id)
BEGIN
  SELECT RAISE(ABORT, 'slotTaken') WHERE EXISTS (
    SELECT 1 FROM hold c WHERE c.doctor_id = NEW.doctor_id AND c.released_at IS NULL
      AND c.start_at < NEW.end_at AND c.end_at > NEW.start_at AND c.consultation_id <> NEW.consultation_id);
  SELECT RAISE(ABORT, 'patientBusy') WHERE EXISTS (
    SELECT 1 FROM hold c WHERE c.patient_id = NEW.patient_id AND c.released_at IS NULL
      AND c.start_at < NEW.end_at AND c.end_at > NEW.start_at AND c.consultation_id <> NEW.consultation_id);
END;
-- The hold's end is fixed at booking; only a staff extension may add to it.
CREATE TRIGGER hold_expiry_only_grows BEFORE UPDATE OF expires_at ON hold WHEN NEW.expires_at < OLD.expires_at
BEGIN SELECT RAISE(ABORT, 'expiryShrinks'); END;

CREATE TABLE lapse (consultation_id TEXT PRIMARY KEY REFERENCES consultation (id), at INTEGER NOT NULL) STRICT;
CREATE TABLE cancellation (
  consultation_id TEXT PRIMARY KEY REFERENCES consultation (id), at INTEGER NOT NULL,
  by TEXT NOT NULL CHECK (by IN ('patient', 'clinic')), person_id TEXT REFERENCES person (id), return_minor INTEGER NOT NULL CHECK (return_minor >= 0)
) STRICT;

-- Money. A payment is one attempt at the provider; its provider fields are what the provider's own answer said.
CREATE TABLE payment (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), attempt INTEGER NOT NULL,
  amount_minor INTEGER NOT NULL, currency TEXT NOT NULL, created_at INTEGER NOT NULL,
  provider_id TEXT UNIQUE, confirmation_url TEXT,
  succeeded_at INTEGER, cancelled_at INTEGER, cancel_reason TEXT, method TEXT,
  receipt TEXT NOT NULL DEFAULT 'none' CHECK (receipt IN ('none', 'pending', 'succeeded', 'canceled')),
  UNIQUE (consultation_id, attempt)
) STRICT;
CREATE TRIGGER payment_stays BEFORE UPDATE ON payment
  WHEN OLD.succeeded_at IS NOT NULL AND (NEW.succeeded_at IS NOT OLD.succeeded_at OR NEW.amount_minor <> OLD.amount_minor OR NEW.cancelled_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'moneyIsRecorded'); END;

CREATE TABLE payment_notice (
  id TEXT PRIMARY KEY, event TEXT NOT NULL, object_id TEXT NOT NULL, body TEXT NOT NULL, received_at INTEGER NOT NULL, UNIQUE (event, object_id)
) STRICT;

CREATE TABLE refund (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), payment_id TEXT NOT NULL REFERENCES payment (id),
  amount_minor INTEGER NOT NULL CHECK (amount_minor > 0), reason TEXT NOT NULL CHECK (reason IN ('late', 'cancelled', 'twice')),
  asked_at INTEGER NOT NULL, provider_id TEXT UNIQUE, settled_at INTEGER, refused_at INTEGER, refuse_reason TEXT,
  UNIQUE (payment_id, reason)
) STRICT;
CREATE INDEX refund_consultation ON refund (consultation_id);
-- Never more back than came in.
CREATE TRIGGER refund_within_payment BEFORE INSERT ON refund
BEGIN
  SELECT RAISE(ABORT, 'refundExceeds') WHERE
    (SELECT coalesce(sum(amount_minor), 0) FROM refund WHERE payment_id = NEW.payment_id AND refused_at IS NULL) + NEW.amount_minor
      > (SELECT CASE WHEN succeeded_at IS NULL THEN 0 ELSE amount_minor END FROM payment WHERE id = NEW.payment_id);
END;

-- Letters and what the mail provider said of them.
CREATE TABLE letter (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), kind TEXT NOT NULL, schedule_version INTEGER NOT NULL,
  email TEXT NOT NULL, queued_at INTEGER NOT NULL, sent_at INTEGER, provider_id TEXT UNIQUE,
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'delivered', 'delayed', 'bounced', 'complained', 'failed')),
  state_at INTEGER NOT NULL, UNIQUE (consultation_id, kind, schedule_version)
) STRICT;

-- What Temporal must hear, in order per consultation; and what was asked of the edge already.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT, consultation_id TEXT NOT NULL, message_id TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
  created_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL, delivered_at INTEGER
) STRICT;
CREATE INDEX outbox_waiting ON outbox (next_at) WHERE delivered_at IS NULL;
CREATE INDEX outbox_consultation ON outbox (consultation_id, id) WHERE delivered_at IS NULL;
CREATE TABLE applied (key TEXT PRIMARY KEY, result TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE nonce (value TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT;

CREATE TABLE audit (
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, person_id TEXT, session_id TEXT, act TEXT NOT NULL, subject_kind TEXT NOT NULL, subject_id TEXT, detail TEXT
) STRICT;
CREATE INDEX audit_subject ON audit (subject_kind, subject_id, at);

-- Rows that may never change.
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER audit_never_goes BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER payment_notice_stays BEFORE UPDATE ON payment_notice BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER payment_notice_never_goes BEFORE DELETE ON payment_notice BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER consent_stays BEFORE UPDATE ON consent BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER consent_never_goes BEFORE DELETE ON consent BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER consent_document_stays BEFORE UPDATE ON consent_document BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER payment_never_goes BEFORE DELETE ON payment BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER refund_never_goes BEFORE DELETE ON refund BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER lapse_stays BEFORE UPDATE ON lapse BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER cancellation_stays BEFORE UPDATE ON cancellation BEGIN SELECT RAISE(ABORT, 'immutable'); END;
