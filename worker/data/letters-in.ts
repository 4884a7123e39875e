// Letters that came in: a row before anything is decided about one, then what was found out about it, with the files that became part of a claim. The rows that
// are not judged are the to-do list of the cron. Called by worker/letters-in.
import { type Door, type Machine, type MatchedBy, type LetterWhy, type PartVerdict } from '../../workflows/rules/letter-in.ts';
import type { FileType } from '../../workflows/rules/file.ts';
import type { Addressee } from './claim-addressees.ts';
import { askOne, type Database, every, isClash, number, one, text, type Write, write } from './db.ts';
import { newId } from './ids.ts';

export interface TakenLetter {
  readonly id: string;
  readonly sha256: string;
  readonly door: Door;
  readonly outsideId: string | null;
  readonly envelopeFrom: string;
  readonly envelopeTo: string;
  readonly bytes: number;
  readonly key: string;
}

/** False when the same letter was taken before; then nothing is written. */
export async function keepLetter(db: Database, letter: TakenLetter, now: number): Promise<boolean> {
  const { id, sha256, door, outsideId, envelopeFrom, envelopeTo, bytes, key } = letter;
  try {
    await write(db, [
      {
        sql: `INSERT INTO letter_in (id, sha256, door, outside_id, envelope_from, envelope_to, bytes, key, received_at, next_at)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)`,
        args: [id, sha256, door, outsideId, envelopeFrom, envelopeTo, bytes, key, now],
      },
    ]);
    return true;
  } catch (error) {
    if (isClash(error)) return false;
    throw error;
  }
}

export interface WaitingLetter {
  readonly id: string;
  readonly key: string;
  readonly bytes: number;
  readonly envelopeFrom: string;
  readonly envelopeTo: string;
  /** How often it was taken up, this time included. */
  readonly tries: number;
}

/** Longer than one letter takes, ms. Each further try waits twice as long, up to two hours. */
const TRY_MS = 2 * 60_000;

/** Takes up letters that nobody has judged: the one with this id, or the oldest that are due. */
export const takeUnjudged = (db: Database, id: string | null, now: number): Promise<WaitingLetter[]> =>
  askOne(db, {
    sql: `UPDATE letter_in SET tries = tries + 1, next_at = ?1 + ${TRY_MS} * (1 << min(tries, 6)) WHERE id IN (
        SELECT l.id FROM letter_in l WHERE l.judged_at IS NULL AND l.next_at <= ?1 AND (?2 IS NULL OR l.id = ?2) ORDER BY l.next_at LIMIT 10)
      RETURNING id, key, bytes, envelope_from, envelope_to, tries`,
    args: [now, id],
    take: every(row => ({
      id: text(row, 'id'),
      key: text(row, 'key'),
      bytes: number(row, 'bytes'),
      envelopeFrom: text(row, 'envelope_from'),
      envelopeTo: text(row, 'envelope_to'),
      tries: number(row, 'tries'),
    })),
  });

export interface Judgement {
  readonly messageId: string | null;
  readonly sender: string | null;
  readonly subject: string;
  readonly text: string;
  readonly machine: Machine | null;
  readonly claim: { readonly id: string; readonly by: MatchedBy; readonly relation: 'own' | 'other' } | null;
  readonly why: LetterWhy | null;
}

/** Records the judgement, once: a second one of the same letter changes nothing. */
export const judges = (id: string, { messageId, sender, subject, text: words, machine, claim, why }: Judgement, now: number): Write => ({
  sql: `UPDATE letter_in SET judged_at = ?2, message_id = ?3, sender = ?4, subject = ?5, text = ?6, machine = ?7, claim_id = ?8, matched_by = ?9,
      relation = ?10, why = ?11 WHERE id = ?1 AND judged_at IS NULL`,
  args: [id, now, messageId, sender, subject, words, machine, claim?.id ?? null, claim?.by ?? null, claim?.relation ?? null, why],
});

export interface FoundPart {
  readonly n: number;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly verdict: PartVerdict;
  /** Of the file as the claim has it; null when it is none of its files. */
  readonly sha256: string | null;
}

/** What was found in a letter. Attached to a claim by a person, the same parts get other verdicts. */
export const keepsParts = (letterId: string, claimId: string | null, parts: readonly FoundPart[]): Write => ({
  sql: `INSERT OR REPLACE INTO letter_in_part (letter_id, n, name, type, bytes, verdict, file_id)
    SELECT ?1, json_each.value ->> 'n', json_each.value ->> 'name', json_each.value ->> 'type', json_each.value ->> 'bytes', json_each.value ->> 'verdict',
      (SELECT f.id FROM claim_file f WHERE f.claim_id = ?2 AND f.sha256 = json_each.value ->> 'sha256') FROM json_each(?3)`,
  args: [letterId, claimId, JSON.stringify(parts)],
});

export interface LettersFile {
  readonly id: string;
  readonly name: string;
  readonly type: FileType;
  readonly bytes: number;
  readonly sha256: string;
  readonly key: string;
}

/** A file of the claim, out of a letter; nothing when the claim has it or is full. */
export const keepsLettersFile = (claimId: string, letterId: string, file: LettersFile, now: number): Write => ({
  sql: `INSERT INTO claim_file (id, claim_id, at, source, letter_id, name, type, bytes, sha256, key)
    SELECT ?1, ?2, ?3, 'letter', ?4, ?5, ?6, ?7, ?8, ?9
    WHERE (SELECT count(*) FROM claim_file f WHERE f.claim_id = ?2) < (SELECT claim_files FROM claim_limits)
    ON CONFLICT (claim_id, sha256) DO NOTHING`,
  args: [file.id, claimId, now, letterId, file.name, file.type, file.bytes, file.sha256, file.key],
});

/** The signature by letter of the form in force, when this letter has brought a file to an open claim. */
export const signsByLetter = ({ id: claimId }: Addressee, letterId: string, email: string | null, now: number): Write => ({
  sql: `INSERT INTO claim_signature (id, claim_id, form_version, way, at, email)
    SELECT ?1, m.id, (SELECT max(v.version) FROM claim_form v WHERE v.claim_id = m.id), 'letter', ?3, ?5 FROM refund_claim m
    WHERE m.id = ?2 AND m.decided_at IS NULL AND m.withdrawn_at IS NULL
      AND EXISTS (SELECT 1 FROM claim_form v WHERE v.claim_id = m.id)
      AND EXISTS (SELECT 1 FROM claim_file f WHERE f.claim_id = m.id AND f.letter_id = ?4)
      AND NOT EXISTS (SELECT 1 FROM claim_signature g WHERE g.claim_id = m.id AND g.way = 'letter'
        AND g.form_version = (SELECT max(v.version) FROM claim_form v WHERE v.claim_id = m.id))`,
  args: [newId(), claimId, now, letterId, email],
});

/** Of these ids at the provider, the ones of letters that were taken. */
export const takenOf = (db: Database, outsideIds: readonly string[]): Promise<string[]> =>
  askOne(db, {
    sql: 'SELECT outside_id FROM letter_in WHERE outside_id IN (SELECT value FROM json_each(?1))',
    args: [JSON.stringify(outsideIds)],
    take: every(row => text(row, 'outside_id')),
  });

/** Begins a look at the provider's list, when the last one is older than `everyMs`. */
export async function beginsLook(db: Database, everyMs: number, now: number): Promise<boolean> {
  const begun = await askOne(db, {
    sql: `INSERT INTO letter_in_look (id, at) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET at = ?1 WHERE at <= ?1 - ?2 RETURNING at`,
    args: [now, everyMs],
    take: one(row => number(row, 'at')),
  });
  return begun !== null;
}
