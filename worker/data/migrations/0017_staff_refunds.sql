-- Refunds that a person sees to. document_on is the day on the payment order (YYYY-MM-DD), person_id who asked again or paid by hand. reviewed_at is set
-- by the note on a refund that was made elsewhere.
ALTER TABLE refund ADD COLUMN document_on TEXT;
ALTER TABLE refund ADD COLUMN person_id TEXT REFERENCES person (id);
ALTER TABLE refund ADD COLUMN reviewed_at INTEGER;
CREATE INDEX refund_unreviewed ON refund (asked_at) WHERE source = 'external' AND reviewed_at IS NULL;
CREATE INDEX refund_by_hand ON refund (asked_at) WHERE via = 'manual' AND settled_at IS NULL AND refused_at IS NULL;
CREATE TRIGGER refund_paper_stays BEFORE UPDATE ON refund
  WHEN (OLD.settled_at IS NOT NULL AND (NEW.document IS NOT OLD.document OR NEW.document_on IS NOT OLD.document_on OR NEW.person_id IS NOT OLD.person_id))
    OR (OLD.reviewed_at IS NOT NULL AND NEW.reviewed_at IS NOT OLD.reviewed_at) OR NEW.decision_id IS NOT OLD.decision_id
BEGIN SELECT RAISE(ABORT, 'immutable'); END;

-- What somebody found out about a refund that was made without us.
CREATE TABLE refund_review (
  refund_id TEXT PRIMARY KEY REFERENCES refund (id), at INTEGER NOT NULL, person_id TEXT NOT NULL REFERENCES person (id),
  note TEXT NOT NULL CHECK (length(note) BETWEEN 5 AND 1000)
) STRICT;
CREATE TRIGGER refund_review_by_finance BEFORE INSERT ON refund_review
BEGIN
  SELECT RAISE(ABORT, 'notTheirs') WHERE NOT EXISTS (SELECT 1 FROM role r WHERE r.person_id = NEW.person_id AND r.role IN ('finance', 'owner'))
    OR NOT EXISTS (SELECT 1 FROM refund f WHERE f.id = NEW.refund_id AND f.source = 'external');
END;
CREATE TRIGGER refund_review_stays BEFORE UPDATE ON refund_review BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER refund_review_never_goes BEFORE DELETE ON refund_review BEGIN SELECT RAISE(ABORT, 'immutable'); END;
CREATE TRIGGER refund_review_marks AFTER INSERT ON refund_review
BEGIN
  UPDATE refund SET reviewed_at = NEW.at WHERE id = NEW.refund_id;
END;

-- Claims that are over, for the list of the last weeks.
CREATE INDEX refund_claim_ended ON refund_claim (coalesce(decided_at, withdrawn_at)) WHERE decided_at IS NOT NULL OR withdrawn_at IS NOT NULL;
