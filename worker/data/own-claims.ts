// Refund claims as their claimant sees them: who demanded, or who acts for the child. A session that was handed over for one visit sees none. Called by
// worker/routes/patient/claims.tsx, the history and the consultation's page.
import { claimStateOf, type ClaimFacts } from '../../workflows/rules/claim-state.ts';
import type { ClaimLink } from '../../workflows/rules/claim-offer.ts';
import type { ApplicationFacts } from '../../workflows/rules/claim.ts';
import { fileTypeIn, type FileType } from '../../workflows/rules/file.ts';
import { AS_ASKER, type Asker, asArgs, ME } from './asker.ts';
import { ACTS_NOW } from './card-reader.ts';
import { CLAIM_COLUMNS, CLAIM_JOINS, claimFactsOf } from './claim-facts.ts';
import { every, number, numberOrNull, one, type Read, type Row, text, textOrNull } from './db.ts';
import type { Which } from './which.ts';

const ACTS_FOR = (patient: string): string =>
  `EXISTS (SELECT 1 FROM guardian g WHERE g.child_id = ${patient} AND g.guardian_id = ${ME} AND ${ACTS_NOW})`;
const HAS_WHOLE_SESSION = '(SELECT only_visit FROM asking) IS NULL';

/** SQL: the asker may demand the money of a consultation `c` back. */
export const MAY_CLAIM = `(c.patient_id = ${ME} OR ${ACTS_FOR('c.patient_id')}) AND ${HAS_WHOLE_SESSION}`;

/** SQL: a claim `m` about a consultation `c` is the asker's. */
export const IS_CLAIMANT = `(m.person_id = ${ME} OR ${ACTS_FOR('c.patient_id')}) AND ${HAS_WHOLE_SESSION}`;

export interface ClaimBrief extends ClaimLink {
  readonly consultationId: string;
  readonly facts: ClaimFacts;
}

const briefOf = (row: Row): ClaimBrief => {
  const facts = claimFactsOf(row);
  return {
    id: text(row, 'id'),
    number: text(row, 'number'),
    consultationId: text(row, 'consultation_id'),
    state: claimStateOf(facts),
    facts,
  };
};

/** The asker's claims about one consultation, the latest first. */
export const claimsOfRead = (asker: Asker, consultationId: string): Read<ClaimBrief[]> => ({
  sql: `${AS_ASKER} SELECT ${CLAIM_COLUMNS} FROM refund_claim m JOIN consultation c ON c.id = m.consultation_id ${CLAIM_JOINS}
    WHERE m.consultation_id = ?3 AND ${IS_CLAIMANT} ORDER BY m.demanded_at DESC, m.id DESC`,
  args: [...asArgs(asker), consultationId],
  take: every(briefOf),
});

/** The same, of a consultation that the asker may claim for. */
export const claimsOfSeenRead = (seen: Which): Read<ClaimBrief[]> => ({
  sql: `${seen.with} SELECT ${CLAIM_COLUMNS} FROM refund_claim m ${CLAIM_JOINS} WHERE m.consultation_id = ${seen.id} ORDER BY m.demanded_at DESC, m.id DESC`,
  args: seen.args,
  take: every(briefOf),
});

/** All claims of the asker, the latest first: a person makes a few of them in a life. */
export const allClaimsRead = (asker: Asker): Read<ClaimBrief[]> => ({
  sql: `${AS_ASKER} SELECT ${CLAIM_COLUMNS} FROM refund_claim m ${CLAIM_JOINS} WHERE m.person_id = ${ME} AND ${HAS_WHOLE_SESSION} ORDER BY m.demanded_at DESC, m.id DESC`,
  args: asArgs(asker),
  take: every(briefOf),
});

export interface OwnClaim extends ClaimBrief {
  /** Grows with everything that happens to it. */
  readonly version: number;
  readonly token: string;
  readonly openedBy: 'patient' | 'rule';
  readonly startsAt: number;
  readonly email: string;
  readonly form: {
    readonly version: number;
    readonly at: number;
    readonly body: ApplicationFacts;
    readonly accountLast4: string | null;
    readonly sha256: string | null;
    readonly key: string | null;
  };
  readonly decision: { readonly at: number; readonly reason: string; readonly isByRule: boolean } | null;
}

/** One claim of the asker; null for anybody else. */
export const ownClaimRead = (asker: Asker, id: string): Read<OwnClaim | null> => ({
  sql: `${AS_ASKER} SELECT ${CLAIM_COLUMNS}, c.starts_at, c.email, f.body AS form_body, f.account_last4, f.sha256, f.key,
      n.reason AS decision_reason, n.person_id AS decided_by
    FROM refund_claim m JOIN consultation c ON c.id = m.consultation_id ${CLAIM_JOINS} WHERE m.id = ?3 AND ${IS_CLAIMANT}`,
  args: [...asArgs(asker), id],
  take: one(ownOf),
});

const ownOf = (row: Row): OwnClaim => ({
  ...briefOf(row),
  version: number(row, 'claim_version'),
  token: text(row, 'token'),
  openedBy: text(row, 'opened_by') === 'rule' ? 'rule' : 'patient',
  startsAt: number(row, 'starts_at'),
  email: text(row, 'email'),
  form: {
    version: number(row, 'form_version'),
    at: number(row, 'form_at'),
    body: JSON.parse(text(row, 'form_body')) as ApplicationFacts,
    accountLast4: textOrNull(row, 'account_last4'),
    sha256: textOrNull(row, 'sha256'),
    key: textOrNull(row, 'key'),
  },
  decision:
    row['in_force_at'] === null
      ? null
      : { at: number(row, 'in_force_at'), reason: text(row, 'decision_reason'), isByRule: row['decided_by'] === null },
});

/** SQL: the rows of a table with a claim_id that belong to the asker's claim ?3. */
const OF_CLAIM = (table: string): string =>
  `${table} JOIN refund_claim m ON m.id = x.claim_id JOIN consultation c ON c.id = m.consultation_id WHERE x.claim_id = ?3 AND ${IS_CLAIMANT}`;

export interface ClaimFile {
  readonly id: string;
  readonly at: number;
  readonly name: string;
  readonly type: FileType;
  readonly bytes: number;
  readonly source: 'upload' | 'letter';
  readonly isRemoved: boolean;
}

const fileOf = (row: Row): ClaimFile => ({
  id: text(row, 'id'),
  at: number(row, 'at'),
  name: text(row, 'name'),
  type: fileTypeIn(row['type']),
  bytes: number(row, 'bytes'),
  source: text(row, 'source') === 'letter' ? 'letter' : 'upload',
  isRemoved: row['removed_at'] !== null,
});

export const claimFilesRead = (asker: Asker, id: string): Read<ClaimFile[]> => ({
  sql: `${AS_ASKER} SELECT x.* FROM ${OF_CLAIM('claim_file x')} ORDER BY x.at, x.id`,
  args: [...asArgs(asker), id],
  take: every(fileOf),
});

/** One file of the asker's claim with its key in the store; null for anybody else, and for one that was taken out. */
export const ownClaimFileRead = (asker: Asker, id: string, fileId: string): Read<(ClaimFile & { readonly key: string }) | null> => ({
  sql: `${AS_ASKER} SELECT x.* FROM ${OF_CLAIM('claim_file x')} AND x.id = ?4 AND x.removed_at IS NULL`,
  args: [...asArgs(asker), id, fileId],
  take: one(row => ({ ...fileOf(row), key: text(row, 'key') })),
});

export interface ClaimSigned {
  readonly version: number;
  readonly way: 'code' | 'upload' | 'letter';
  readonly at: number;
}

export const claimSignaturesRead = (asker: Asker, id: string): Read<ClaimSigned[]> => ({
  sql: `${AS_ASKER} SELECT x.form_version, x.way, x.at FROM ${OF_CLAIM('claim_signature x')} ORDER BY x.at`,
  args: [...asArgs(asker), id],
  take: every(row => {
    const way = text(row, 'way');
    return { version: number(row, 'form_version'), way: way === 'code' || way === 'letter' ? way : 'upload', at: number(row, 'at') };
  }),
});

export interface ClaimQuestion {
  readonly at: number;
  readonly text: string;
}

export const claimQuestionsRead = (asker: Asker, id: string): Read<ClaimQuestion[]> => ({
  sql: `${AS_ASKER} SELECT x.at, x.text FROM ${OF_CLAIM('claim_question x')} ORDER BY x.at`,
  args: [...asArgs(asker), id],
  take: every(row => ({ at: number(row, 'at'), text: text(row, 'text') })),
});

export interface ClaimRefund {
  readonly minor: number;
  readonly via: 'provider' | 'manual';
  readonly askedAt: number;
  readonly settledAt: number | null;
  readonly refusedAt: number | null;
  /** Numbers of the fiscal receipt of the return, once it is registered. */
  readonly receipt: { readonly document: string; readonly storage: string; readonly attribute: string } | null;
}

/** Refunds of the claim's decisions with the receipts of the return. */
export const claimRefundsRead = (asker: Asker, id: string): Read<ClaimRefund[]> => ({
  sql: `${AS_ASKER} SELECT r.amount_minor, r.via, r.asked_at, r.settled_at, r.refused_at, e.document_number, e.storage_number, e.attribute
    FROM claim_decision x JOIN refund_claim m ON m.id = x.claim_id JOIN consultation c ON c.id = m.consultation_id JOIN refund r ON r.decision_id = x.id
      LEFT JOIN receipt e ON e.refund_id = r.id AND e.consultation_id = r.consultation_id
    WHERE x.claim_id = ?3 AND ${IS_CLAIMANT} ORDER BY r.asked_at, r.id`,
  args: [...asArgs(asker), id],
  take: every(row => ({
    minor: number(row, 'amount_minor'),
    via: text(row, 'via') === 'manual' ? 'manual' : 'provider',
    askedAt: number(row, 'asked_at'),
    settledAt: numberOrNull(row, 'settled_at'),
    refusedAt: numberOrNull(row, 'refused_at'),
    receipt:
      row['document_number'] === null
        ? null
        : { document: text(row, 'document_number'), storage: text(row, 'storage_number'), attribute: text(row, 'attribute') },
  })),
});
