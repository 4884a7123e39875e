-- Fiscal receipts (Federal Law 54-FZ), a row for each that is owed: of the prepayment, of the settlement after the visit, of a return. The id is made of
-- what it is for, and is the key of a request for one. done_at says when the cash register has answered for good.
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

INSERT INTO receipt (id, kind, consultation_id, payment_id, amount_minor, owed_at, next_at, state, done_at)
  SELECT 'prepayment:' || id, 'prepayment', consultation_id, id, amount_minor, succeeded_at, 0, receipt,
    iif(receipt IN ('succeeded', 'canceled'), succeeded_at, NULL)
  FROM payment WHERE succeeded_at IS NOT NULL AND receipt <> 'none';
DROP INDEX payment_receipt;
DROP INDEX payment_receipt_refused;
ALTER TABLE payment DROP COLUMN receipt;

CREATE TRIGGER payment_owes_receipt AFTER UPDATE OF succeeded_at ON payment WHEN OLD.succeeded_at IS NULL AND NEW.succeeded_at IS NOT NULL
BEGIN
  INSERT OR IGNORE INTO receipt (id, kind, consultation_id, payment_id, amount_minor, owed_at, next_at)
    VALUES ('prepayment:' || NEW.id, 'prepayment', NEW.consultation_id, NEW.id, NEW.amount_minor, NEW.succeeded_at, NEW.succeeded_at);
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
-- The visit took place: what is left of its payment when the receipt is asked for is set off against the prepayment. Void when nothing is left.
CREATE TRIGGER conclusion_owes_receipt AFTER INSERT ON conclusion WHEN NEW.outcome = 'tookPlace'
BEGIN
  INSERT OR IGNORE INTO receipt (id, kind, consultation_id, payment_id, amount_minor, owed_at, next_at)
    SELECT 'settlement:' || p.id, 'settlement', p.consultation_id, p.id, p.amount_minor, NEW.at, NEW.at
    FROM payment p WHERE p.consultation_id = NEW.consultation_id AND p.succeeded_at IS NOT NULL
    ORDER BY p.succeeded_at, p.attempt LIMIT 1;
END;
