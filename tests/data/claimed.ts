// A claim for money back of a visit, written by SQL, and the letters about it. Used by the tests of letters that come in.
import type { Meeting } from '../routes/meeting.ts';
import { NOON } from '../cast.ts';
import { run } from './d1.ts';

export const TOKEN = 'abcdefghijklmnopqrstuvwx23';
export const CLAIM = '01930000-0000-7000-8000-0000000c1a17';
export const NUMBER = 'В-2026-00042';
export const CLAIMS_ADDRESS = 'zayavlenie@clinic.example';
export const WITH_TOKEN = `zayavlenie+${TOKEN}@clinic.example`;
/** The Message-ID of the letter that told how to sign. */
export const OUR_LETTER = '<0193-claim-made@mail.example>';

/** An open claim of the patient of this visit, with one form and the letter that asked to sign it. */
export async function claimed({ id: consultationId, anna }: Meeting, at = NOON): Promise<void> {
  await run([
    {
      sql: `INSERT INTO refund_claim (id, consultation_id, person_id, number, token, opened_by, demanded_at, due_at, next_at)
        VALUES (?, ?, ?, ?, ?, 'patient', ?, ?, ?)`,
      args: [CLAIM, consultationId, anna.id, NUMBER, TOKEN, at, at + 864_000_000, at],
    },
    {
      sql: `INSERT INTO claim_form (claim_id, version, at, person_id, amount_minor, reason, via, body) VALUES (?, 1, ?, ?, 230000, 'noConnection', 'same', '{}')`,
      args: [CLAIM, at, anna.id],
    },
    {
      sql: `INSERT INTO letter (id, consultation_id, kind, schedule_version, subject, email, queued_at, sent_at, provider_id, message_id, state, state_at)
        VALUES ('0193-claim-made', ?, 'paid', 7, ?, ?, ?, ?, 'mail-made', ?, 'delivered', ?)`,
      args: [consultationId, CLAIM, anna.email, at, at, OUR_LETTER, at],
    },
  ]);
}
