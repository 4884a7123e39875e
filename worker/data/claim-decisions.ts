// What the clinic answers to a refund claim: a decision in one guarded batch with the refunds that carry it out, the second person's word, and questions to
// the patient. Every write names the version of the claim that its form was drawn from. Called by worker/routes/finance/ and worker/claims/.
import type { ClaimOutcome } from '../../workflows/rules/claim-state.ts';
import { auditedIfChanged } from './audit.ts';
import { claimChanged } from './claim-signals.ts';
import { settingAt } from './clinic-settings.ts';
import {
  alongside,
  ask,
  type Database,
  isClash,
  number,
  numberOrNull,
  one,
  raised,
  type Read,
  text,
  textOrNull,
  type Write,
} from './db.ts';
import { newId } from './ids.ts';
import { signals } from './outbox.ts';
import { LEFT } from './refunds.ts';

/** The claim and the version of it that the form showed. `personId` is null for a rule. */
export interface OnClaim {
  readonly claimId: string;
  readonly consultationId: string;
  readonly version: number;
  readonly personId: string | null;
  readonly sessionId: string | null;
}

export interface Deciding extends OnClaim {
  /** Minor units; zero refuses. What the latest form demands is granted in full. */
  readonly amountMinor: number;
  /** What the patient reads. */
  readonly reason: string;
  /** What a rule saw, as JSON. */
  readonly saw?: string;
}

export type Decided =
  | { readonly kind: 'decided'; readonly outcome: ClaimOutcome }
  /** Above the clinic's limit: a second person has to agree. */
  | { readonly kind: 'waits' }
  /** Something happened to the claim since the form was drawn. */
  | { readonly kind: 'stale' }
  /** More than is left of the payments, or than was demanded. */
  | { readonly kind: 'exceeds'; readonly availableMinor: number }
  /** It is their own consultation, or they have not the role any more. */
  | { readonly kind: 'notTheirs' };

// A consultation is paid once. More payments come from attempts that were all charged, and a batch has one statement for each.
const PAYMENTS = 8;

/** SQL: what is left of the oldest payments of a consultation, minor units. */
export const availableOf = (consultation: string): string =>
  `(SELECT coalesce(sum(o.minor), 0) FROM (SELECT ${LEFT} AS minor FROM payment p WHERE p.consultation_id = ${consultation} AND p.succeeded_at IS NOT NULL
    AND ${LEFT} > 0 ORDER BY p.succeeded_at, p.attempt LIMIT ${PAYMENTS}) o)`;

const DEMANDED = '(SELECT f.amount_minor FROM claim_form f WHERE f.claim_id = m.id ORDER BY f.version DESC LIMIT 1)';
const LATEST_FORM = '(SELECT max(f.version) FROM claim_form f WHERE f.claim_id = m.id)';
const STANDS = 'm.id = ?2 AND m.version = ?3 AND m.decided_at IS NULL AND m.withdrawn_at IS NULL';

/** The writes of a decision under this id. They change nothing when the claim has moved on or the sum exceeds what may be returned. */
export function decides(id: string, d: Deciding, now: number): Write[] {
  return [
    {
      sql: `INSERT INTO claim_decision (id, claim_id, form_version, at, outcome, amount_minor, reason, person_id, saw, in_force_at)
        SELECT ?1, m.id, ${LATEST_FORM}, ?4, CASE WHEN ?5 = 0 THEN 'refused' WHEN ?5 = ${DEMANDED} THEN 'full' ELSE 'part' END, ?5, ?6, ?7, ?8,
          CASE WHEN ?7 IS NULL OR ?5 <= CAST(${settingAt('claimSecondAboveMinor', '?4')} AS INTEGER) THEN ?4 END
        FROM refund_claim m WHERE ${STANDS} AND ?5 <= ${availableOf('m.consultation_id')} AND ?5 <= ${DEMANDED}
          AND NOT EXISTS (SELECT 1 FROM claim_decision w WHERE w.claim_id = m.id AND w.turned_down_at IS NULL)`,
      args: [id, d.claimId, d.version, now, d.amountMinor, d.reason, d.personId, d.saw ?? null],
    },
    auditedIfChanged({ now, personId: d.personId, sessionId: d.sessionId, act: 'claim.decide', kind: 'claim', id: d.claimId, detail: id }),
    ...carriesOut(id, d, now),
    tellsOf(d, `claim-decision:${id}`, now, IS_WRITTEN),
  ];
}

/** Refunds of a decision that is in force, oldest payment first. One that is not in force, or was carried out before, gets none. */
function carriesOut(id: string, { consultationId }: OnClaim, now: number): Write[] {
  const REST = `(n.amount_minor - (SELECT coalesce(sum(x.amount_minor), 0) FROM refund x WHERE x.decision_id = n.id))`;
  const refunds = Array.from(
    { length: PAYMENTS },
    (): Write => ({
      sql: `INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, via, reason, decision_id, asked_at, next_at)
        SELECT ?1, p.consultation_id, p.id, (SELECT count(*) + 1 FROM refund r WHERE r.payment_id = p.id), min(${LEFT}, ${REST}), 'claim',
          CASE f.via WHEN 'account' THEN 'manual' ELSE 'provider' END, 'claim', n.id, ?3, ?3
        FROM claim_decision n JOIN claim_form f ON f.claim_id = n.claim_id AND f.version = n.form_version
          JOIN payment p ON p.consultation_id = ?4 AND p.succeeded_at IS NOT NULL
        WHERE n.id = ?2 AND n.in_force_at = ?3 AND ${LEFT} > 0 AND ${REST} > 0 ORDER BY p.succeeded_at, p.attempt LIMIT 1`,
      args: [newId(), id, now, consultationId],
    }),
  );
  const ISSUED = "EXISTS (SELECT 1 FROM refund r WHERE r.decision_id = replace(?2, 'refund:decision:', ''))";
  return [...refunds, signals(consultationId, 'paid', `refund:decision:${id}`, now, ISSUED)];
}

/** SQL: the decision that the message ?2 names was written, agreed to or turned down at the instant ?4. */
const IS_WRITTEN = `EXISTS (SELECT 1 FROM claim_decision n WHERE n.id = substr(?2, length('claim-decision:') + 1, 36)
  AND ?4 IN (n.at, n.in_force_at, n.turned_down_at))`;

const tellsOf = ({ claimId, consultationId }: OnClaim, messageId: string, now: number, onlyIf: string): Write =>
  claimChanged(claimId, consultationId, messageId, now, onlyIf);

/** Decides for a person or a rule. Two who decide at once: the second one's form is stale. */
export async function decide(db: Database, d: Deciding, now: number): Promise<Decided> {
  const id = newId();
  const end = await guarded(db, decides(id, d, now), standingRead(d, now));
  if (end.kind !== 'done') return end;
  const { decisionId, inForce, outcome, version, isOpen, availableMinor } = end.stands;
  if (decisionId === id) return inForce ? { kind: 'decided', outcome } : { kind: 'waits' };
  return version === d.version && isOpen && decisionId === null ? { kind: 'exceeds', availableMinor } : { kind: 'stale' };
}

interface Standing {
  readonly version: number;
  readonly decisionId: string | null;
  readonly inForce: boolean;
  readonly outcome: ClaimOutcome;
  readonly isOpen: boolean;
  readonly availableMinor: number;
  /** This person has agreed to this decision or turned it down, just now. */
  readonly isTheirWord: boolean;
}

const standingRead = ({ claimId, personId }: OnClaim, now: number, decisionId: string | null = null): Read<Standing | null> => ({
  sql: `SELECT m.version, n.id, n.in_force_at, n.outcome, m.decided_at IS NULL AND m.withdrawn_at IS NULL AS is_open,
      min(${availableOf('m.consultation_id')}, ${DEMANDED}) AS available, EXISTS (SELECT 1 FROM claim_decision w WHERE w.id = ?2
        AND ((w.second_id = ?3 AND w.in_force_at = ?4) OR (w.turned_down_by = ?3 AND w.turned_down_at = ?4))) AS is_theirs
    FROM refund_claim m LEFT JOIN claim_decision n ON n.claim_id = m.id AND n.turned_down_at IS NULL WHERE m.id = ?1`,
  args: [claimId, decisionId, personId, now],
  take: one(row => ({
    version: number(row, 'version'),
    decisionId: textOrNull(row, 'id'),
    inForce: numberOrNull(row, 'in_force_at') !== null,
    outcome: text(row, 'outcome') as ClaimOutcome,
    isOpen: number(row, 'is_open') === 1,
    availableMinor: number(row, 'available'),
    isTheirWord: number(row, 'is_theirs') === 1,
  })),
});

type Guarded<T> = { readonly kind: 'done'; readonly stands: T } | { readonly kind: 'stale' | 'notTheirs' };

/** Runs the writes and reads in the same transaction what stands then. */
async function guarded<T>(db: Database, writes: readonly Write[], read: Read<T | null>): Promise<Guarded<T>> {
  try {
    const { stands } = await ask(db, { ...Object.fromEntries(writes.map((w, i) => [`write${i}`, alongside(w)])), stands: read });
    return stands === null ? { kind: 'stale' } : { kind: 'done', stands };
  } catch (error) {
    if (isClash(error)) return { kind: 'stale' };
    const name = raised(error, ['notTheirs', 'claimIsOver', 'otherContent', 'needsSecond', 'immutable', 'refundExceeds', 'notDecided']);
    if (name === null) throw error;
    return { kind: name === 'notTheirs' ? 'notTheirs' : 'stale' };
  }
}

/** The word of the second person on a decision that waits for one. Whoever decided may take it back, but not agree to it. */
export async function second(
  db: Database,
  s: OnClaim & { readonly decisionId: string; readonly agrees: boolean },
  now: number,
): Promise<Extract<Decided, { kind: 'decided' | 'stale' | 'exceeds' | 'notTheirs' }> | { readonly kind: 'turnedDown' }> {
  const WAITS = 'in_force_at IS NULL AND turned_down_at IS NULL';
  const CLAIM = `EXISTS (SELECT 1 FROM refund_claim m WHERE m.id = ?2 AND m.version = ?3 AND m.id = claim_decision.claim_id`;
  const set = s.agrees ? 'second_id = ?5, in_force_at = ?4' : 'turned_down_at = ?4, turned_down_by = ?5';
  const enough = s.agrees ? ` AND claim_decision.amount_minor <= ${availableOf('m.consultation_id')}` : '';
  const act = s.agrees ? 'claim.second' : 'claim.turnDown';
  const end = await guarded(
    db,
    [
      {
        sql: `UPDATE claim_decision SET ${set} WHERE id = ?1 AND ${WAITS} AND ${CLAIM}${enough})`,
        args: [s.decisionId, s.claimId, s.version, now, s.personId],
      },
      auditedIfChanged({ now, personId: s.personId, sessionId: s.sessionId, act, kind: 'claim', id: s.claimId, detail: s.decisionId }),
      ...(s.agrees ? carriesOut(s.decisionId, s, now) : []),
      tellsOf(s, `claim-decision:${s.decisionId}:${s.agrees ? 'agreed' : 'turnedDown'}`, now, IS_WRITTEN),
    ],
    standingRead(s, now, s.decisionId),
  );
  if (end.kind !== 'done') return end;
  const { decisionId, outcome, version, isTheirWord, availableMinor } = end.stands;
  if (isTheirWord) return s.agrees ? { kind: 'decided', outcome } : { kind: 'turnedDown' };
  return s.agrees && version === s.version && decisionId === s.decisionId ? { kind: 'exceeds', availableMinor } : { kind: 'stale' };
}

/** Asks the patient for more, in words that they read. */
export async function askMore(db: Database, q: OnClaim & { readonly text: string }, now: number): Promise<'asked' | 'stale' | 'notTheirs'> {
  const id = newId();
  const end = await guarded(
    db,
    [
      {
        sql: `INSERT INTO claim_question (id, claim_id, at, person_id, text) SELECT ?1, m.id, ?4, ?5, ?6 FROM refund_claim m WHERE ${STANDS}`,
        args: [id, q.claimId, q.version, now, q.personId, q.text],
      },
      auditedIfChanged({ now, personId: q.personId, sessionId: q.sessionId, act: 'claim.ask', kind: 'claim', id: q.claimId, detail: id }),
      tellsOf(
        q,
        `claim-question:${id}`,
        now,
        "EXISTS (SELECT 1 FROM claim_question q WHERE q.id = substr(?2, length('claim-question:') + 1))",
      ),
    ],
    { sql: 'SELECT 1 FROM claim_question q WHERE q.id = ?1', args: [id], take: one(() => 'asked' as const) },
  );
  return end.kind === 'done' ? end.stands : end.kind;
}
