-- The room: who was there, how the visit ended, permits to enter, what the connection was like, and the files that were handed over.

CREATE TABLE attendance (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('patient', 'doctor')), entered_at INTEGER NOT NULL, left_at INTEGER CHECK (left_at >= entered_at)
) STRICT;
CREATE INDEX attendance_consultation ON attendance (consultation_id, role);
-- One at a time from each side: a second device is the same attendance.
CREATE UNIQUE INDEX attendance_open ON attendance (consultation_id, role) WHERE left_at IS NULL;

CREATE TABLE conclusion (
  consultation_id TEXT PRIMARY KEY REFERENCES consultation (id), at INTEGER NOT NULL, person_id TEXT NOT NULL REFERENCES person (id),
  outcome TEXT NOT NULL CHECK (outcome IN ('tookPlace', 'failed', 'absent'))
) STRICT;

-- Nobody enters a visit that is over or was never paid, whatever code path tries.
CREATE TRIGGER attendance_needs_visit BEFORE INSERT ON attendance
BEGIN
  SELECT RAISE(ABORT, 'visitIsOver') WHERE EXISTS (SELECT 1 FROM conclusion n WHERE n.consultation_id = NEW.consultation_id)
    OR NOT EXISTS (SELECT 1 FROM hold c WHERE c.consultation_id = NEW.consultation_id AND c.firm_at IS NOT NULL AND c.released_at IS NULL);
END;
CREATE TRIGGER conclusion_needs_visit BEFORE INSERT ON conclusion
BEGIN
  SELECT RAISE(ABORT, 'notTheDoctor') WHERE NOT EXISTS (
    SELECT 1 FROM consultation c JOIN doctor d ON d.id = c.doctor_id WHERE c.id = NEW.consultation_id AND d.person_id = NEW.person_id);
  SELECT RAISE(ABORT, 'notFirm') WHERE NOT EXISTS (
    SELECT 1 FROM hold c WHERE c.consultation_id = NEW.consultation_id AND c.firm_at IS NOT NULL AND c.released_at IS NULL);
END;

-- A permit to enter; only its hash is kept. A newer one of the same side takes the older one's place.
CREATE TABLE room_pass (
  hash TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('patient', 'doctor')), created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, replaced_at INTEGER
) STRICT;
CREATE UNIQUE INDEX room_pass_live ON room_pass (consultation_id, role) WHERE replaced_at IS NULL;
CREATE INDEX room_pass_expiry ON room_pass (expires_at);

-- The call's passport: what was tried before, a line a minute while it lasted, and what broke. Figures and kinds, nothing that was said.
CREATE TABLE device_check (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL, camera INTEGER NOT NULL CHECK (camera IN (0, 1)), microphone INTEGER NOT NULL CHECK (microphone IN (0, 1)),
  speaker INTEGER NOT NULL CHECK (speaker IN (0, 1)), network TEXT NOT NULL CHECK (network IN ('video', 'audio', 'chat')),
  details TEXT NOT NULL CHECK (length(CAST(details AS BLOB)) <= 2048)
) STRICT;
CREATE INDEX device_check_consultation ON device_check (consultation_id, at);
CREATE TABLE call_minute (
  consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT NOT NULL REFERENCES person (id), minute_at INTEGER NOT NULL,
  loss REAL NOT NULL, rtt_ms INTEGER NOT NULL, kbps_in INTEGER NOT NULL, kbps_out INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('video', 'audio', 'none')), PRIMARY KEY (consultation_id, person_id, minute_at)
) STRICT;
CREATE TABLE call_fault (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT REFERENCES person (id),
  at INTEGER NOT NULL, side TEXT NOT NULL CHECK (side IN ('patient', 'clinic', 'sfu', 'unknown')), kind TEXT NOT NULL,
  detail TEXT CHECK (length(detail) <= 200)
) STRICT;
CREATE INDEX call_fault_consultation ON call_fault (consultation_id, at);
-- A workflow's clock notes each of these once a schedule; `detail` holds the schedule's version.
CREATE UNIQUE INDEX call_fault_noted ON call_fault (consultation_id, kind, detail) WHERE kind IN ('doctorLate', 'patientAbsent');

CREATE TABLE room_file (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT NOT NULL REFERENCES person (id),
  name TEXT NOT NULL, type TEXT NOT NULL CHECK (type IN ('image/jpeg', 'image/png', 'application/pdf')),
  bytes INTEGER NOT NULL CHECK (bytes > 0), at INTEGER NOT NULL, key TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX room_file_consultation ON room_file (consultation_id, at);

-- The doctor's own word on how late the visit will begin; the last one stands.
CREATE TABLE lateness (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), person_id TEXT NOT NULL REFERENCES person (id),
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 0 AND 120), at INTEGER NOT NULL
) STRICT;
CREATE INDEX lateness_consultation ON lateness (consultation_id, at);

-- Rows that may never change; an attendance only gets its end, once.
CREATE TRIGGER attendance_stays BEFORE UPDATE ON attendance
  WHEN OLD.left_at IS NOT NULL OR NEW.entered_at <> OLD.entered_at OR NEW.id <> OLD.id OR NEW.role <> OLD.role
    OR NEW.person_id <> OLD.person_id OR NEW.consultation_id <> OLD.consultation_id
BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER attendance_never_goes BEFORE DELETE ON attendance BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER conclusion_stays BEFORE UPDATE ON conclusion BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER conclusion_never_goes BEFORE DELETE ON conclusion BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER call_fault_stays BEFORE UPDATE ON call_fault BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER lateness_stays BEFORE UPDATE ON lateness BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER room_file_stays BEFORE UPDATE ON room_file BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER room_file_never_goes BEFORE DELETE ON room_file BEGIN SELECT RAISE(ABORT, 'immutable'); END;
