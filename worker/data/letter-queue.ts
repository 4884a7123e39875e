// Letters that wait for a person: the list, one letter, and how it is settled: attached to a claim, or looked at with a note. The asker's role is inside each
// statement. Called by worker/routes/finance/letters.tsx.
import { fail } from '../../workflows/rules/assert-never.ts';
import { LETTER_WHYS, type LetterWhy, MACHINES, type Machine, type PartVerdict } from '../../workflows/rules/letter-in.ts';
import type { Role } from '../../workflows/rules/person.ts';
import { AS_ASKER, type Asker, asArgs, ME } from './asker.ts';
import { audited, auditedIfChanged } from './audit.ts';
import { type Database, every, number, numberOrNull, one, raised, type Read, type Row, text, textOrNull, type Write, write } from './db.ts';
import { verdictIn } from './letter-answers.ts';

/** What the list shows; the oldest come first. */
export const SHOWN_LETTERS = 50;

export interface QueuedLetter {
  readonly id: string;
  readonly receivedAt: number;
  readonly sender: string | null;
  readonly subject: string;
  readonly why: LetterWhy;
  /** The claim that it is of; null while nobody knows. */
  readonly number: string | null;
  /** How many wait in all. */
  readonly waiting: number;
}

const HAS_ROLE = (roles: readonly Role[], from: number): string =>
  `EXISTS (SELECT 1 FROM role r WHERE r.person_id = ${ME} AND r.role IN (${roles.map((_, i) => `?${i + from}`).join(', ')}))`;

const whyIn = (row: Row): LetterWhy => LETTER_WHYS.find(why => why === row['why']) ?? fail(`A letter waits because ${row['why']}.`);

export const queuedLettersRead = (asker: Asker, roles: readonly Role[]): Read<QueuedLetter[]> => ({
  sql: `${AS_ASKER} SELECT l.id, l.received_at, l.sender, l.subject, l.why, m.number, count(*) OVER () AS waiting FROM letter_in l
      LEFT JOIN refund_claim m ON m.id = l.claim_id
    WHERE l.settled_at IS NULL AND l.why IS NOT NULL AND ${HAS_ROLE(roles, 3)} ORDER BY l.received_at LIMIT ${SHOWN_LETTERS}`,
  args: [...asArgs(asker), ...roles],
  take: every(row => ({
    id: text(row, 'id'),
    receivedAt: number(row, 'received_at'),
    sender: textOrNull(row, 'sender'),
    subject: textOrNull(row, 'subject') ?? '',
    why: whyIn(row),
    number: textOrNull(row, 'number'),
    waiting: number(row, 'waiting'),
  })),
});

export interface LetterPage {
  readonly id: string;
  readonly key: string;
  readonly bytes: number;
  readonly receivedAt: number;
  readonly envelopeFrom: string;
  readonly envelopeTo: string;
  readonly sender: string | null;
  readonly subject: string;
  readonly text: string;
  readonly machine: Machine | null;
  readonly why: LetterWhy | null;
  readonly number: string | null;
  readonly relation: 'own' | 'other' | null;
  readonly settled: { readonly at: number; readonly by: string; readonly note: string } | null;
  readonly parts: readonly { readonly name: string; readonly bytes: number; readonly verdict: PartVerdict }[];
}

/** One letter, waiting or not; null for anybody without one of the roles. */
export const letterInRead = (asker: Asker, roles: readonly Role[], id: string): Read<LetterPage | null> => ({
  sql: `${AS_ASKER} SELECT l.*, m.number, p.family_name || ' ' || p.given_name AS settled_name,
      (SELECT json_group_array(json_object('name', t.name, 'bytes', t.bytes, 'verdict', t.verdict)) FROM letter_in_part t WHERE t.letter_id = l.id) AS parts
    FROM letter_in l LEFT JOIN refund_claim m ON m.id = l.claim_id LEFT JOIN person p ON p.id = l.settled_by WHERE l.id = ?3 AND ${HAS_ROLE(roles, 4)}`,
  args: [...asArgs(asker), id, ...roles],
  take: one(letterPageOf),
});

function letterPageOf(row: Row): LetterPage {
  const settledAt = numberOrNull(row, 'settled_at');
  const parts = JSON.parse(text(row, 'parts')) as { name: string; bytes: number; verdict: string }[];
  return {
    id: text(row, 'id'),
    key: text(row, 'key'),
    bytes: number(row, 'bytes'),
    receivedAt: number(row, 'received_at'),
    envelopeFrom: text(row, 'envelope_from'),
    envelopeTo: text(row, 'envelope_to'),
    sender: textOrNull(row, 'sender'),
    subject: textOrNull(row, 'subject') ?? '',
    text: textOrNull(row, 'text') ?? '',
    machine: MACHINES.find(machine => machine === row['machine']) ?? null,
    why: row['why'] === null ? null : whyIn(row),
    number: textOrNull(row, 'number'),
    relation: row['relation'] === 'own' ? 'own' : row['relation'] === 'other' ? 'other' : null,
    settled: settledAt === null ? null : { at: settledAt, by: text(row, 'settled_name'), note: text(row, 'note') },
    parts: parts.map(part => ({ ...part, verdict: verdictIn(part.verdict) })),
  };
}

export interface Settling {
  readonly letterId: string;
  readonly personId: string;
  readonly sessionId: string;
  readonly note: string;
}

/** `already`: somebody else has settled it; then nothing is changed. */
export type Settled = 'settled' | 'already';

/** Settles a waiting letter with a note: it needs nothing more. */
export async function settleLetter(db: Database, settling: Settling, now: number): Promise<Settled> {
  const { letterId, personId, sessionId, note } = settling;
  return await settled(db, [
    {
      sql: 'UPDATE letter_in SET settled_at = ?2, settled_by = ?3, note = ?4 WHERE id = ?1 AND why IS NOT NULL',
      args: [letterId, now, personId, note],
    },
    auditedIfChanged({ now, personId, sessionId, act: 'letter.settled', kind: 'letterIn', id: letterId }),
  ]);
}

/** Attaches a waiting letter to a claim, with `writes` of what it brings, all or nothing. */
export async function attachLetter(
  db: Database,
  settling: Settling,
  to: { readonly claimId: string; readonly relation: 'own' | 'other' },
  writes: readonly Write[],
  now: number,
): Promise<Settled> {
  const { letterId, personId, sessionId, note } = settling;
  return await settled(db, [
    {
      sql: `UPDATE letter_in SET claim_id = ?5, matched_by = 'person', relation = ?6, settled_at = ?2, settled_by = ?3, note = ?4 WHERE id = ?1 AND why IS NOT NULL`,
      args: [letterId, now, personId, note, to.claimId, to.relation],
    },
    auditedIfChanged({ now, personId, sessionId, act: 'letter.attached', kind: 'letterIn', id: letterId, detail: to.claimId }),
    ...writes,
  ]);
}

/** The table refuses a second settling (letter_in_stays), and the batch with it. */
async function settled(db: Database, writes: readonly Write[]): Promise<Settled> {
  try {
    await write(db, writes);
    return 'settled';
  } catch (error) {
    if (raised(error, ['immutable']) === null) throw error;
    return 'already';
  }
}

/** That somebody took the whole letter out. */
export const letterTakenOut = (db: Database, { letterId, personId, sessionId }: Omit<Settling, 'note'>, now: number): Promise<number[]> =>
  write(db, [audited({ now, personId, sessionId, act: 'letter.takenOut', kind: 'letterIn', id: letterId })]);
