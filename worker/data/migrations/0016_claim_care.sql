-- What a claim needs on its way: when there is nothing left to do, who was told that it is not decided, a form that is being filled in, and a key that
-- makes a repeated click the same form.

-- Nothing is left to do for it: no letter and no money.
ALTER TABLE refund_claim ADD COLUMN over_at INTEGER;
CREATE INDEX refund_claim_due ON refund_claim (next_at) WHERE over_at IS NULL;
-- Whatever happens to a claim makes it due at once for the cron, whether Temporal hears of it or not.
CREATE TRIGGER refund_claim_due_again AFTER UPDATE OF version ON refund_claim WHEN NEW.version > OLD.version
BEGIN
  UPDATE refund_claim SET next_at = NEW.demanded_at, over_at = NULL WHERE id = NEW.id;
END;
CREATE TRIGGER refund_makes_claim_due AFTER UPDATE OF settled_at, refused_at ON refund
  WHEN NEW.decision_id IS NOT NULL AND (NEW.settled_at IS NOT OLD.settled_at OR NEW.refused_at IS NOT OLD.refused_at)
BEGIN
  UPDATE refund_claim SET next_at = demanded_at, over_at = NULL WHERE id = (SELECT n.claim_id FROM claim_decision n WHERE n.id = NEW.decision_id);
END;

-- The term of a claim comes nearer and nobody has decided: told to finance on day 7, to the owner on day 9, to everybody when it is broken.
CREATE TABLE claim_alarm (
  claim_id TEXT NOT NULL REFERENCES refund_claim (id), kind TEXT NOT NULL CHECK (kind IN ('day7', 'day9', 'overdue')), at INTEGER NOT NULL,
  PRIMARY KEY (claim_id, kind)
) STRICT;
CREATE TRIGGER claim_alarm_stays BEFORE UPDATE ON claim_alarm BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER claim_alarm_never_goes BEFORE DELETE ON claim_alarm BEGIN SELECT RAISE(ABORT, 'immutable'); END;

-- A form that was not accepted yet, as it was typed, without bank details.
CREATE TABLE claim_draft (
  person_id TEXT NOT NULL REFERENCES person (id), consultation_id TEXT NOT NULL REFERENCES consultation (id), body TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (consultation_id, person_id)
) STRICT;
CREATE INDEX claim_draft_at ON claim_draft (at);

-- Names the page on which a form was filled in. A repeated click meets this key.
CREATE TABLE claim_form_key (
  person_id TEXT NOT NULL REFERENCES person (id), key TEXT NOT NULL, claim_id TEXT NOT NULL REFERENCES refund_claim (id), at INTEGER NOT NULL,
  PRIMARY KEY (person_id, key)
) STRICT;
CREATE INDEX claim_form_key_at ON claim_form_key (at);

-- A paid visit that nobody has ended was looked at, once: whether the rule opens a claim by itself.
CREATE TABLE claim_opening (consultation_id TEXT PRIMARY KEY REFERENCES consultation (id), at INTEGER NOT NULL, opinion TEXT NOT NULL) STRICT;
CREATE TRIGGER claim_opening_stays BEFORE UPDATE ON claim_opening BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER claim_opening_never_goes BEFORE DELETE ON claim_opening BEGIN SELECT RAISE(ABORT, 'immutable'); END;
