// What could not be done and waits for a person, for the desk: without patients and texts. Called by worker/routes/desk/desk.tsx.
import { fail } from '../../workflows/rules/assert-never.ts';
import type { Role } from '../../workflows/rules/person.ts';
import { type Trouble, TROUBLE_KINDS } from '../../workflows/rules/trouble.ts';
import { every, number, type Read, textOrNull } from './db.ts';
import { IS_OPEN_REFUND, IS_REFUSED_REFUND } from './refunds.ts';
import { AS_ASKER, type Asker, asArgs, IS_DOCTOR, ME } from './asker.ts';
import { DOCTOR_COLUMNS, DOCTOR_JOINS, doctorOf } from './doctors.ts';

const SHOWN = 50;
// A letter that did not arrive is of use to the staff while the visit is near. The other troubles stay until they are mended.
const LETTER_DAYS_MS = 14 * 86_400_000;
// The cash register answers within minutes, the provider about a refund within a day or two. After three days somebody asks the provider.
const CHASED_MS = 3 * 86_400_000;
// A receipt is made by hand, and nothing records that, so it leaves the list with its age.
const RECEIPT_DAYS_MS = 30 * 86_400_000;

const MACHINES = `SELECT 'message' AS kind, o.consultation_id, o.dead_at AS at, NULL AS refund_id FROM outbox o WHERE o.dead_at IS NOT NULL
  UNION ALL SELECT 'letter', t.consultation_id, t.state_at, NULL FROM letter t WHERE t.state IN ('failed', 'bounced')
    AND coalesce(t.why, '') NOT IN ('notNeeded', 'tooLate') AND t.state_at > ?2 - ${LETTER_DAYS_MS}
  UNION ALL SELECT 'refund', r.consultation_id, r.refused_at, r.id FROM refund r WHERE ${IS_REFUSED_REFUND('r')}
  UNION ALL SELECT 'document', p.consultation_id, g.failed_at, NULL FROM rendering g JOIN protocol p ON p.id = g.protocol_id WHERE g.failed_at IS NOT NULL`;
const MONEY = `SELECT 'lateRefund' AS kind, l.consultation_id, l.asked_at AS at, l.id AS refund_id FROM refund l WHERE ${IS_OPEN_REFUND('l')} AND l.asked_at < ?2 - ${CHASED_MS}
  UNION ALL SELECT 'receipt', e.consultation_id, e.done_at, NULL FROM receipt e WHERE e.state = 'canceled' AND e.done_at > ?2 - ${RECEIPT_DAYS_MS}
  UNION ALL SELECT 'lateReceipt', s.consultation_id, s.owed_at, NULL FROM receipt s WHERE s.done_at IS NULL AND s.owed_at < ?2 - ${CHASED_MS}
  UNION ALL SELECT 'money', u.consultation_id, u.at, NULL FROM unsettled u
  UNION ALL SELECT 'external', e.consultation_id, e.asked_at, e.id FROM refund e WHERE e.source = 'external' AND e.reviewed_at IS NULL`;
// Day 7 of 10 begins so long before the end of the last day.
const DAY_7_MS = 4 * 86_400_000;
/** Claims that nobody has decided, from day 7 on; the rows of claim_alarm say when that was noticed. */
const CLAIMS = `SELECT iif(m.due_at <= ?2, 'claimOverdue', 'claim') AS kind, m.consultation_id, iif(m.due_at <= ?2, m.due_at, m.due_at - ${DAY_7_MS}) AS at, NULL AS refund_id
  FROM refund_claim m WHERE m.decided_at IS NULL AND m.withdrawn_at IS NULL AND m.due_at <= ?2 + ${DAY_7_MS}`;
// D1 takes five terms in one compound SELECT (measured), so there are several.
const TROUBLES = `SELECT * FROM (${MACHINES}) UNION ALL SELECT * FROM (${MONEY}) UNION ALL SELECT * FROM (${CLAIMS})`;

/** The latest troubles: all for people with one of `roles`, those of their own consultations for doctors, none for anybody else. */
export const troublesRead = (asker: Asker, roles: readonly Role[]): Read<Trouble[]> => ({
  sql: `${AS_ASKER} SELECT w.kind, w.at, w.refund_id, c.starts_at, ${DOCTOR_COLUMNS} FROM (${TROUBLES}) w
      CROSS JOIN consultation c ON c.id = w.consultation_id JOIN doctor d ON d.id = c.doctor_id ${DOCTOR_JOINS}
    WHERE ${IS_DOCTOR} OR EXISTS (SELECT 1 FROM role r WHERE r.person_id = ${ME} AND r.role IN (${roles.map((_, i) => `?${i + 3}`).join(', ')}))
    ORDER BY w.at DESC LIMIT ${SHOWN}`,
  args: [...asArgs(asker), ...roles],
  take: every(row => ({
    kind: TROUBLE_KINDS.find(kind => kind === row.kind) ?? fail(`A trouble of the kind ${row.kind}.`),
    doctor: doctorOf(row),
    startsAt: number(row, 'starts_at'),
    at: number(row, 'at'),
    refundId: textOrNull(row, 'refund_id'),
  })),
});
