// Messages to Temporal, written in the same batch as the fact that they report, and delivered in order per consultation until the gateway
// accepts them. worker/outbox.ts delivers them.
import type { OutboxMessage, PlainSignal } from '../../workflows/messages.ts';
import { askOne, type Database, every, number, text, type Write, write } from './db.ts';

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

export interface OutboxLine {
  readonly id: number;
  readonly consultationId: string;
  readonly body: string;
  readonly tries: number;
}

/** Rows that are due, at most one per consultation: the oldest undelivered one, so that the order is kept. */
export const dueLines = (db: Database, now: number, consultationId: string | null = null): Promise<OutboxLine[]> =>
  askOne(db, {
    sql: `SELECT o.* FROM outbox o WHERE o.delivered_at IS NULL AND o.next_at <= ?1 AND (?2 IS NULL OR o.consultation_id = ?2)
        AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.consultation_id = o.consultation_id AND e.delivered_at IS NULL AND e.id < o.id)
      ORDER BY o.id LIMIT 50`,
    args: [now, consultationId],
    take: every(row => ({
      id: number(row, 'id'),
      consultationId: text(row, 'consultation_id'),
      body: text(row, 'body'),
      tries: number(row, 'tries'),
    })),
  });

export const delivered = (line: OutboxLine, now: number): Write => ({
  sql: 'UPDATE outbox SET delivered_at = ?2 WHERE id = ?1',
  args: [line.id, now],
});

// The pause between tries doubles from 1 s to 60 s; the cron runs every minute anyway.
export const postponed = (line: OutboxLine, now: number): Write => ({
  sql: 'UPDATE outbox SET tries = tries + 1, next_at = ?2 WHERE id = ?1',
  args: [line.id, now + Math.min(60_000, 1000 * 2 ** Math.min(line.tries, 6))],
});

export const settleLines = (db: Database, writes: readonly Write[]): Promise<number[]> => write(db, writes);
