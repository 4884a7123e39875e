// Letters: one per consultation, kind and schedule version, stored before it is sent, with what the mail provider has reported since.
// Called by worker/letters/send.ts and worker/routes/machines/notices.ts.
import type { MailNotice } from '../providers/mail/port.ts';
import { REMINDER_PATIENCE_MS } from '../../workflows/clocks.ts';
import { askOne, type Database, every, isClash, number, numberOrNull, one, type Row, text, textOrNull, type Write, write } from './db.ts';
import { fail } from '../../workflows/rules/assert-never.ts';
import {
  ANSWER_LETTER,
  EXPIRING_LETTERS,
  LETTER_KINDS,
  LETTER_RANKS,
  type LetterEnd,
  type LetterKind,
} from '../../workflows/rules/letter.ts';
import { newId } from './ids.ts';

export interface Letter {
  readonly id: string;
  readonly queuedAt: number;
  readonly sentAt: number | null;
  readonly providerId: string | null;
  /** Where this letter goes, though the visit may have another address since. */
  readonly email: string;
  /** How often it was queued again for another address. */
  readonly again: number;
}

export interface LetterName {
  readonly consultationId: string;
  readonly kind: LetterKind;
  readonly scheduleVersion: number;
  /** What it is about, when that is not the consultation itself: a claim's id, with a number behind it where a kind may come more than once. */
  readonly subject?: string | undefined;
}

/** The letter's row, inserted when it is new. Its id is the idempotency key at the mail provider. */
export async function queueLetter(db: Database, name: LetterName, email: string, now: number): Promise<Letter> {
  try {
    await write(db, [
      {
        sql: `INSERT INTO letter (id, consultation_id, kind, schedule_version, email, queued_at, state_at, subject)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)`,
        args: [newId(), name.consultationId, name.kind, name.scheduleVersion, email, now, name.subject ?? ''],
      },
    ]);
  } catch (error) {
    if (!isClash(error)) throw error;
  }
  const letter = await askOne(db, {
    sql: `SELECT id, queued_at, sent_at, provider_id, email, again FROM letter
      WHERE consultation_id = ?1 AND kind = ?2 AND schedule_version = ?3 AND subject = ?4`,
    args: [name.consultationId, name.kind, name.scheduleVersion, name.subject ?? ''],
    take: one(letterOf),
  });
  if (!letter) throw new Error('A letter was queued and is gone.');
  return letter;
}

const letterOf = (row: Row): Letter => ({
  id: text(row, 'id'),
  queuedAt: number(row, 'queued_at'),
  sentAt: numberOrNull(row, 'sent_at'),
  providerId: textOrNull(row, 'provider_id'),
  email: text(row, 'email'),
  again: number(row, 'again'),
});

/** SQL: the rank of the state in a column. */
const rankOf = (column: string): string =>
  `CASE ${column} ${Object.entries(LETTER_RANKS)
    .map(([state, rank]) => `WHEN '${state}' THEN ${rank}`)
    .join(' ')} END`;

// Applies the webhooks that were kept for a letter: the one with the furthest state, if it is further than the letter's.
const FURTHEST = `FROM mail_notice n WHERE n.provider_id = letter.provider_id AND n.state IS NOT NULL ORDER BY ${rankOf('n.state')} DESC, n.at DESC LIMIT 1`;
const APPLIES = `UPDATE letter SET (state, why, state_at) = (SELECT n.state, n.why, n.at ${FURTHEST})
  WHERE ${rankOf('state')} < (SELECT ${rankOf('n.state')} ${FURTHEST})`;

/** `providerId` is null when the provider's response was lost; then no delivery report can be matched to the letter. */
export async function letterSent(db: Database, id: string, providerId: string | null, now: number): Promise<void> {
  await write(db, [
    {
      sql: `UPDATE letter SET sent_at = coalesce(sent_at, ?3), provider_id = coalesce(provider_id, ?2), why = NULL,
        state_at = CASE WHEN sent_at IS NULL THEN ?3 ELSE state_at END, state = CASE WHEN sent_at IS NULL THEN 'sent' ELSE state END WHERE id = ?1`,
      args: [id, providerId, now],
    },
    { sql: `${APPLIES} AND id = ?1`, args: [id] },
  ]);
}

/** Records that a letter ends without being sent. A letter that was sent, or of which there is no row, is not changed. */
export async function letterEnded(db: Database, name: LetterName, why: LetterEnd, now: number): Promise<void> {
  await write(db, [
    {
      sql: `UPDATE letter SET state = 'failed', why = ?4, state_at = ?5
        WHERE consultation_id = ?1 AND kind = ?2 AND schedule_version = ?3 AND subject = ?6 AND state = 'queued'`,
      args: [name.consultationId, name.kind, name.scheduleVersion, why, now, name.subject ?? ''],
    },
  ]);
}

// The workflow gives a letter up after REMINDER_PATIENCE_MS; the rest is a margin for its last attempt.
const TOO_LATE_MS = REMINDER_PATIENCE_MS + 60_000;

/** Ends the letters that are not sent late and were given up, so that no page says «being sent» for ever. The cron calls this. */
export async function endLateLetters(db: Database, now: number): Promise<void> {
  await write(db, [
    {
      sql: `UPDATE letter SET state = 'failed', why = 'tooLate', state_at = ?1
        WHERE state = 'queued' AND queued_at < ?2 AND kind IN (SELECT value FROM json_each(?3))`,
      args: [now, now - TOO_LATE_MS, JSON.stringify(EXPIRING_LETTERS)],
    },
  ]);
}

/** Waits longer than the workflow needs to repeat a letter by itself, ms. */
const UNSENT_MS = 10 * 60_000;

/**
 * Takes letters that have waited for long, and that are sent late too: their workflow may be gone. Nobody takes the same one again for
 * UNSENT_MS, so that letters that fail each time keep no others waiting.
 */
export const takeUnsent = (db: Database, now: number): Promise<LetterName[]> =>
  askOne(db, {
    sql: `UPDATE letter SET state_at = ?1 WHERE id IN (
        SELECT t.id FROM letter t WHERE t.state = 'queued' AND t.queued_at < ?1 - ${UNSENT_MS} AND t.state_at < ?1 - ${UNSENT_MS}
          AND t.kind NOT IN (SELECT value FROM json_each(?2)) ORDER BY t.state_at LIMIT 20)
      RETURNING consultation_id, kind, schedule_version, subject`,
    args: [now, JSON.stringify([...EXPIRING_LETTERS, ANSWER_LETTER])],
    take: every(letterNameOf),
  });

export const letterNameOf = (row: Row): LetterName => ({
  consultationId: text(row, 'consultation_id'),
  kind: LETTER_KINDS.find(kind => kind === row['kind']) ?? fail(`A letter of the kind ${row['kind']}.`),
  scheduleVersion: number(row, 'schedule_version'),
  subject: text(row, 'subject') || undefined,
});

/** What a mail server wrote back about our letter, which it names by its message id. Like a webhook of the provider, it only moves the letter on. */
export const letterCameBack = (messageIds: readonly string[], state: 'bounced' | 'delayed', now: number): Write => ({
  sql: `UPDATE letter SET state = ?2, state_at = ?3 WHERE message_id IN (SELECT value FROM json_each(?1)) AND ${rankOf('state')} < ?4`,
  args: [JSON.stringify(messageIds), state, now, LETTER_RANKS[state]],
});

const NAMED_WITHIN_MS = 86_400_000;

/** Letters about a claim that were sent within a day and whose Message-ID nobody has told: their ids at the provider. */
export const unnamedLetters = (db: Database, now: number): Promise<{ id: string; providerId: string }[]> =>
  askOne(db, {
    sql: `SELECT id, provider_id FROM letter WHERE message_id IS NULL AND provider_id IS NOT NULL AND subject <> '' AND sent_at > ?1 - ${NAMED_WITHIN_MS}
      ORDER BY sent_at LIMIT 20`,
    args: [now],
    take: every(row => ({ id: text(row, 'id'), providerId: text(row, 'provider_id') })),
  });

/** What an answer to the letter will name it by. */
export async function nameLetter(db: Database, id: string, messageId: string): Promise<void> {
  await write(db, [{ sql: 'UPDATE letter SET message_id = ?2 WHERE id = ?1 AND message_id IS NULL', args: [id, messageId] }]);
}

/** Keeps a webhook, once, and applies what it says to its letter. A webhook about something else is kept and changes nothing. */
export async function letterReported(db: Database, notice: MailNotice, now: number): Promise<void> {
  const { id, type, providerId, messageId = null, delivery, at } = notice;
  await write(db, [
    {
      sql: 'INSERT OR IGNORE INTO mail_notice (id, type, provider_id, received_at, state, why, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)',
      args: [id, type, providerId, now, delivery?.state ?? null, delivery?.why ?? null, at],
    },
    { sql: `${APPLIES} AND provider_id = ?1`, args: [providerId] },
    // An answer to the letter names it by this id.
    {
      sql: 'UPDATE letter SET message_id = ?2 WHERE provider_id = ?1 AND message_id IS NULL AND ?2 IS NOT NULL',
      args: [providerId, messageId],
    },
  ]);
}
