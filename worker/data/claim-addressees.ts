// Finds the claim that a letter is about: by the token in its address, by our own letter that it answers, by the number in its subject. Called by
// worker/letters-in/judge.ts and worker/routes/finance/letters.tsx.
import { ANSWERS } from './letter-answers.ts';
import { type Database, askOne, every, number, one, type Read, type Row, text, textOrNull } from './db.ts';

export interface Addressee {
  readonly id: string;
  readonly number: string;
  readonly consultationId: string;
  readonly personId: string;
  readonly personEmail: string | null;
  /** Where the letters about the visit go, which may be another address. */
  readonly visitEmail: string;
  readonly isOpen: boolean;
  readonly files: number;
}

const COLUMNS = `m.id, m.number, m.consultation_id, m.person_id, coalesce(p.email_key, p.email) AS person_email, c.email AS visit_email,
  m.decided_at IS NULL AND m.withdrawn_at IS NULL AS is_open, (SELECT count(*) FROM claim_file f WHERE f.claim_id = m.id) AS files`;
const JOINS = 'JOIN person p ON p.id = m.person_id JOIN consultation c ON c.id = m.consultation_id';

const addresseeOf = (row: Row): Addressee => ({
  id: text(row, 'id'),
  number: text(row, 'number'),
  consultationId: text(row, 'consultation_id'),
  personId: text(row, 'person_id'),
  personEmail: textOrNull(row, 'person_email'),
  visitEmail: text(row, 'visit_email'),
  isOpen: number(row, 'is_open') === 1,
  files: number(row, 'files'),
});

export const claimByToken = (db: Database, token: string): Promise<Addressee | null> =>
  askOne(db, { sql: `SELECT ${COLUMNS} FROM refund_claim m ${JOINS} WHERE m.token = ?1`, args: [token], take: one(addresseeOf) });

/** The first of our letters that is named. Its subject is the claim's id, alone or before a colon, or that of an answer. */
export const claimByLetter = (db: Database, messageIds: readonly string[]): Promise<Addressee | null> =>
  askOne(db, {
    sql: `SELECT ${COLUMNS} FROM json_each(?1) JOIN letter t ON t.message_id = json_each.value JOIN refund_claim m ON m.id = substr(replace(t.subject, '${ANSWERS}', ''), 1, 36) ${JOINS}
      ORDER BY json_each.key LIMIT 1`,
    args: [JSON.stringify(messageIds)],
    take: one(addresseeOf),
  });

export const claimByNumberRead = (given: string): Read<Addressee | null> => ({
  sql: `SELECT ${COLUMNS} FROM refund_claim m ${JOINS} WHERE m.number = ?1`,
  args: [given],
  take: one(addresseeOf),
});

export const claimByNumber = (db: Database, given: string): Promise<Addressee | null> => askOne(db, claimByNumberRead(given));

/** The hashes of the files that the claim has. */
export const knownFilesRead = (claimId: string): Read<string[]> => ({
  sql: 'SELECT sha256 FROM claim_file WHERE claim_id = ?1',
  args: [claimId],
  take: every(row => text(row, 'sha256')),
});
