// Letters: one per consultation, kind and schedule version, stored before it is sent, with what the mail provider has reported since.
// Called by worker/letters/send.ts and worker/routes/machines/notices.ts.
import type { DeliveryState } from '../providers/mail/port.ts';
import { askOne, type Database, isClash, number, numberOrNull, one, type Row, text, textOrNull, write } from './db.ts';
import type { LetterKind } from '../../workflows/rules/letter.ts';
import { newId } from './ids.ts';

export interface Letter {
  readonly id: string;
  readonly queuedAt: number;
  readonly sentAt: number | null;
  readonly providerId: string | null;
}

export interface LetterName {
  readonly consultationId: string;
  readonly kind: LetterKind;
  readonly scheduleVersion: number;
}

/** The letter's row, inserted when it is new. Its id is the idempotency key at the mail provider. */
export async function queueLetter(db: Database, name: LetterName, email: string, now: number): Promise<Letter> {
  try {
    await write(db, [
      {
        sql: 'INSERT INTO letter (id, consultation_id, kind, schedule_version, email, queued_at, state_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)',
        args: [newId(), name.consultationId, name.kind, name.scheduleVersion, email, now],
      },
    ]);
  } catch (error) {
    if (!isClash(error)) throw error;
  }
  const letter = await askOne(db, {
    sql: 'SELECT id, queued_at, sent_at, provider_id FROM letter WHERE consultation_id = ?1 AND kind = ?2 AND schedule_version = ?3',
    args: [name.consultationId, name.kind, name.scheduleVersion],
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
});

/** `providerId` is null when the provider's response was lost; then no delivery report can be matched to the letter. */
export async function letterSent(db: Database, id: string, providerId: string | null, now: number): Promise<void> {
  await write(db, [
    {
      sql: "UPDATE letter SET sent_at = coalesce(sent_at, ?3), provider_id = coalesce(?2, provider_id), state = CASE WHEN state = 'queued' THEN 'sent' ELSE state END, state_at = ?3 WHERE id = ?1",
      args: [id, providerId, now],
    },
  ]);
}

// A webhook may come twice or out of order, so a state only moves forward and a final one stays.
const RANK: Record<DeliveryState, number> = { sent: 1, delayed: 2, delivered: 3, failed: 4, bounced: 4, complained: 5 };
const RANK_SQL = `CASE state WHEN 'queued' THEN 0 WHEN 'sent' THEN 1 WHEN 'delayed' THEN 2 WHEN 'delivered' THEN 3 WHEN 'complained' THEN 5 ELSE 4 END`;

export async function letterReported(db: Database, providerId: string, state: DeliveryState, at: number): Promise<void> {
  await write(db, [
    {
      sql: `UPDATE letter SET state = ?2, state_at = ?3 WHERE provider_id = ?1 AND ${RANK_SQL} < ?4`,
      args: [providerId, state, at, RANK[state]],
    },
  ]);
}
