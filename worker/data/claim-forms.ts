// Makes a refund claim with its first form, and the forms that change it. One guarded batch writes the number, the claim, the form, the letter, the start of
// its workflow and the journal. Called by worker/routes/patient/claim-forms.tsx and the cron.
import type { ApplicationFacts, ClaimReason, ClaimVia } from '../../workflows/rules/claim.ts';
import { audited, auditedIfChanged } from './audit.ts';
import { claimChanged, startsClaim } from './claim-signals.ts';
import { askOne, type Database, isClash, one, raised, text, type Write, write } from './db.ts';
import { newId } from './ids.ts';

export interface ClaimForm {
  readonly reason: ClaimReason;
  readonly via: ClaimVia;
  readonly amountMinor: number;
  /** With an empty number: the database gives it. */
  readonly body: ApplicationFacts;
  readonly account: { readonly sealed: string; readonly last4: string } | null;
}

export interface ClaimMaking extends ClaimForm {
  readonly claimId: string;
  readonly token: string;
  readonly consultationId: string;
  readonly personId: string;
  /** Null for a claim that a rule opens for the patient. */
  readonly sessionId: string | null;
  /** Names the page that was filled in. */
  readonly formKey: string;
  readonly demandedAt: number;
  readonly dueAt: number;
  /** The year of the number, on the clinic's calendar. */
  readonly year: number;
  readonly email: string;
}

/** `again`: the same page was sent before, or a claim about the consultation is open already; `claimId` is that one. */
export type Made = { readonly kind: 'made' | 'again'; readonly claimId: string };

export async function makeClaim(db: Database, m: ClaimMaking): Promise<Made> {
  const now = m.demandedAt;
  try {
    await write(db, [
      ...numbered(m),
      formRow(m.claimId, 1, m, { personId: m.sessionId === null ? null : m.personId, sessionId: m.sessionId }, now),
      keyRow(m.personId, m.formKey, m.claimId, now),
      letterRow(m.consultationId, 'claimMade', m.claimId, now),
      dropsDraft(m.personId, m.consultationId),
      startsClaim({ claimId: m.claimId, consultationId: m.consultationId, demandedAt: now, dueAt: m.dueAt }, now),
      audited({
        now,
        personId: m.sessionId === null ? null : m.personId,
        sessionId: m.sessionId,
        act: 'claim.make',
        kind: 'claim',
        id: m.claimId,
        detail: m.reason,
      }),
    ]);
    return { kind: 'made', claimId: m.claimId };
  } catch (error) {
    if (!isClash(error)) throw error;
    const claimId = (await claimOfKey(db, m.personId, m.formKey)) ?? (await openClaimOf(db, m.consultationId));
    if (claimId === null) throw error;
    return { kind: 'again', claimId };
  }
}

/** The next number of the year and the claim with it. A batch that fails gives none away. */
const numbered = (
  m: Pick<ClaimMaking, 'claimId' | 'consultationId' | 'personId' | 'token' | 'demandedAt' | 'dueAt' | 'year' | 'sessionId'>,
): Write[] => [
  { sql: 'INSERT INTO claim_number (year, last) VALUES (?1, 1) ON CONFLICT (year) DO UPDATE SET last = last + 1', args: [m.year] },
  {
    sql: `INSERT INTO refund_claim (id, consultation_id, person_id, number, token, opened_by, demanded_at, due_at, next_at)
      SELECT ?1, ?2, ?3, 'В-' || k.year || '-' || printf('%05d', k.last), ?4, ?8, ?5, ?6, ?5 FROM claim_number k WHERE k.year = ?7`,
    args: [m.claimId, m.consultationId, m.personId, m.token, m.demandedAt, m.dueAt, m.year, m.sessionId === null ? 'rule' : 'patient'],
  },
];

const formRow = (
  claimId: string,
  version: number,
  f: ClaimForm,
  by: { readonly personId: string | null; readonly sessionId: string | null },
  now: number,
): Write => ({
  sql: `INSERT INTO claim_form (claim_id, version, at, person_id, session_id, amount_minor, reason, via, body, account_sealed, account_last4)
    SELECT m.id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, json_set(?9, '$.number', m.number), ?10, ?11 FROM refund_claim m WHERE m.id = ?1`,
  args: [
    claimId,
    version,
    now,
    by.personId,
    by.sessionId,
    f.amountMinor,
    f.reason,
    f.via,
    JSON.stringify(f.body),
    f.account?.sealed ?? null,
    f.account?.last4 ?? null,
  ],
});

const keyRow = (personId: string, key: string, claimId: string, now: number): Write => ({
  sql: 'INSERT INTO claim_form_key (person_id, key, claim_id, at) VALUES (?1, ?2, ?3, ?4)',
  args: [personId, key, claimId, now],
});

/** A letter about a claim, once: `subject` is the claim's id, with a number behind it where a kind may come more than once. */
export const letterRow = (consultationId: string, kind: string, subject: string, now: number): Write => ({
  sql: `INSERT OR IGNORE INTO letter (id, consultation_id, kind, schedule_version, subject, email, queued_at, state_at)
    SELECT ?1, c.id, ?3, 1, ?4, c.email, ?5, ?5 FROM consultation c WHERE c.id = ?2`,
  args: [newId(), consultationId, kind, subject, now],
});

const claimOfKey = (db: Database, personId: string, key: string): Promise<string | null> =>
  askOne(db, {
    sql: 'SELECT claim_id FROM claim_form_key WHERE person_id = ?1 AND key = ?2',
    args: [personId, key],
    take: one(row => text(row, 'claim_id')),
  });

const openClaimOf = (db: Database, consultationId: string): Promise<string | null> =>
  askOne(db, {
    sql: 'SELECT id FROM refund_claim WHERE consultation_id = ?1 AND decided_at IS NULL AND withdrawn_at IS NULL',
    args: [consultationId],
    take: one(row => text(row, 'id')),
  });

export interface ClaimChange extends ClaimForm {
  readonly claimId: string;
  readonly consultationId: string;
  readonly personId: string;
  readonly sessionId: string;
  readonly formKey: string;
  /** The version of the form that the page was drawn from. */
  readonly base: number;
}

/** `stale`: the form has been changed meanwhile on another page. `over`: decided or withdrawn meanwhile. */
export type Changed = 'changed' | 'again' | 'stale' | 'over';

/** Writes the next version of the form. What was signed before stays signed as it was. */
export async function changeForm(db: Database, c: ClaimChange, now: number): Promise<Changed> {
  const { claimId, consultationId, personId, sessionId } = c;
  const version = c.base + 1;
  try {
    await write(db, [
      keyRow(personId, c.formKey, claimId, now),
      formRow(claimId, version, c, { personId, sessionId }, now),
      // The changed application is signed anew, so its letter says how.
      letterRow(consultationId, 'claimMade', `${claimId}:${version}`, now),
      dropsDraft(personId, consultationId),
      claimChanged(claimId, consultationId, `claim-form:${claimId}:${version}`, now),
      audited({ now, personId, sessionId, act: 'claim.change', kind: 'claim', id: claimId, detail: String(version) }),
    ]);
    return 'changed';
  } catch (error) {
    if (isClash(error)) return (await claimOfKey(db, personId, c.formKey)) === claimId ? 'again' : 'stale';
    const name = raised(error, ['notInTurn', 'claimIsOver']);
    if (name === null) throw error;
    return name === 'notInTurn' ? 'stale' : 'over';
  }
}

/** Keeps a form as it was typed, a JSON object without bank details, instead of the one before. */
export async function keepDraft(db: Database, personId: string, consultationId: string, body: string, now: number): Promise<void> {
  await write(db, [
    {
      sql: `INSERT INTO claim_draft (person_id, consultation_id, body, at) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (consultation_id, person_id) DO UPDATE SET body = excluded.body, at = excluded.at`,
      args: [personId, consultationId, body, now],
    },
  ]);
}

const dropsDraft = (personId: string, consultationId: string): Write => ({
  sql: 'DELETE FROM claim_draft WHERE person_id = ?1 AND consultation_id = ?2',
  args: [personId, consultationId],
});

/** Withdraws an open claim. False when it is decided or withdrawn already. */
export async function withdrawClaim(
  db: Database,
  c: { readonly claimId: string; readonly consultationId: string; readonly personId: string; readonly sessionId: string },
  now: number,
): Promise<boolean> {
  const { claimId, consultationId, personId, sessionId } = c;
  const [changed] = await write(db, [
    {
      sql: 'UPDATE refund_claim SET withdrawn_at = ?2, version = version + 1 WHERE id = ?1 AND decided_at IS NULL AND withdrawn_at IS NULL',
      args: [claimId, now],
    },
    auditedIfChanged({ now, personId, sessionId, act: 'claim.withdraw', kind: 'claim', id: claimId }),
    // ?4 is the instant of the line.
    claimChanged(
      claimId,
      consultationId,
      `claim-withdrawn:${claimId}`,
      now,
      'EXISTS (SELECT 1 FROM refund_claim WHERE consultation_id = ?1 AND withdrawn_at = ?4)',
    ),
  ]);
  // D1 counts the rows of triggers too.
  return (changed ?? 0) > 0;
}
