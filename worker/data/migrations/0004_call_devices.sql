-- What kind of device a pass to the room went to, for the call's passport. Closed lists: a raw header would tell one person's device from all others.
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
