// Messages to Temporal, written in the same batch as the fact that they report. A line is taken before it is sent, and sent in order per
// consultation until the gateway accepts it. A line that the gateway refuses again and again becomes a dead letter, which the desk and
// /readyz show. worker/outbox.ts delivers the lines.
import type { OutboxMessage, PlainSignal } from '../../workflows/messages.ts';
import { askOne, type Database, every, number, one, type Read, text, type Write, write } from './db.ts';

/**
 * A row for the outbox. The message id is built from domain words, so the same message twice is one row. `onlyIf` is a condition on earlier
 * writes of the same batch, with the consultation as ?1: without it, a row for something that did not happen would later block the true
 * one.
 */
export const tells = (consultationId: string, messageId: string, message: OutboxMessage, now: number, onlyIf = 'TRUE'): Write => ({
  sql: `INSERT OR IGNORE INTO outbox (consultation_id, message_id, body, created_at, next_at) SELECT ?1, ?2, ?3, ?4, ?4 WHERE ${onlyIf}`,
  args: [consultationId, messageId, JSON.stringify(message), now],
});

/** A row that asks the consultation's workflow to read the facts again. */
export const signals = (consultationId: string, name: PlainSignal, messageId: string, now: number, onlyIf?: string): Write =>
  tells(consultationId, messageId, { kind: 'signal', name, consultationId, told: { messageId } }, now, onlyIf);

/** SQL: the line is neither delivered nor dead. */
const isWaiting = (line: string): string => `${line}.delivered_at IS NULL AND ${line}.dead_at IS NULL`;

/** A side's coming and going is told at most once in this time, ms: each signal costs the workflow's history about ten events. */
export const PRESENCE_PACE_MS = 30_000;

/**
 * A row that tells of the coming or going in an attendance, under the message id `<what>:<attendanceId>`. A line of the same side that still
 * waits reports this change too, because the workflow reads the facts after it was delivered; so no second one is written then. Otherwise
 * the line waits for its pace. `onlyIf` is a condition on the attendance `a` as earlier writes of the same batch have left it.
 */
export function tellsPresence(
  consultationId: string,
  what: 'entered' | 'joined' | 'left',
  attendanceId: string,
  now: number,
  onlyIf = 'TRUE',
): Write {
  const messageId = `${what}:${attendanceId}`;
  const message: OutboxMessage = { kind: 'signal', name: what === 'left' ? 'left' : 'entered', consultationId, told: { messageId } };
  return {
    sql: `INSERT OR IGNORE INTO outbox (consultation_id, message_id, body, created_at, next_at, side)
      SELECT ?1, ?2, ?3, ?4, max(?4, coalesce((SELECT max(coalesce(o.delivered_at, o.next_at)) + ${PRESENCE_PACE_MS} FROM outbox o
          WHERE o.consultation_id = ?1 AND o.side = a.role AND o.dead_at IS NULL), 0)), a.role
      FROM attendance a WHERE a.id = ?5 AND ${onlyIf} AND NOT EXISTS (SELECT 1 FROM outbox w WHERE w.consultation_id = ?1 AND w.side = a.role
        AND ${isWaiting('w')} AND w.taken_by IS NULL)`,
    args: [consultationId, messageId, JSON.stringify(message), now, attendanceId],
  };
}

export interface OutboxLine {
  readonly id: number;
  readonly body: string;
  /** How often the line was taken, this time included. */
  readonly tries: number;
  readonly refusals: number;
}

/** Longer than one request to the host takes (DEADLINE_MS in worker/outbox.ts) with the writes around it, ms. */
export const LEASE_MS = 15_000;

// An older line holds back a younger one, so that a workflow is started before it is signalled. A line of presence that waits for its pace
// and was never sent holds back nobody.
const IS_FIRST = `NOT EXISTS (SELECT 1 FROM outbox e WHERE e.consultation_id = o.consultation_id AND ${isWaiting('e')}
  AND e.id < o.id AND NOT (e.side IS NOT NULL AND e.tries = 0 AND e.next_at > ?1))`;

/**
 * Takes rows that are due, at most one per consultation, for the loop `taker`. No other loop gets them before the lease ends. Lines that
 * failed before come last, so that they cannot keep a good line waiting.
 */
export const takeLines = (db: Database, taker: string, now: number, consultationId: string | null = null): Promise<OutboxLine[]> =>
  askOne(db, {
    sql: `UPDATE outbox SET taken_by = ?3, next_at = ?1 + ${LEASE_MS}, tries = tries + 1 WHERE id IN (
        SELECT o.id FROM outbox o WHERE ${isWaiting('o')} AND o.next_at <= ?1
          AND (?2 IS NULL OR o.consultation_id = ?2) AND ${IS_FIRST}
        ORDER BY o.tries, o.id LIMIT 50)
      RETURNING id, body, tries, refusals`,
    args: [now, consultationId, taker],
    take: every(row => ({
      id: number(row, 'id'),
      body: text(row, 'body'),
      tries: number(row, 'tries'),
      refusals: number(row, 'refusals'),
    })),
  });

/** What the host said to a line. `refused` is the gateway's own refusal, `unheard` everything else, for example no answer. */
export type Heard = { readonly kind: 'heard' } | { readonly kind: 'unheard' } | { readonly kind: 'refused'; readonly why: string };

/**
 * With this many refusals a line is dead. The pauses before the last one add up to a quarter of an hour, which a deploy in which the Worker
 * is newer than the host does not last.
 */
export const REFUSALS = 20;

/** Records the host's answer. Only a heard line is settled by a loop whose lease is over. */
export function settled(line: OutboxLine, heard: Heard, taker: string, now: number): Write {
  if (heard.kind === 'heard')
    return { sql: 'UPDATE outbox SET delivered_at = ?2, dead_at = NULL WHERE id = ?1 AND delivered_at IS NULL', args: [line.id, now] };
  // The pause between tries doubles from 1 s to 60 s; the cron runs every minute anyway.
  const again = now + Math.min(60_000, 1000 * 2 ** Math.min(line.tries - 1, 6));
  const refusals = line.refusals + (heard.kind === 'refused' ? 1 : 0);
  return {
    sql: `UPDATE outbox SET taken_by = NULL, next_at = ?3, refusals = ?4, why = coalesce(?5, why), dead_at = ?6
      WHERE id = ?1 AND taken_by = ?2 AND ${isWaiting('outbox')}`,
    args: [line.id, taker, again, refusals, heard.kind === 'refused' ? heard.why : null, refusals >= REFUSALS ? now : null],
  };
}

export const settleLines = (db: Database, writes: readonly Write[]): Promise<number[]> => write(db, writes);

/** How many lines are dead, for /readyz. */
export const deadCountRead = (): Read<number> => ({
  sql: 'SELECT count(*) AS n FROM outbox WHERE dead_at IS NOT NULL',
  args: [],
  take: rows => one(row => number(row, 'n'))(rows) ?? 0,
});
