// Refund claims for who looks after them: how one stands, what is due, when it is looked after again. Called by worker/claims/.
import type { ClaimAlarm } from '../../workflows/rules/claim-moments.ts';
import type { ClaimFacts } from '../../workflows/rules/claim-state.ts';
import { CLAIM_VIAS, type ClaimVia } from '../../workflows/rules/claim.ts';
import type { ClaimInput } from '../../workflows/messages.ts';
import { fail } from '../../workflows/rules/assert-never.ts';
import { LETTER_KINDS, type LetterKind } from '../../workflows/rules/letter.ts';
import { attendanceRead } from './attendance.ts';
import { auditedIfChanged } from './audit.ts';
import { faultsRead } from './call-passport.ts';
import { CLAIM_COLUMNS, CLAIM_JOINS, claimFactsOf } from './claim-facts.ts';
import { letterRow } from './claim-forms.ts';
import { clinicSettingsRead } from './clinic-settings.ts';
import { consultationOf, selectsConsultations } from './consultations.ts';
import { askOne, type Database, every, number, one, type Read, text, type Write, write } from './db.ts';
import type { Which } from './which.ts';

export interface CaredClaim {
  readonly id: string;
  readonly number: string;
  readonly token: string;
  readonly consultationId: string;
  readonly via: ClaimVia;
  /** Grows with everything that happens to it. */
  readonly version: number;
  readonly facts: ClaimFacts;
}

/** The claim for who looks after it; null when there is none. */
export const caredClaimRead = (id: string): Read<CaredClaim | null> => ({
  sql: `SELECT ${CLAIM_COLUMNS}, f.via FROM refund_claim m ${CLAIM_JOINS} WHERE m.id = ?1`,
  args: [id],
  take: one(row => ({
    id: text(row, 'id'),
    number: text(row, 'number'),
    token: text(row, 'token'),
    consultationId: text(row, 'consultation_id'),
    via: CLAIM_VIAS.find(via => via === row.via) ?? 'account',
    version: number(row, 'claim_version'),
    facts: claimFactsOf(row),
  })),
});

/** Everything that decides what is due for a claim, in one batch. */
export function caredClaimReads(id: string, now: number) {
  const of: Which = { with: '', id: '(SELECT w.consultation_id FROM refund_claim w WHERE w.id = ?1)', args: [id] };
  return {
    claim: caredClaimRead(id),
    consultation: { sql: selectsConsultations(`c.id = ${of.id}`), args: of.args, take: one(consultationOf) },
    attendances: attendanceRead(of),
    faults: faultsRead(of),
    settings: clinicSettingsRead(now),
  };
}

export interface ClaimLetter {
  readonly kind: LetterKind;
  /** The claim's id, with a number behind it where a kind may come more than once. */
  readonly subject: string;
}

/** Letters about the claim that have a row and were not sent. */
export const unsentClaimLettersRead = (id: string): Read<ClaimLetter[]> => ({
  sql: `SELECT t.kind, t.subject FROM letter t JOIN refund_claim m ON m.consultation_id = t.consultation_id
    WHERE m.id = ?1 AND t.state = 'queued' AND (t.subject = ?1 OR t.subject LIKE ?1 || ':%') ORDER BY t.queued_at, t.id`,
  args: [id],
  take: every(row => ({
    kind: LETTER_KINDS.find(kind => kind === row.kind) ?? fail(`A letter of the kind ${row.kind}.`),
    subject: text(row, 'subject'),
  })),
});

export interface Cared {
  readonly letters: readonly ClaimLetter[];
  readonly alarms: readonly ClaimAlarm[];
  /** When it is looked after again; null when nothing is left to do. */
  readonly nextAt: number | null;
}

/** Writes down what is due for a claim as it was read: letters and alarms once each, and the next look, unless something has happened since. */
export async function careFor(db: Database, claim: CaredClaim, due: Cared, now: number): Promise<void> {
  await write(db, [
    ...due.letters.map(({ kind, subject }) => letterRow(claim.consultationId, kind, subject, now)),
    ...due.alarms.flatMap(kind => alarm(claim.id, kind, now)),
    {
      sql: 'UPDATE refund_claim SET next_at = ?3, over_at = ?4 WHERE id = ?1 AND version = ?2',
      args: [claim.id, claim.version, due.nextAt ?? now, due.nextAt === null ? now : null],
    },
  ]);
}

const alarm = (claimId: string, kind: ClaimAlarm, now: number): Write[] => [
  { sql: 'INSERT OR IGNORE INTO claim_alarm (claim_id, kind, at) VALUES (?1, ?2, ?3)', args: [claimId, kind, now] },
  auditedIfChanged({ now, personId: null, sessionId: null, act: 'claim.alarm', kind: 'claim', id: claimId, detail: kind }),
];

/** Nobody else takes a claim for this long, ms. */
const LEASE_MS = 60_000;

/** Takes claims whose next look has come, at most 20, those that have waited longest first. The cron calls this. */
export const takeClaims = (db: Database, now: number): Promise<Omit<ClaimInput, 'resumedAt'>[]> =>
  askOne(db, {
    sql: `UPDATE refund_claim SET next_at = ?1 + ${LEASE_MS} WHERE id IN (
        SELECT m.id FROM refund_claim m WHERE m.over_at IS NULL AND m.next_at <= ?1 ORDER BY m.next_at LIMIT 20)
      RETURNING id, consultation_id, demanded_at, due_at`,
    args: [now],
    take: every(row => ({
      claimId: text(row, 'id'),
      consultationId: text(row, 'consultation_id'),
      demandedAt: number(row, 'demanded_at'),
      dueAt: number(row, 'due_at'),
    })),
  });
