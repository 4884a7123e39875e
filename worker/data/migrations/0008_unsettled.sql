-- Paid visits that failed and whose money nobody has returned: the patient is told that the clinic settles it, so the desk lists them. A row leaves with
-- the first request for a refund.
CREATE TABLE unsettled (
  consultation_id TEXT PRIMARY KEY REFERENCES consultation (id), at INTEGER NOT NULL
) STRICT;
INSERT INTO unsettled (consultation_id, at) SELECT n.consultation_id, n.at FROM conclusion n
  WHERE n.outcome = 'failed' AND EXISTS (SELECT 1 FROM payment p WHERE p.consultation_id = n.consultation_id AND p.succeeded_at IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.consultation_id = n.consultation_id AND r.reason <> 'twice');
CREATE TRIGGER conclusion_owes_settling AFTER INSERT ON conclusion WHEN NEW.outcome = 'failed'
BEGIN
  INSERT INTO unsettled (consultation_id, at) SELECT NEW.consultation_id, NEW.at
    WHERE EXISTS (SELECT 1 FROM payment p WHERE p.consultation_id = NEW.consultation_id AND p.succeeded_at IS NOT NULL);
END;
CREATE TRIGGER refund_settles AFTER INSERT ON refund WHEN NEW.reason <> 'twice'
BEGIN
  DELETE FROM unsettled WHERE consultation_id = NEW.consultation_id;
END;

-- Receipts that the provider refused. They are shown while they are young.
CREATE INDEX payment_receipt_refused ON payment (succeeded_at) WHERE receipt = 'canceled';
