-- The doctor's protocol and the medical card. Medical text lives in these tables and in R2 only, never in a history, a log, a letter or a URL.

-- Visits in person in this clinic, as somebody of the clinic entered them: only such a visit lets a doctor diagnose or prescribe by video (323-ФЗ, art. 36.2).
CREATE TABLE in_person_visit (
  id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES person (id), doctor_id TEXT NOT NULL REFERENCES doctor (id),
  visited_on TEXT NOT NULL CHECK (visited_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  entered_by TEXT NOT NULL REFERENCES person (id), entered_at INTEGER NOT NULL, UNIQUE (patient_id, doctor_id, visited_on)
) STRICT;

-- МКБ-10, loaded by the clinic from the official file; `search` is the code and the title in lower case.
CREATE TABLE icd_code (code TEXT PRIMARY KEY, title TEXT NOT NULL, search TEXT NOT NULL) STRICT;

-- What a doctor may begin from: of a specialty, or one's own. `body` is JSON of some fields of a protocol.
CREATE TABLE protocol_template (
  id TEXT PRIMARY KEY, specialty_id TEXT REFERENCES specialty (id), doctor_id TEXT REFERENCES doctor (id), name TEXT NOT NULL, body TEXT NOT NULL,
  at INTEGER NOT NULL, CHECK ((specialty_id IS NULL) <> (doctor_id IS NULL))
) STRICT;
CREATE TABLE quick_phrase (
  id TEXT PRIMARY KEY, specialty_id TEXT REFERENCES specialty (id), doctor_id TEXT REFERENCES doctor (id), field TEXT NOT NULL, text TEXT NOT NULL,
  at INTEGER NOT NULL, CHECK ((specialty_id IS NULL) <> (doctor_id IS NULL))
) STRICT;

-- What is being written: a row a save. `round` is the version of the protocol that it will become. Two tabs that save the same next version meet the key.
CREATE TABLE protocol_draft (
  consultation_id TEXT NOT NULL REFERENCES consultation (id), round INTEGER NOT NULL CHECK (round > 0), version INTEGER NOT NULL CHECK (version > 0),
  body TEXT NOT NULL CHECK (length(CAST(body AS BLOB)) <= 65536), person_id TEXT NOT NULL REFERENCES person (id), at INTEGER NOT NULL,
  PRIMARY KEY (consultation_id, round, version)
) STRICT;

-- Signed and published in one moment; an amendment is another row with its reason. `content` is canonical JSON (RFC 8785), its hash SHA-256 in hex.
CREATE TABLE protocol (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), version INTEGER NOT NULL CHECK (version > 0),
  amends_id TEXT REFERENCES protocol (id), reason TEXT, content TEXT NOT NULL, content_hash TEXT NOT NULL, verify_code TEXT NOT NULL UNIQUE,
  published_at INTEGER NOT NULL, UNIQUE (consultation_id, version),
  CHECK ((version = 1) = (amends_id IS NULL)), CHECK ((amends_id IS NULL) = (reason IS NULL))
) STRICT;
CREATE TABLE signature (
  protocol_id TEXT PRIMARY KEY REFERENCES protocol (id), person_id TEXT NOT NULL REFERENCES person (id), session_id TEXT NOT NULL REFERENCES session (id),
  content_hash TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
-- The PDF of a protocol, kept in R2 under its hash. A qualified signature (detached CMS, base64) stands in the PDF itself and beside it.
CREATE TABLE rendition (
  protocol_id TEXT PRIMARY KEY REFERENCES protocol (id), hash TEXT NOT NULL, bytes INTEGER NOT NULL CHECK (bytes > 0), at INTEGER NOT NULL,
  cms TEXT, signed_by TEXT, CHECK ((cms IS NULL) = (signed_by IS NULL))
) STRICT;

CREATE TRIGGER protocol_needs_visit BEFORE INSERT ON protocol
BEGIN
  SELECT RAISE(ABORT, 'notConcluded') WHERE NOT EXISTS (
    SELECT 1 FROM conclusion n WHERE n.consultation_id = NEW.consultation_id AND n.outcome = 'tookPlace');
  SELECT RAISE(ABORT, 'notInTurn') WHERE NEW.version <> 1 + (SELECT count(*) FROM protocol p WHERE p.consultation_id = NEW.consultation_id);
END;
CREATE TRIGGER signature_is_the_doctors BEFORE INSERT ON signature
BEGIN
  SELECT RAISE(ABORT, 'notTheDoctor') WHERE NOT EXISTS (
    SELECT 1 FROM protocol p JOIN consultation c ON c.id = p.consultation_id JOIN doctor d ON d.id = c.doctor_id
    WHERE p.id = NEW.protocol_id AND d.person_id = NEW.person_id);
  SELECT RAISE(ABORT, 'otherContent') WHERE NOT EXISTS (SELECT 1 FROM protocol p WHERE p.id = NEW.protocol_id AND p.content_hash = NEW.content_hash);
END;
CREATE TRIGGER draft_needs_round BEFORE INSERT ON protocol_draft
BEGIN
  SELECT RAISE(ABORT, 'alreadySigned') WHERE EXISTS (
    SELECT 1 FROM protocol p WHERE p.consultation_id = NEW.consultation_id AND p.version >= NEW.round);
  SELECT RAISE(ABORT, 'notTheDoctor') WHERE NOT EXISTS (
    SELECT 1 FROM consultation c JOIN doctor d ON d.id = c.doctor_id WHERE c.id = NEW.consultation_id AND d.person_id = NEW.person_id);
END;

-- A parent acts for a child from the clinic's word on.
CREATE TABLE guardian (
  child_id TEXT NOT NULL REFERENCES person (id), guardian_id TEXT NOT NULL REFERENCES person (id), since INTEGER NOT NULL, until INTEGER,
  PRIMARY KEY (child_id, guardian_id), CHECK (child_id <> guardian_id)
) STRICT;
CREATE INDEX guardian_guardian ON guardian (guardian_id);

-- What a patient has put into the card: analyses, photos, papers. Taken back is marked, not deleted: a doctor may have read it.
CREATE TABLE card_file (
  id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES person (id), person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind IN ('analysis', 'photo', 'document')), name TEXT NOT NULL,
  type TEXT NOT NULL CHECK (type IN ('image/jpeg', 'image/png', 'application/pdf')), bytes INTEGER NOT NULL CHECK (bytes > 0),
  at INTEGER NOT NULL, key TEXT NOT NULL UNIQUE, removed_at INTEGER
) STRICT;
CREATE INDEX card_file_patient ON card_file (patient_id, at);

-- A doctor's written reason to read a card after the thirty days; the patient sees it.
CREATE TABLE card_reason (
  id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES person (id), person_id TEXT NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL, until INTEGER NOT NULL CHECK (until > at), reason TEXT NOT NULL CHECK (length(reason) BETWEEN 10 AND 500)
) STRICT;
CREATE INDEX card_reason_patient ON card_reason (patient_id, person_id);

-- Who looked at what of a card, a row a look: the patient reads it as «Кто смотрел мою карту».
CREATE TABLE card_access (
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, patient_id TEXT NOT NULL REFERENCES person (id), person_id TEXT NOT NULL REFERENCES person (id),
  session_id TEXT NOT NULL REFERENCES session (id), relation TEXT NOT NULL CHECK (relation IN ('self', 'guardian', 'treating', 'reason')),
  act TEXT NOT NULL CHECK (act IN ('card', 'protocol', 'download', 'file', 'archive')), subject_id TEXT, reason_id TEXT REFERENCES card_reason (id)
) STRICT;
CREATE INDEX card_access_patient ON card_access (patient_id, at);

-- What a patient is asked before the visit, by specialty (JSON), and what was answered; the latest version stands.
CREATE TABLE questionnaire (specialty_id TEXT PRIMARY KEY REFERENCES specialty (id), body TEXT NOT NULL) STRICT;
CREATE TABLE questionnaire_answer (
  consultation_id TEXT NOT NULL REFERENCES consultation (id), version INTEGER NOT NULL CHECK (version > 0), body TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (consultation_id, version)
) STRICT;

-- Words of protocols by their stems, for searching one's own card.
CREATE VIRTUAL TABLE card_words USING fts5 (protocol_id UNINDEXED, patient_id UNINDEXED, stems);

-- Rows that may never change.
CREATE TRIGGER protocol_stays BEFORE UPDATE ON protocol BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER protocol_never_goes BEFORE DELETE ON protocol BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER signature_stays BEFORE UPDATE ON signature BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER signature_never_goes BEFORE DELETE ON signature BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER rendition_stays BEFORE UPDATE ON rendition BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER rendition_never_goes BEFORE DELETE ON rendition BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER in_person_visit_stays BEFORE UPDATE ON in_person_visit BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER in_person_visit_never_goes BEFORE DELETE ON in_person_visit BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER card_access_stays BEFORE UPDATE ON card_access BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER card_access_never_goes BEFORE DELETE ON card_access BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER card_reason_stays BEFORE UPDATE ON card_reason BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER card_reason_never_goes BEFORE DELETE ON card_reason BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER card_file_stays BEFORE UPDATE ON card_file
  WHEN OLD.removed_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.patient_id <> OLD.patient_id OR NEW.key <> OLD.key OR NEW.at <> OLD.at OR NEW.name <> OLD.name
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER card_file_never_goes BEFORE DELETE ON card_file BEGIN SELECT RAISE(ABORT, 'immutable'); END;
