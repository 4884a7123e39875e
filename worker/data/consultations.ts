// Reads a Consultation with everything that pages and letters show. A patient reads their own; the system reads any one by id.
import { fail } from '../../workflows/rules/assert-never.ts';
import type { Side } from '../../workflows/rules/admission.ts';
import { LONGEST_VISIT_MS } from '../../workflows/rules/interval.ts';
import { type Facts, GRACE_MS, UPCOMING_TAIL_MS } from '../../workflows/rules/status.ts';
import { every, number, numberOrNull, one, type Read, type Row, text, textOrNull } from './db.ts';
import { AS_ASKER, type Asker, asArgs, IS_DOCTOR, IS_PATIENT } from './asker.ts';
import { outcomeOf } from './conclusions.ts';
import { DOCTOR_COLUMNS, DOCTOR_JOINS, doctorOf } from './doctors.ts';
import type { PatientName } from '../../workflows/rules/person.ts';
import {
  ANSWER_LETTER,
  DOCTORS_LETTERS,
  LETTER_ENDS,
  LETTER_KINDS,
  LETTER_STATES,
  type LetterTrace,
} from '../../workflows/rules/letter.ts';
import type { PaymentTrace } from '../../workflows/rules/payment.ts';
import { REFUND_REASONS, type RefundTrace } from '../../workflows/rules/refund.ts';
import { IS_LIVE_REFUND, IS_OPEN_REFUND, IS_REFUSED_REFUND, STUCK } from './refunds.ts';
import type { CancelReason, Consultation } from '../../workflows/rules/consultation.ts';

// Only rows for the current time of the visit; rows from before a move are history.
const NOW_SCHEDULED = (row: string) => `${row}.consultation_id = c.id AND ${row}.schedule_version = c.schedule_version`;

const FIRST_ENTRY = (role: Side) => `(SELECT min(a.entered_at) FROM attendance a WHERE ${NOW_SCHEDULED('a')} AND a.role = '${role}')`;

/** SQL: the doctor's last arrival; a stay that ended before the start does not count. */
const CAME_AT = '(SELECT max(d.at) FROM doctor_came d WHERE d.consultation_id = c.id)';

/** SQL: who is in the room now. */
export const PRESENT: Part = {
  columns: `(SELECT group_concat(a.role) FROM attendance a WHERE ${NOW_SCHEDULED('a')} AND a.left_at IS NULL) AS present`,
};

/** SQL: the first instant with both in the call. */
export const MET_AT = `(SELECT min(m.at) FROM met m WHERE ${NOW_SCHEDULED('m')})`;

/** Additional columns for a statement about consultations, and the table that they need. */
export interface Part {
  readonly columns: string;
  readonly join?: string;
}

const COLUMNS = `c.id, c.patient_id, c.starts_at, c.ends_at, c.price_minor, c.email, c.lang, c.zone, c.schedule_version, c.created_at, ${DOCTOR_COLUMNS},
    h.expires_at, h.firm_at, l.at AS lapsed_at, x.at AS cancelled_at, x.by AS cancelled_by, x.reason AS cancel_reason, n.at AS concluded_at, n.outcome,
    ${FIRST_ENTRY('patient')} AS entered_at, ${FIRST_ENTRY('doctor')} AS doctor_entered_at, ${CAME_AT} AS doctor_came_at, ${MET_AT} AS started_at,
    late.minutes AS late_minutes, late.at AS late_at, t.free_hours, t.kept_percent,
    EXISTS (SELECT 1 FROM visit_confirmation v WHERE ${NOW_SCHEDULED('v')}) AS confirmed,
    EXISTS (SELECT 1 FROM delay_choice w WHERE ${NOW_SCHEDULED('w')} AND w.choice = 'wait') AS has_waited,
    CASE WHEN c.schedule_version > 1 THEN (SELECT count(*) FROM reschedule m WHERE m.consultation_id = c.id AND m.by = 'patient' AND m.reason = 'asked') ELSE 0 END AS moves,
    CASE WHEN c.schedule_version > 1 THEN (SELECT m.from_start_at FROM reschedule m WHERE ${NOW_SCHEDULED('m')}) END AS moved_from,
    (SELECT min(o.published_at) FROM protocol o WHERE o.consultation_id = c.id) AS published_at,
    (SELECT coalesce(sum(p.amount_minor), 0) FROM payment p WHERE p.consultation_id = c.id AND p.succeeded_at IS NOT NULL) AS taken,
    (SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.consultation_id = c.id AND ${IS_LIVE_REFUND('r')}) AS returning_minor,
    ${STUCK} AS refused_minor,
    (SELECT coalesce(sum(r.amount_minor), 0) FROM refund r WHERE r.consultation_id = c.id AND r.settled_at IS NOT NULL) AS returned,
    (SELECT count(*) FROM refund r WHERE r.consultation_id = c.id AND ${IS_OPEN_REFUND('r')}) AS open_refunds,
    (SELECT count(*) FROM payment p WHERE p.consultation_id = c.id AND p.provider_id IS NOT NULL AND p.succeeded_at IS NULL AND p.cancelled_at IS NULL) AS open_payments,
    (SELECT p.cancel_reason FROM payment p WHERE p.consultation_id = c.id ORDER BY p.attempt DESC LIMIT 1) AS refused_reason`;

/** SQL: a consultation with the facts that end it, one row each. */
const FACTS = `consultation c JOIN hold h ON h.consultation_id = c.id
    LEFT JOIN lapse l ON l.consultation_id = c.id LEFT JOIN cancellation x ON x.consultation_id = c.id
    LEFT JOIN conclusion n ON n.consultation_id = c.id`;

const TABLES = `${FACTS}
    JOIN terms t ON t.consultation_id = c.id
    LEFT JOIN lateness late ON late.id = (SELECT o.id FROM lateness o WHERE ${NOW_SCHEDULED('o')} ORDER BY o.at DESC, o.id DESC LIMIT 1)
    JOIN doctor d ON d.id = c.doctor_id ${DOCTOR_JOINS}`;

/** SQL: consultations `c` as `consultationOf` reads them, with the parts added. `where` says which ones and for whom. */
export const selectsConsultations = (where: string, ...parts: readonly Part[]): string =>
  `SELECT ${[COLUMNS, ...parts.map(part => part.columns)].join(', ')} FROM ${[TABLES, ...parts.map(part => part.join ?? '')].join(' ')} WHERE ${where}`;

/** The patient's name, for participants and staff; `patientOf` reads it. */
export const PATIENT: Part = { columns: 'pt.family_name, pt.given_name, pt.birth_date', join: 'JOIN person pt ON pt.id = c.patient_id' };

/** One of the asker's own consultations as a patient; null for anybody else. */
export const ownConsultationRead = (asker: Asker, id: string): Read<Consultation | null> => ({
  sql: `${AS_ASKER} ${selectsConsultations(`c.id = ?3 AND ${IS_PATIENT}`)}`,
  args: [...asArgs(asker), id],
  take: one(consultationOf),
});

/** Any consultation, for the system: activities, notices and letters. */
export const consultationRead = (id: string): Read<Consultation | null> => ({
  sql: selectsConsultations('c.id = ?1'),
  args: [id],
  take: one(consultationOf),
});

// Wide enough for every upcoming consultation: all that ended or were booked within the last day, and later ones.
const RECENT_MS = 86_400_000;

/** The asker's consultations that may be upcoming; `isUpcoming` decides which are. */
export const recentConsultationsRead = (asker: Asker): Read<Consultation[]> => ({
  sql: `${AS_ASKER} ${selectsConsultations(`${IS_PATIENT} AND c.starts_at > ?3 - ${LONGEST_VISIT_MS} AND c.ends_at > ?3`)} ORDER BY c.starts_at`,
  args: [...asArgs(asker), asker.now - RECENT_MS],
  take: every(consultationOf),
});

export const HISTORY_PAGE = 20;

// History: lapsed, cancelled, concluded, an unpaid hold after its grace period, or a paid visit more than 12 hours past its end.
const IS_PAST = `(x.at IS NOT NULL OR n.at IS NOT NULL OR (h.firm_at IS NULL AND (l.at IS NOT NULL OR h.expires_at + ${GRACE_MS} <= ?2))
  OR (h.firm_at IS NOT NULL AND c.ends_at + ${UPCOMING_TAIL_MS} <= ?2))`;

export interface PastConsultations {
  /** One more than a page, to know whether there is a next page. */
  readonly consultations: readonly Consultation[];
  /** How many past ones there are, and how many of them stand on the pages before this one; 0 when this page has none. */
  readonly all: number;
  readonly earlier: number;
}

/** The asker's past consultations, latest booking first, after the id `before`. Only those of the page are read in full. */
export const pastConsultationsRead = (asker: Asker, before: string): Read<PastConsultations> => ({
  sql: `${AS_ASKER}, past AS MATERIALIZED (SELECT c.id FROM ${FACTS} WHERE ${IS_PATIENT} AND ${IS_PAST}),
    page AS MATERIALIZED (SELECT id FROM past WHERE ?3 = '' OR id < ?3 ORDER BY id DESC LIMIT ${HISTORY_PAGE + 1})
    ${selectsConsultations('c.id IN (SELECT id FROM page)', PAST_COUNTS)} ORDER BY c.id DESC`,
  args: [...asArgs(asker), before],
  take: rows => ({
    consultations: rows.map(consultationOf),
    all: Number(rows[0]?.['past_all'] ?? 0),
    earlier: Number(rows[0]?.['past_earlier'] ?? 0),
  }),
});

const PAST_COUNTS: Part = {
  columns: "(SELECT count(*) FROM past) AS past_all, (SELECT count(*) FROM past WHERE ?3 <> '' AND id >= ?3) AS past_earlier",
};

/** The consultation of a room pass, for the calls proxy, which has no session. */
export const passConsultationRead = (passHash: string): Read<Consultation | null> => ({
  sql: selectsConsultations('c.id = (SELECT rp.consultation_id FROM room_pass rp WHERE rp.hash = ?1)'),
  args: [passHash],
  take: one(consultationOf),
});

export const lettersRead = (asker: Asker, id: string): Read<LetterTrace[]> => ({
  sql: `${AS_ASKER} SELECT t.* FROM letter t JOIN consultation c ON c.id = t.consultation_id
    WHERE c.id = ?3 AND ${IS_PATIENT} AND t.kind NOT IN (SELECT value FROM json_each(?4)) ORDER BY t.queued_at`,
  args: [...asArgs(asker), id, JSON.stringify([...DOCTORS_LETTERS, ANSWER_LETTER])],
  take: every(letterOf),
});

export const paymentsRead = (asker: Asker, id: string): Read<PaymentTrace[]> => ({
  sql: `${AS_ASKER} SELECT p.* FROM payment p JOIN consultation c ON c.id = p.consultation_id WHERE c.id = ?3 AND ${IS_PATIENT} ORDER BY p.attempt`,
  args: [...asArgs(asker), id],
  take: every(paymentOf),
});

export const refundsRead = (asker: Asker, id: string): Read<RefundTrace[]> => ({
  sql: `${AS_ASKER} SELECT r.*, ${IS_REFUSED_REFUND('r')} AS is_stuck FROM refund r JOIN consultation c ON c.id = r.consultation_id
    WHERE c.id = ?3 AND ${IS_PATIENT} AND r.refuse_reason IS NOT 'returned_elsewhere' ORDER BY r.asked_at`,
  args: [...asArgs(asker), id],
  take: every(refundOf),
});

export interface DeskEntry {
  readonly consultation: Consultation;
  readonly patient: PatientName;
  /** Since when the patient has been in the room, ms; null when they are not there. */
  readonly presentSince: number | null;
}

const PRESENT_SINCE: Part = {
  columns: `(SELECT a.entered_at FROM attendance a WHERE ${NOW_SCHEDULED('a')} AND a.role = 'patient' AND a.left_at IS NULL) AS present_since`,
};

/**
 * SQL: a consultation that overlaps the span from ?3 to ?4. No visit lasts a day, so the first condition limits the index scan to one day
 * before the span.
 */
export const TOUCHES = `c.starts_at > ?3 - ${LONGEST_VISIT_MS} AND c.starts_at < ?4 AND c.ends_at > ?3`;

/** The asking doctor's consultations that overlap a span, ms. */
export const deskRead = (asker: Asker, from: number, to: number): Read<DeskEntry[]> => ({
  sql: `${AS_ASKER} ${selectsConsultations(`${IS_DOCTOR} AND ${TOUCHES}`, PATIENT, PRESENT_SINCE)} ORDER BY c.starts_at`,
  args: [...asArgs(asker), from, to],
  take: every(row => ({ consultation: consultationOf(row), patient: patientOf(row), presentSince: numberOrNull(row, 'present_since') })),
});

export const patientOf = (row: Row): PatientName => ({
  familyName: text(row, 'family_name'),
  givenName: text(row, 'given_name'),
  birthDate: textOrNull(row, 'birth_date'),
});

export function consultationOf(row: Row): Consultation {
  const openPayments = number(row, 'open_payments');
  return {
    id: text(row, 'id'),
    patientId: text(row, 'patient_id'),
    doctor: doctorOf(row),
    facts: factsOf(row),
    createdAt: number(row, 'created_at'),
    email: text(row, 'email'),
    lang: text(row, 'lang') === 'en' ? 'en' : 'ru',
    zone: textOrNull(row, 'zone'),
    scheduleVersion: number(row, 'schedule_version'),
    policy: { freeHours: number(row, 'free_hours'), keptPercent: number(row, 'kept_percent') },
    isConfirmed: number(row, 'confirmed') === 1,
    refusedReason: textOrNull(row, 'refused_reason'),
    paymentOpen: openPayments > 0,
    openPayments,
    openRefunds: number(row, 'open_refunds'),
    doctorEnteredAt: numberOrNull(row, 'doctor_entered_at'),
    trace: {
      cameAt: numberOrNull(row, 'doctor_came_at'),
      late: row['late_at'] == null ? null : { minutes: number(row, 'late_minutes'), at: number(row, 'late_at') },
    },
    hasWaited: number(row, 'has_waited') === 1,
    moves: number(row, 'moves'),
    movedFrom: numberOrNull(row, 'moved_from'),
    cancelReason: CANCEL_REASONS.find(reason => reason === row['cancel_reason']) ?? null,
  };
}

const CANCEL_REASONS = ['asked', 'doctorLate'] as const satisfies readonly CancelReason[];

const factsOf = (row: Row): Facts => ({
  startsAt: number(row, 'starts_at'),
  endsAt: number(row, 'ends_at'),
  priceMinor: number(row, 'price_minor'),
  expiresAt: number(row, 'expires_at'),
  firmAt: numberOrNull(row, 'firm_at'),
  lapsedAt: numberOrNull(row, 'lapsed_at'),
  cancelledAt: numberOrNull(row, 'cancelled_at'),
  cancelledBy: cancelledBy(textOrNull(row, 'cancelled_by')),
  enteredAt: numberOrNull(row, 'entered_at'),
  startedAt: numberOrNull(row, 'started_at'),
  concludedAt: numberOrNull(row, 'concluded_at'),
  outcome: outcomeOf(textOrNull(row, 'outcome')),
  publishedAt: numberOrNull(row, 'published_at'),
  takenMinor: number(row, 'taken'),
  returningMinor: number(row, 'returning_minor'),
  refusedMinor: number(row, 'refused_minor'),
  returnedMinor: number(row, 'returned'),
});

const cancelledBy = (by: string | null): Facts['cancelledBy'] => (by === 'patient' || by === 'clinic' ? by : null);

export const letterOf = (row: Row): LetterTrace => ({
  kind: LETTER_KINDS.find(kind => kind === row.kind) ?? fail(`A letter of the kind ${row.kind}.`),
  queuedAt: number(row, 'queued_at'),
  sentAt: numberOrNull(row, 'sent_at'),
  state: LETTER_STATES.find(state => state === row.state) ?? 'failed',
  why: LETTER_ENDS.find(why => why === row.why) ?? null,
  stateAt: number(row, 'state_at'),
  to: text(row, 'email'),
});

const paymentOf = (row: Row): PaymentTrace => ({
  id: text(row, 'id'),
  amountMinor: number(row, 'amount_minor'),
  createdAt: number(row, 'created_at'),
  succeededAt: numberOrNull(row, 'succeeded_at'),
  cancelledAt: numberOrNull(row, 'cancelled_at'),
  cancelReason: textOrNull(row, 'cancel_reason'),
  method: textOrNull(row, 'method'),
});

const refundOf = (row: Row): RefundTrace => ({
  id: text(row, 'id'),
  amountMinor: number(row, 'amount_minor'),
  reason: REFUND_REASONS.find(r => r === row.reason) ?? 'late',
  askedAt: number(row, 'asked_at'),
  settledAt: numberOrNull(row, 'settled_at'),
  refusedAt: numberOrNull(row, 'refused_at'),
  isStuck: number(row, 'is_stuck') === 1,
});
