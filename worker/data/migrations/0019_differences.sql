-- «Сверка»: what the provider, the cash register and our rows say differently, and the runs that compare them.

-- One comparison of a span of time. Whoever takes it does one page and moves phase and cursor on, so that a stop loses nothing.
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
-- What must not grow unnoticed while it is looked for by age.
CREATE INDEX receipt_owner ON receipt (payment_id, kind);
CREATE INDEX receipt_refund ON receipt (refund_id) WHERE refund_id IS NOT NULL;
CREATE INDEX refund_settled ON refund (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX payment_succeeded ON payment (succeeded_at) WHERE succeeded_at IS NOT NULL;
CREATE INDEX payment_unheard ON payment (created_at) WHERE provider_id IS NULL AND succeeded_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX claim_decision_in_force ON claim_decision (in_force_at) WHERE in_force_at IS NOT NULL;
CREATE INDEX conclusion_at ON conclusion (at);
-- When a comparison has met it at the provider last. What it has not met is asked about by its id.
ALTER TABLE payment ADD COLUMN seen_at INTEGER;
ALTER TABLE refund ADD COLUMN seen_at INTEGER;
