// One claim with everything that finance sees of it, in one batch; no row for anybody without one of the roles. Called by worker/routes/finance/.
import { fail } from '../../workflows/rules/assert-never.ts';
import { type ApplicationFacts, CLAIM_SIGNATURES } from '../../workflows/rules/claim.ts';
import type { ClaimEvent, ClaimPhoto, DeskClaim, EarlierClaim, IncomingLetter, LedgerLine } from '../../workflows/rules/claim-desk.ts';
import { CLAIM_OUTCOMES, type ClaimOutcome } from '../../workflows/rules/claim-state.ts';
import type { Role } from '../../workflows/rules/person.ts';
import { RECEIPT_STATES } from '../../workflows/rules/receipt.ts';
import { AS_ASKER, type Asker, asArgs, ME } from './asker.ts';
import { attendanceRead } from './attendance.ts';
import { audited, auditedIfChanged } from './audit.ts';
import { faultsRead } from './call-passport.ts';
import { availableOf } from './claim-decisions.ts';
import { CLAIM_COLUMNS, CLAIM_JOINS, claimFactsOf } from './claim-facts.ts';
import { settingAt } from './clinic-settings.ts';
import { consultationOf, letterOf, selectsConsultations } from './consultations.ts';
import { alongside, ask, type Database, every, number, numberOrNull, one, type Read, type Row, text, textOrNull, write } from './db.ts';
import { HAS_ROLE, NAME_OF } from './staff-refunds.ts';
import type { Which } from './which.ts';

const SEEN = `${AS_ASKER}, seen AS MATERIALIZED (SELECT sk.id, sk.consultation_id, sk.person_id FROM refund_claim sk WHERE sk.id = ?3 AND ${HAS_ROLE('?4')})`;
const EARLIER = 20;

/** The reads of a claim's screen. */
export function claimDeskReads(asker: Asker, roles: readonly Role[], id: string) {
  const args = [...asArgs(asker), id, JSON.stringify(roles)];
  const visit: Which = { with: SEEN, id: '(SELECT consultation_id FROM seen)', args };
  return {
    claim: { sql: `${SEEN} ${CLAIM}`, args, take: one(claimOf) } satisfies Read<DeskClaim | null>,
    photos: { sql: `${SEEN} ${PHOTOS}`, args, take: every(photoOf) } satisfies Read<ClaimPhoto[]>,
    events: { sql: `${SEEN} ${EVENTS} ORDER BY at`, args, take: every(eventOf) } satisfies Read<ClaimEvent[]>,
    ledger: { sql: `${SEEN} ${LEDGER} ORDER BY at`, args, take: every(lineOf) } satisfies Read<LedgerLine[]>,
    letters: { sql: `${SEEN} ${LETTERS_OF}`, args, take: every(letterOf) },
    incoming: { sql: `${SEEN} ${INCOMING}`, args, take: every(incomingOf) } satisfies Read<IncomingLetter[]>,
    earlier: { sql: `${SEEN} ${EARLIER_CLAIMS}`, args, take: every(earlierOf) } satisfies Read<EarlierClaim[]>,
    visit: { sql: `${SEEN} ${selectsConsultations(`c.id = ${visit.id}`)}`, args, take: one(consultationOf) },
    attendances: attendanceRead(visit),
    faults: faultsRead(visit),
  };
}

const CLAIM = `SELECT ${CLAIM_COLUMNS}, f.via, f.account_last4, f.body, ${NAME_OF('c.patient_id')} AS patient, n.reason AS decision_reason,
    ${NAME_OF('n.person_id')} AS decided_by, n.person_id = ${ME} AS is_own, min(f.amount_minor, ${availableOf('c.id')}) AS available_minor,
    CAST(${settingAt('claimSecondAboveMinor', '?2')} AS INTEGER) AS second_above,
    CAST(${settingAt('claimTogetherMinutes', '?2')} AS INTEGER) AS rule_minutes
  FROM seen k CROSS JOIN refund_claim m ON m.id = k.id ${CLAIM_JOINS} JOIN consultation c ON c.id = m.consultation_id`;

const PHOTOS = `SELECT x.id, x.name, x.type, x.bytes, x.at, x.source, x.removed_at, ${NAME_OF('x.removed_by')} AS removed_by
  FROM seen k CROSS JOIN claim_file x ON x.claim_id = k.id ORDER BY x.at, x.id`;

// D1 takes five terms in one compound SELECT, so what ended a claim is a second one.
const EVENTS = `SELECT * FROM (
  SELECT 'form' AS kind, g.at, ${NAME_OF('g.person_id')} AS by, g.version AS word, g.amount_minor AS minor, NULL AS said FROM seen k CROSS JOIN claim_form g ON g.claim_id = k.id
  UNION ALL SELECT 'signature', sg.at, ${NAME_OF('sg.person_id')}, sg.way, NULL, NULL FROM seen k CROSS JOIN claim_signature sg ON sg.claim_id = k.id
  UNION ALL SELECT 'question', q.at, ${NAME_OF('q.person_id')}, NULL, NULL, q.text FROM seen k CROSS JOIN claim_question q ON q.claim_id = k.id
  UNION ALL SELECT 'decision', d.at, ${NAME_OF('d.person_id')}, d.outcome, d.amount_minor, d.reason FROM seen k CROSS JOIN claim_decision d ON d.claim_id = k.id)
  UNION ALL SELECT * FROM (
  SELECT 'agreed', a.in_force_at, ${NAME_OF('a.second_id')}, NULL, NULL, NULL FROM seen k CROSS JOIN claim_decision a ON a.claim_id = k.id WHERE a.second_id IS NOT NULL
  UNION ALL SELECT 'turnedDown', t.turned_down_at, ${NAME_OF('t.turned_down_by')}, NULL, NULL, NULL FROM seen k CROSS JOIN claim_decision t ON t.claim_id = k.id
    WHERE t.turned_down_at IS NOT NULL
  UNION ALL SELECT 'withdrawn', w.withdrawn_at, ${NAME_OF('w.person_id')}, NULL, NULL, NULL FROM seen k CROSS JOIN refund_claim w ON w.id = k.id WHERE w.withdrawn_at IS NOT NULL)`;

const LEDGER = `SELECT 'payment' AS kind, p.id, p.succeeded_at AS at, p.amount_minor AS minor, 'done' AS state, p.method, NULL AS document, e.state AS receipt,
    e.document_number FROM seen k CROSS JOIN payment p ON p.consultation_id = k.consultation_id AND p.succeeded_at IS NOT NULL
    LEFT JOIN receipt e ON e.id = 'prepayment:' || p.id
  UNION ALL SELECT 'refund', r.id, coalesce(r.settled_at, r.refused_at, r.asked_at), r.amount_minor, CASE WHEN r.settled_at IS NOT NULL THEN 'done'
      WHEN r.refused_at IS NOT NULL THEN 'refused' WHEN r.via = 'manual' THEN 'byHand' ELSE 'going' END, NULL, r.document, e.state, e.document_number
    FROM seen k CROSS JOIN refund r ON r.consultation_id = k.consultation_id LEFT JOIN receipt e ON e.consultation_id = r.consultation_id AND e.refund_id = r.id`;

const LETTERS_OF = `SELECT t.* FROM seen k CROSS JOIN letter t ON t.consultation_id = k.consultation_id AND (t.subject = k.id OR t.subject LIKE k.id || ':%')
  ORDER BY t.queued_at, t.id`;

const INCOMING = `SELECT i.id, i.received_at, i.sender, i.subject, i.relation FROM seen k CROSS JOIN letter_in i ON i.claim_id = k.id ORDER BY i.received_at LIMIT 50`;

const incomingOf = (row: Row): IncomingLetter => ({
  id: text(row, 'id'),
  at: number(row, 'received_at'),
  sender: textOrNull(row, 'sender'),
  subject: text(row, 'subject'),
  isFromElsewhere: row.relation === 'other',
});

const EARLIER_CLAIMS = `SELECT m.id, m.number, m.demanded_at, m.withdrawn_at, (SELECT n.outcome FROM claim_decision n WHERE n.claim_id = m.id AND n.in_force_at IS NOT NULL) AS outcome
  FROM seen k CROSS JOIN refund_claim m ON m.person_id = k.person_id AND m.id <> k.id ORDER BY m.demanded_at DESC LIMIT ${EARLIER}`;

const claimOf = (row: Row): DeskClaim => ({
  id: text(row, 'id'),
  number: text(row, 'number'),
  version: number(row, 'claim_version'),
  consultationId: text(row, 'consultation_id'),
  facts: claimFactsOf(row),
  via: row.via === 'account' ? 'account' : 'same',
  accountLast4: textOrNull(row, 'account_last4'),
  // Written by us from the type, and frozen.
  application: JSON.parse(text(row, 'body')) as ApplicationFacts,
  patient: text(row, 'patient'),
  availableMinor: number(row, 'available_minor'),
  secondAboveMinor: number(row, 'second_above'),
  ruleMinutes: number(row, 'rule_minutes'),
  decision:
    row.decision_id === null
      ? null
      : {
          id: text(row, 'decision_id'),
          outcome: outcomeOf(row.decision_outcome),
          amountMinor: number(row, 'decision_minor'),
          reason: text(row, 'decision_reason'),
          by: textOrNull(row, 'decided_by'),
          isOwn: number(row, 'is_own') === 1,
        },
});

const outcomeOf = (word: unknown): ClaimOutcome => CLAIM_OUTCOMES.find(one => one === word) ?? fail(`An outcome ${String(word)}.`);

const TYPES = ['image/jpeg', 'image/png', 'application/pdf'] as const;

const photoOf = (row: Row): ClaimPhoto => ({
  id: text(row, 'id'),
  name: text(row, 'name'),
  type: TYPES.find(type => type === row.type) ?? fail(`A file of the type ${row.type}.`),
  bytes: number(row, 'bytes'),
  at: number(row, 'at'),
  source: row.source === 'letter' ? 'letter' : 'upload',
  removed: row.removed_at === null ? null : { at: number(row, 'removed_at'), by: text(row, 'removed_by') },
});

function eventOf(row: Row): ClaimEvent {
  const common = { at: number(row, 'at'), by: textOrNull(row, 'by') };
  switch (row.kind) {
    case 'form':
      return { ...common, kind: 'form', version: number(row, 'word'), minor: number(row, 'minor') };
    case 'signature':
      return { ...common, kind: 'signature', way: CLAIM_SIGNATURES.find(way => way === row.word) ?? fail(`A signature by ${row.word}.`) };
    case 'question':
      return { ...common, kind: 'question', text: text(row, 'said') };
    case 'decision':
      return { ...common, kind: 'decision', outcome: outcomeOf(row.word), minor: number(row, 'minor'), text: text(row, 'said') };
    case 'agreed':
    case 'turnedDown':
    case 'withdrawn':
      return { ...common, kind: row.kind };
    default:
      return fail(`An event ${row.kind}.`);
  }
}

const STATES = ['done', 'going', 'byHand', 'refused'] as const;

const lineOf = (row: Row): LedgerLine => ({
  id: text(row, 'id'),
  kind: row.kind === 'refund' ? 'refund' : 'payment',
  at: number(row, 'at'),
  minor: number(row, 'minor'),
  state: STATES.find(state => state === row.state) ?? fail(`A line ${row.state}.`),
  method: textOrNull(row, 'method'),
  document: textOrNull(row, 'document'),
  receipt:
    row.receipt === null
      ? null
      : { state: RECEIPT_STATES.find(state => state === row.receipt) ?? 'owed', number: textOrNull(row, 'document_number') },
});

const earlierOf = (row: Row): EarlierClaim => ({
  id: text(row, 'id'),
  number: text(row, 'number'),
  demandedAt: number(row, 'demanded_at'),
  outcome: row.outcome === null ? null : outcomeOf(row.outcome),
  isWithdrawn: numberOrNull(row, 'withdrawn_at') !== null,
});

export interface ClaimBytes {
  readonly key: string;
  readonly type: string;
  readonly name: string;
}

/** A file of a claim that was not removed; null for anybody without one of the roles. */
export const claimBytesRead = (asker: Asker, roles: readonly Role[], id: string, fileId: string): Read<ClaimBytes | null> => ({
  sql: `${SEEN} SELECT x.key, x.type, x.name FROM seen k CROSS JOIN claim_file x ON x.claim_id = k.id WHERE x.id = ?5 AND x.removed_at IS NULL AND x.purged_at IS NULL`,
  args: [...asArgs(asker), id, JSON.stringify(roles), fileId],
  take: one(row => ({ key: text(row, 'key'), type: text(row, 'type'), name: text(row, 'name') })),
});

export interface ClaimSheet {
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly bytes: number;
  readonly at: number;
  readonly source: 'upload' | 'letter';
  readonly sha256: string;
}

/** All files of a claim that were not removed, for its dossier. */
export const claimSheetsRead = (asker: Asker, roles: readonly Role[], id: string): Read<ClaimSheet[]> => ({
  sql: `${SEEN} SELECT x.key, x.type, x.name, x.bytes, x.at, x.source, x.sha256 FROM seen k CROSS JOIN claim_file x ON x.claim_id = k.id
    WHERE x.removed_at IS NULL AND x.purged_at IS NULL ORDER BY x.at, x.id`,
  args: [...asArgs(asker), id, JSON.stringify(roles)],
  take: every(row => ({
    key: text(row, 'key'),
    type: text(row, 'type'),
    name: text(row, 'name'),
    bytes: number(row, 'bytes'),
    at: number(row, 'at'),
    source: row.source === 'letter' ? 'letter' : 'upload',
    sha256: text(row, 'sha256'),
  })),
});

export interface ClaimPaper {
  /** In the store, once it was made. */
  readonly key: string | null;
  readonly facts: ApplicationFacts;
}

/** The latest application. */
export const claimPaperRead = (asker: Asker, roles: readonly Role[], id: string): Read<ClaimPaper | null> => ({
  sql: `${SEEN} SELECT f.key, f.body FROM seen k CROSS JOIN claim_form f ON f.claim_id = k.id ORDER BY f.version DESC LIMIT 1`,
  args: [...asArgs(asker), id, JSON.stringify(roles)],
  take: one(row => ({ key: textOrNull(row, 'key'), facts: JSON.parse(text(row, 'body')) as ApplicationFacts })),
});

interface Hand {
  readonly claimId: string;
  readonly personId: string;
  readonly sessionId: string;
}

/** The sealed account of the latest form, with a line in the journal that this person looked; null when there is none. */
export async function readsSealedAccount(db: Database, { claimId, personId, sessionId }: Hand, now: number): Promise<string | null> {
  const { sealed } = await ask(db, {
    journal: alongside(audited({ now, personId, sessionId, act: 'claim.readAccount', kind: 'claim', id: claimId })),
    sealed: {
      sql: `SELECT f.account_sealed FROM claim_form f WHERE f.claim_id = ?1 AND EXISTS (SELECT 1 FROM role a WHERE a.person_id = ?2
        AND a.role IN ('finance', 'owner')) ORDER BY f.version DESC LIMIT 1`,
      args: [claimId, personId],
      take: one(row => textOrNull(row, 'account_sealed')),
    },
  });
  return sealed;
}

/** Who took the dossier with them. */
export async function journalsDossier(db: Database, { claimId, personId, sessionId }: Hand, now: number): Promise<void> {
  await write(db, [audited({ now, personId, sessionId, act: 'claim.dossier', kind: 'claim', id: claimId })]);
}

/** «Лишний документ»: nobody sees the file any more, and its bytes go later. False when it was gone already. */
export async function removesClaimFile(
  db: Database,
  { claimId, personId, sessionId }: Hand,
  fileId: string,
  now: number,
): Promise<boolean> {
  const [removed] = await write(db, [
    {
      sql: `UPDATE claim_file SET removed_at = ?3, removed_by = ?4 WHERE id = ?1 AND claim_id = ?2 AND removed_at IS NULL
        AND EXISTS (SELECT 1 FROM role a WHERE a.person_id = ?4 AND a.role IN ('finance', 'owner'))`,
      args: [fileId, claimId, now, personId],
    },
    auditedIfChanged({ now, personId, sessionId, act: 'claim.removeFile', kind: 'claim', id: claimId, detail: fileId }),
  ]);
  return removed === 1;
}
