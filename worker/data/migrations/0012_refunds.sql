-- A payment may have several refunds. source says who decided it, via how the money goes back. A refused one stays, and replaces names the refused one
-- that a new one follows.
CREATE TABLE refund_anew (
  id TEXT PRIMARY KEY, consultation_id TEXT NOT NULL REFERENCES consultation (id), payment_id TEXT NOT NULL REFERENCES payment (id),
  seq INTEGER NOT NULL CHECK (seq > 0), amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
  source TEXT NOT NULL CHECK (source IN ('rule', 'claim', 'staff', 'external')),
  via TEXT NOT NULL DEFAULT 'provider' CHECK (via IN ('provider', 'manual')),
  reason TEXT NOT NULL CHECK (reason IN ('late', 'cancelled', 'twice', 'failed', 'claim', 'external')),
  replaces TEXT UNIQUE REFERENCES refund_anew (id),
  -- The number of the payment order of a manual one.
  document TEXT,
  asked_at INTEGER NOT NULL,
  -- The body of the request to the provider as it was first sent, and when. The key is the id.
  body TEXT, sent_at INTEGER,
  -- Nobody looks after it before this instant.
  next_at INTEGER NOT NULL,
  provider_id TEXT UNIQUE, settled_at INTEGER, refused_at INTEGER, refuse_reason TEXT,
  UNIQUE (payment_id, seq),
  CHECK (via = 'manual' OR document IS NULL), CHECK (via = 'provider' OR settled_at IS NULL OR document IS NOT NULL)
) STRICT;
-- An open one from before may have been sent without a body that names it, so the list of the provider is asked first.
INSERT INTO refund_anew (id, consultation_id, payment_id, seq, amount_minor, source, reason, asked_at, sent_at, next_at, provider_id, settled_at, refused_at, refuse_reason)
  SELECT id, consultation_id, payment_id, row_number() OVER (PARTITION BY payment_id ORDER BY asked_at, id), amount_minor, 'rule', reason, asked_at, asked_at, 0,
    provider_id, settled_at, refused_at, refuse_reason FROM refund;
DROP TABLE refund;
ALTER TABLE refund_anew RENAME TO refund;
CREATE INDEX refund_consultation ON refund (consultation_id);
CREATE INDEX refund_open ON refund (next_at) WHERE settled_at IS NULL AND refused_at IS NULL;
CREATE INDEX refund_refused ON refund (refused_at) WHERE refused_at IS NOT NULL AND settled_at IS NULL;
CREATE INDEX refund_external ON refund (asked_at) WHERE source = 'external';
-- The same rule asks a payment back once.
CREATE UNIQUE INDEX refund_rule_once ON refund (payment_id, reason) WHERE source = 'rule' AND replaces IS NULL;
-- What the provider has returned without us is a fact, whatever else is on its way.
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

-- Money that came and that nothing was decided about yet: it makes the hold firm or is asked back. A row leaves with either, so the sweep finds what a
-- crash has left between the two batches.
CREATE TABLE ungranted (
  payment_id TEXT PRIMARY KEY REFERENCES payment (id), consultation_id TEXT NOT NULL REFERENCES consultation (id), next_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ungranted_next ON ungranted (next_at);
CREATE INDEX ungranted_consultation ON ungranted (consultation_id);
CREATE TRIGGER payment_owes_grant AFTER UPDATE OF succeeded_at ON payment WHEN OLD.succeeded_at IS NULL AND NEW.succeeded_at IS NOT NULL
BEGIN
  INSERT OR IGNORE INTO ungranted (payment_id, consultation_id, next_at) SELECT NEW.id, NEW.consultation_id, NEW.succeeded_at
    WHERE NEW.amount_minor > (SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.payment_id = NEW.id AND (r.settled_at IS NOT NULL OR r.refused_at IS NULL));
END;
CREATE TRIGGER hold_grants AFTER UPDATE OF firm_at ON hold WHEN OLD.firm_at IS NULL AND NEW.firm_at IS NOT NULL
BEGIN
  DELETE FROM ungranted WHERE payment_id = (SELECT p.id FROM payment p WHERE p.consultation_id = NEW.consultation_id AND p.succeeded_at IS NOT NULL
    ORDER BY p.succeeded_at, p.attempt LIMIT 1);
END;
-- A refund that was made without us decides about the payment only when nothing is left of it.
CREATE TRIGGER refund_grants AFTER INSERT ON refund
BEGIN
  DELETE FROM ungranted WHERE payment_id = NEW.payment_id AND (NEW.source <> 'external' OR NOT EXISTS (
    SELECT 1 FROM payment p WHERE p.id = NEW.payment_id AND p.amount_minor
      > (SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.payment_id = p.id AND (r.settled_at IS NOT NULL OR r.refused_at IS NULL))));
END;

-- A failed visit is returned by rule. It waits for settling only while something is left of its payments.
DROP TRIGGER conclusion_owes_settling;
CREATE TRIGGER conclusion_owes_settling AFTER INSERT ON conclusion WHEN NEW.outcome = 'failed'
BEGIN
  INSERT INTO unsettled (consultation_id, at) SELECT NEW.consultation_id, NEW.at
    WHERE EXISTS (SELECT 1 FROM payment p WHERE p.consultation_id = NEW.consultation_id AND p.succeeded_at IS NOT NULL AND p.amount_minor
      > (SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.payment_id = p.id AND (r.settled_at IS NOT NULL OR r.refused_at IS NULL)));
END;
