-- A line of the outbox is taken before it is sent: taken_by names the loop, and next_at is then the end of its lease. refusals counts the
-- marked refusals of the host. A line that was refused too often gets dead_at and the reason of the last refusal, and is not sent again.
ALTER TABLE outbox ADD COLUMN taken_by TEXT;
ALTER TABLE outbox ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN dead_at INTEGER;
ALTER TABLE outbox ADD COLUMN why TEXT;
-- Whose coming and going the line tells. Lines of one side are told at most once in thirty seconds. NULL for every other line.
ALTER TABLE outbox ADD COLUMN side TEXT CHECK (side IN ('patient', 'doctor'));
CREATE INDEX outbox_side ON outbox (consultation_id, side) WHERE side IS NOT NULL;
CREATE INDEX outbox_dead ON outbox (dead_at) WHERE dead_at IS NOT NULL;

-- Why a letter with the state failed has ended: the mail provider refused it or keeps the address on its list of dead ones, or the letter
-- was not needed or too late before it could be sent.
ALTER TABLE letter ADD COLUMN why TEXT CHECK (why IN ('refused', 'suppressed', 'notNeeded', 'tooLate'));

-- Webhooks of the mail provider by their own id, with the state of a letter that they tell. The body is not kept, because it names addresses
-- and devices. A webhook may come before the answer that gives the letter its provider_id.
CREATE TABLE mail_notice (
  id TEXT PRIMARY KEY, type TEXT NOT NULL, provider_id TEXT, received_at INTEGER NOT NULL, state TEXT, why TEXT, at INTEGER NOT NULL
) STRICT;

-- A notice is stored with what the provider itself answered about the object, because anybody can post a body. Another body or another
-- answer is another row.
CREATE TABLE payment_notice_answered (
  id TEXT PRIMARY KEY, event TEXT NOT NULL, object_id TEXT NOT NULL, body TEXT NOT NULL, received_at INTEGER NOT NULL,
  answer TEXT, UNIQUE (event, object_id, body, answer)
) STRICT;
INSERT INTO payment_notice_answered (id, event, object_id, body, received_at) SELECT id, event, object_id, body, received_at FROM payment_notice;
DROP TABLE payment_notice;
ALTER TABLE payment_notice_answered RENAME TO payment_notice;
CREATE TRIGGER payment_notice_stays BEFORE UPDATE ON payment_notice BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER payment_notice_never_goes BEFORE DELETE ON payment_notice BEGIN SELECT RAISE(ABORT, 'immutable'); END;

-- The work on the PDF of a protocol: until when a call has it, and what the signing service has signed. Kept, so that a PDF that could not be
-- stored is not signed a second time. failed_at and why say that it can never be made.
CREATE TABLE rendering (
  protocol_id TEXT PRIMARY KEY REFERENCES protocol (id), taken_by TEXT, taken_until INTEGER NOT NULL,
  certificate TEXT, digest TEXT, cms TEXT, failed_at INTEGER, why TEXT
) STRICT;

-- A code is valid from the start. The earlier one ends when the letter with the new one was accepted.
ALTER TABLE sign_in_code ADD COLUMN sent_at INTEGER;
ALTER TABLE sign_in_code ADD COLUMN failed_at INTEGER;
CREATE INDEX letter_queued ON letter (queued_at) WHERE state = 'queued';
CREATE INDEX mail_notice_provider ON mail_notice (provider_id) WHERE provider_id IS NOT NULL;
