// Addresses that do not take the letters about a person's visits, and their change: the letters that bounced are queued again in the same batch.
// Called by worker/routes/patient/addresses.tsx, worker/routes/patient/appointments.tsx and the cron.
import { LONGEST_VISIT_MS } from '../../workflows/rules/interval.ts';
import { ANSWER_LETTER, DOCTORS_LETTERS } from '../../workflows/rules/letter.ts';
import { AS_ASKER, type Asker, asArgs, IS_PATIENT } from './asker.ts';
import { auditedIfChanged } from './audit.ts';
import { askOne, type Database, every, one, type Read, text, type Write, write } from './db.ts';
import { type LetterName, letterNameOf } from './letters.ts';

// A letter about a visit that is longer ago is of no use any more.
const DAYS_MS = 14 * 86_400_000;

/** SQL: a letter that its address did not take, as the mail provider says. */
const BOUNCED = "(t.state = 'bounced' OR (t.state = 'failed' AND t.why = 'suppressed'))";
const IS_RECENT = `${IS_PATIENT} AND c.starts_at > ?2 - ${DAYS_MS + LONGEST_VISIT_MS} AND c.ends_at > ?2 - ${DAYS_MS}`;

/** The address of the asker's visits that did not take the latest letter of those that bounced; null when all do. */
export const bouncedAddressRead = (asker: Asker): Read<string | null> => ({
  sql: `${AS_ASKER} SELECT t.email FROM consultation c JOIN letter t ON t.consultation_id = c.id AND t.email = c.email
    WHERE ${IS_RECENT} AND ${BOUNCED} ORDER BY t.state_at DESC LIMIT 1`,
  args: asArgs(asker),
  take: one(row => text(row, 'email')),
});

export interface AddressChange {
  readonly asker: Asker;
  readonly personId: string;
  readonly sessionId: string;
  readonly from: string;
  readonly to: string;
}

/** Gives the asker's recent visits another address. False when none has the old one any more. */
export async function changeAddress(db: Database, { asker, personId, sessionId, from, to }: AddressChange): Promise<boolean> {
  const { now } = asker;
  const [changed] = await write(db, [
    {
      sql: `${AS_ASKER} UPDATE consultation SET email = ?4 WHERE email = ?3 AND id IN (SELECT c.id FROM consultation c WHERE ${IS_RECENT})`,
      args: [...asArgs(asker), from, to],
    },
    auditedIfChanged({ now, personId, sessionId, act: 'address.change', kind: 'person', id: personId }),
    queuesAgain(now),
  ]);
  return (changed ?? 0) > 0;
}

/** Queues letters again that bounced, also late, and whose visit has another address now. Their count makes a new key at the mail provider. */
const queuesAgain = (now: number): Write => ({
  sql: `UPDATE letter AS t SET state = 'queued', state_at = ?1, queued_at = ?1, why = NULL, sent_at = NULL, provider_id = NULL, again = again + 1,
      email = (SELECT c.email FROM consultation c WHERE c.id = t.consultation_id)
    WHERE t.state IN ('failed', 'bounced') AND t.state_at > ?1 - ${DAYS_MS} AND ${BOUNCED} AND t.kind NOT IN (SELECT value FROM json_each(?2))
      AND t.email <> (SELECT c.email FROM consultation c WHERE c.id = t.consultation_id)`,
  args: [now, JSON.stringify([...DOCTORS_LETTERS, ANSWER_LETTER])],
});

/** The letters that were queued again and are not sent yet, the oldest 20. Queues those first that bounced since. */
export async function lettersAgain(db: Database, now: number): Promise<LetterName[]> {
  await write(db, [queuesAgain(now)]);
  return await askOne(db, {
    sql: "SELECT consultation_id, kind, schedule_version, subject FROM letter WHERE state = 'queued' AND again > 0 ORDER BY queued_at LIMIT 20",
    args: [],
    take: every(letterNameOf),
  });
}
