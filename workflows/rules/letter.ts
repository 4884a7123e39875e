// Letters: every kind there is, and what became of one. worker/letters/letters.ts says when each is wanted, views/letters its words.
import type { ReminderKind } from './reminder.ts';

export interface LetterTrace {
  readonly kind: string;
  readonly queuedAt: number;
  readonly sentAt: number | null;
  readonly state: 'queued' | 'sent' | 'delivered' | 'delayed' | 'bounced' | 'complained' | 'failed';
  readonly stateAt: number;
  readonly to: string;
}

export type LetterKind =
  | 'booked'
  | 'paid'
  | 'lapsed'
  | 'returned'
  | 'cancelled'
  | 'rescheduled'
  | 'doctorLate'
  | 'unsigned'
  | ProtocolLetter
  | ReminderKind;

/** Counted by the protocol's version instead of the schedule's. */
export type ProtocolLetter = 'protocolReady' | 'protocolAmended';
