-- The session that a pass was given to: when that one ends, the pass opens nothing. Passes of before have none and live for ten minutes.
ALTER TABLE room_pass ADD COLUMN session_id TEXT REFERENCES session (id);
