// How long each table keeps its rows, and the sweep that deletes what is older. Each run of the cron takes one small batch of each table, so that no
// other write waits for it. docs/operations.md says the same in words, tests/data/retention.test.ts compares the two with the schema.
import { oldestId } from './ids.ts';
import { type Database, type Write, write } from './db.ts';

const DAY_MS = 86_400_000;
/** How much of a table one run deletes. At one run a minute that is 720,000 rows a day. */
export const SWEEP_ROWS = 500;

export type Retention =
  /** What the clinic enters. It does not grow with visits. */
  | { readonly kind: 'settings' }
  /** A row leaves when what it waits for is done. */
  | { readonly kind: 'open' }
  /** Nothing is deleted: the story of a visit with its money, a card, a person, the journal of who did what. */
  | { readonly kind: 'kept'; readonly as: 'visit' | 'card' | 'person' | 'journal' }
  | { readonly kind: 'swept'; readonly days: number; readonly sweeps: (before: number, now: number) => readonly Write[] };

const settings = { kind: 'settings' } as const;
const open = { kind: 'open' } as const;
const kept = (as: Extract<Retention, { kind: 'kept' }>['as']): Retention => ({ kind: 'kept', as });

/** Rows whose instant is older than so many days. `key` names a row. */
const swept = (days: number, table: string, key: string, instant: string): Retention => ({
  kind: 'swept',
  days,
  sweeps: before => [
    {
      sql: `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${instant} < ?1 ORDER BY ${instant} LIMIT ${SWEEP_ROWS})`,
      args: [before],
    },
  ],
});

/** A payment can be returned for three years (YooKassa), and a claim be brought for as long (ГК РФ, article 196). */
const DISPUTE_DAYS = 3 * 366;

const call_minute: Retention = {
  kind: 'swept',
  days: DISPUTE_DAYS,
  // Ids are in the order of their making, so the key itself leads to the oldest visits and sixty rows a visit need no further index.
  sweeps: before => [
    {
      sql: `DELETE FROM call_minute WHERE (consultation_id, person_id, minute_at) IN (
        SELECT consultation_id, person_id, minute_at FROM call_minute WHERE consultation_id < ?1 ORDER BY consultation_id LIMIT ${SWEEP_ROWS})`,
      args: [oldestId(before)],
    },
  ],
};

/** The row stays, because it makes a repeated notice known; what the provider wrote in it goes. */
const payment_notice: Retention = {
  kind: 'swept',
  days: DISPUTE_DAYS,
  sweeps: before => [
    {
      sql: `UPDATE payment_notice SET body = 'erased ' || id WHERE id IN (
        SELECT id FROM payment_notice WHERE received_at < ?1 AND substr(body, 1, 7) <> 'erased ' ORDER BY received_at LIMIT ${SWEEP_ROWS})`,
      args: [before],
    },
  ],
};

/** Saves of a text that was signed: what was signed is in the protocol, and the editor shows only saves of the round that is being written. */
const protocol_draft: Retention = {
  kind: 'swept',
  days: 7,
  sweeps: before => [
    {
      sql: `DELETE FROM protocol_draft WHERE (consultation_id, round, version) IN (
        SELECT t.consultation_id, t.round, t.version FROM protocol_draft t WHERE t.at < ?1
          AND EXISTS (SELECT 1 FROM protocol p WHERE p.consultation_id = t.consultation_id AND p.version >= t.round) ORDER BY t.at LIMIT ${SWEEP_ROWS})`,
      args: [before],
    },
  ],
};

/** A letter without a claim, read or of a program: its row with what was found in it. The letter itself leaves R2 then, because no row names it. */
const STRAY_DAYS = 366;
const STRAYS = `SELECT l.id FROM letter_in l WHERE l.claim_id IS NULL AND l.received_at < ?1 AND l.judged_at IS NOT NULL
  AND (l.why IS NULL OR l.settled_at IS NOT NULL) ORDER BY l.received_at LIMIT ${SWEEP_ROWS}`;
const letter_in: Retention = {
  kind: 'swept',
  days: STRAY_DAYS,
  sweeps: before => [
    { sql: `DELETE FROM letter_in_part WHERE letter_id IN (${STRAYS})`, args: [before] },
    { sql: `DELETE FROM letter_in WHERE id IN (${STRAYS})`, args: [before] },
  ],
};

const PROVES = ['consent', 'signature', 'card_access', 'confirmed_address', 'room_pass', 'handover', 'claim_form', 'claim_signature']
  .map(table => `EXISTS (SELECT 1 FROM ${table} r WHERE r.session_id = session.id)`)
  .join(' OR ');
const DEAD = `SELECT s.id FROM session s WHERE s.expires_at < ?1 AND s.kept_at IS NULL ORDER BY s.expires_at LIMIT ${SWEEP_ROWS}`;

/** A session by which somebody consented, signed or looked into a card proves who it was: it stays and is marked, so that it is met once. */
const session: Retention = {
  kind: 'swept',
  days: 30,
  sweeps: (before, now) => [
    { sql: `UPDATE session SET kept_at = ?2 WHERE id IN (${DEAD}) AND (${PROVES})`, args: [before, now] },
    { sql: `DELETE FROM session WHERE id IN (${DEAD}) AND NOT (${PROVES})`, args: [before] },
  ],
};

export const RETENTION = {
  applied: swept(30, 'applied', 'key', 'at'),
  attendance: kept('visit'),
  audit: kept('journal'),
  call_device: kept('visit'),
  call_fault: kept('visit'),
  call_minute,
  cancellation: kept('visit'),
  card_access: kept('journal'),
  card_file: kept('card'),
  card_reason: kept('journal'),
  card_words: kept('card'),
  claim_alarm: kept('visit'),
  claim_decision: kept('visit'),
  claim_draft: swept(30, 'claim_draft', 'consultation_id, person_id', 'at'),
  claim_file: kept('visit'),
  claim_form: kept('visit'),
  // For so long a repeated click is the same form; after it a claim is open or decided, and says so.
  claim_form_key: swept(30, 'claim_form_key', 'person_id, key', 'at'),
  claim_number: settings,
  claim_opening: kept('visit'),
  claim_question: kept('visit'),
  claim_signature: kept('visit'),
  clinic: settings,
  clinic_setting: settings,
  conclusion: kept('visit'),
  confirmed_address: kept('person'),
  consent: kept('person'),
  consent_document: settings,
  consent_withdrawal: kept('person'),
  consultation: kept('visit'),
  delay_choice: kept('visit'),
  device_check: kept('visit'),
  difference: kept('journal'),
  doctor: settings,
  file_sweep: settings,
  guardian: kept('person'),
  handover: swept(1, 'handover', 'token_hash', 'expires_at'),
  hold: kept('visit'),
  icd_code: settings,
  identity: kept('person'),
  in_person_visit: kept('card'),
  lapse: kept('visit'),
  lateness: kept('visit'),
  letter: kept('visit'),
  letter_in,
  letter_in_look: settings,
  letter_in_part: kept('visit'),
  mail_notice: swept(90, 'mail_notice', 'id', 'received_at'),
  nonce: swept(0, 'nonce', 'value', 'until'),
  // For so long the same thing told twice is one line; Temporal knows a repeated message by its id anyway.
  outbox: swept(30, 'outbox', 'id', 'delivered_at'),
  payment: kept('visit'),
  payment_notice,
  person: kept('person'),
  protocol: kept('card'),
  protocol_draft,
  protocol_template: settings,
  questionnaire: settings,
  questionnaire_answer: kept('visit'),
  quick_phrase: settings,
  receipt: kept('visit'),
  reconciliation: kept('journal'),
  refund: kept('visit'),
  refund_claim: kept('visit'),
  refund_review: kept('visit'),
  rendering: kept('card'),
  rendition: kept('card'),
  reschedule: kept('visit'),
  role: settings,
  room_file: kept('card'),
  room_pass: swept(1, 'room_pass', 'hash', 'expires_at'),
  schedule_exception: kept('journal'),
  schedule_rule: settings,
  service: settings,
  session,
  sign_in_code: swept(30, 'sign_in_code', 'id', 'created_at'),
  signature: kept('card'),
  specialty: settings,
  terms: kept('visit'),
  throttle: swept(1, 'throttle', 'key, window_at', 'window_at'),
  ungranted: open,
  unsettled: open,
  unsigned: open,
  visit_confirmation: kept('visit'),
} satisfies Record<string, Retention>;

export const isGrowing = ({ kind }: Retention): boolean => kind === 'kept' || kind === 'swept';

/** Deletes one batch of what is too old. A table that fails holds up no other; the first failure is thrown at the end. */
export async function sweep(db: Database, now: number): Promise<void> {
  const lists: readonly Retention[] = Object.values(RETENTION);
  const swept = lists.filter(retention => retention.kind === 'swept');
  const ends = await Promise.allSettled(swept.map(({ days, sweeps }) => write(db, sweeps(now - days * DAY_MS, now))));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
