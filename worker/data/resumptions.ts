// Starts the workflows again after Temporal has lost them, or after the database was restored to an earlier time: a line of the outbox for each
// consultation that may still have something to do. A workflow that runs is not started twice, and one that finds nothing to do ends at once.
// Called by stand/resume.ts and stand/backup/restore.ts; the texts hold no arguments, so that they can be run by `wrangler d1 execute`.
import { UPCOMING_TAIL_MS } from '../../workflows/rules/status.ts';
import { LONGEST_VISIT_MS } from '../../workflows/rules/interval.ts';
import { oldestId } from './ids.ts';

const DAY_MS = 86_400_000;

// What began or was told within this time is started again whatever its state, because its workflow may not have come to its letters.
const RECENT_MS = DAY_MS;

/** SQL: the consultations whose workflow may still have something to do. D1 takes five terms in one compound SELECT, so there are two. */
function unfinishedAt(now: number): string {
  const booked = `SELECT consultation_id FROM hold WHERE released_at IS NULL AND firm_at IS NULL
    UNION ALL SELECT consultation_id FROM hold WHERE released_at IS NULL AND firm_at IS NOT NULL AND concluded_at IS NULL
      AND start_at > ${now - UPCOMING_TAIL_MS - LONGEST_VISIT_MS}
    UNION ALL SELECT consultation_id FROM unsigned
    UNION ALL SELECT consultation_id FROM refund WHERE settled_at IS NULL AND refused_at IS NULL
    UNION ALL SELECT consultation_id FROM payment WHERE provider_id IS NOT NULL AND succeeded_at IS NULL AND cancelled_at IS NULL`;
  const told = `SELECT consultation_id FROM letter WHERE state = 'queued'
    UNION ALL SELECT consultation_id FROM outbox WHERE delivered_at IS NULL
    UNION ALL SELECT consultation_id FROM outbox WHERE delivered_at > ${now - RECENT_MS}
    UNION ALL SELECT id FROM consultation WHERE id > '${oldestId(now - RECENT_MS)}'`;
  return `SELECT * FROM (${booked}) UNION ALL SELECT * FROM (${told})`;
}

/** SQL: the protocols whose PDF or letter may be missing. */
const unpublishedAt = (
  now: number,
): string => `SELECT p.id FROM protocol p LEFT JOIN rendition r ON r.protocol_id = p.id WHERE r.protocol_id IS NULL
    UNION ALL SELECT p.id FROM letter t JOIN protocol p ON p.consultation_id = t.consultation_id
      WHERE t.state = 'queued' AND t.kind IN ('protocolReady', 'protocolAmended')
    UNION ALL SELECT id FROM protocol WHERE id > '${oldestId(now - RECENT_MS)}'`;

const OUTBOX = 'INSERT OR IGNORE INTO outbox (consultation_id, message_id, body, created_at, next_at)';

/**
 * Writes the lines, the nearest visits first. `now` (ms) is part of their names, so that each call starts and tells anew. What waited to be told
 * is settled by it, because every workflow reads the facts: one that is started again at its beginning, one that runs after the signal. Returns
 * statements for one batch.
 */
export const resumes = (now: number): string[] => [
  `${OUTBOX} SELECT c.id, 'resume:' || c.id || ':${now}', json_object('kind', 'start', 'input', json_object('consultationId', c.id,
        'doctorId', c.doctor_id, 'startsAt', c.starts_at, 'endsAt', c.ends_at, 'expiresAt', h.expires_at, 'scheduleVersion', c.schedule_version,
        'resumedAt', ${now})), ${now}, ${now}
      FROM consultation c JOIN hold h ON h.consultation_id = c.id WHERE c.id IN (${unfinishedAt(now)}) ORDER BY c.starts_at < ${now}, c.starts_at`,
  `${OUTBOX} SELECT o.consultation_id, 'look:' || o.consultation_id || ':${now}', json_object('kind', 'signal', 'name', 'paid',
        'consultationId', o.consultation_id, 'told', json_object('messageId', 'look:' || o.consultation_id || ':${now}')), ${now}, ${now}
      FROM outbox o WHERE o.delivered_at IS NULL AND o.message_id = 'resume:' || o.consultation_id || ':${now}' ORDER BY o.id`,
  `${OUTBOX} SELECT c.id, 'resume:' || p.id || ':${now}', json_object('kind', 'startProtocol', 'input', json_object('protocolId', p.id,
        'consultationId', c.id, 'doctorId', c.doctor_id, 'version', p.version, 'resumedAt', ${now})), ${now}, ${now}
      FROM protocol p JOIN consultation c ON c.id = p.consultation_id WHERE p.id IN (${unpublishedAt(now)}) ORDER BY p.id`,
  `${OUTBOX} SELECT m.consultation_id, 'resume:' || m.id || ':${now}', json_object('kind', 'startClaim', 'input', json_object('claimId', m.id,
        'consultationId', m.consultation_id, 'demandedAt', m.demanded_at, 'dueAt', m.due_at, 'resumedAt', ${now})), ${now}, ${now}
      FROM refund_claim m WHERE m.over_at IS NULL ORDER BY m.due_at`,
  `${OUTBOX} SELECT m.consultation_id, 'look:' || m.id || ':${now}', json_object('kind', 'signalClaim', 'name', 'changed', 'claimId', m.id,
        'told', json_object('messageId', 'look:' || m.id || ':${now}')), ${now}, ${now} FROM refund_claim m WHERE m.over_at IS NULL ORDER BY m.due_at`,
  `UPDATE outbox SET delivered_at = ${now}, dead_at = NULL WHERE delivered_at IS NULL
      AND message_id NOT LIKE 'resume:%:${now}' AND message_id NOT LIKE 'look:%:${now}'`,
];
