// What the form of a refund claim is filled with and what the rule looks at: the consultation, who demands, what was paid, the contract, the passport of
// the call, an earlier draft. One batch with the page. Called by worker/routes/patient/claim-forms.tsx.
import type { Consultation } from '../../workflows/rules/consultation.ts';
import type { ApplicationFacts } from '../../workflows/rules/claim.ts';
import { AS_ASKER, type Asker, asArgs, ME } from './asker.ts';
import { attendanceRead } from './attendance.ts';
import { faultsRead } from './call-passport.ts';
import { clinicSettingsRead } from './clinic-settings.ts';
import { consultationOf, type Part, PATIENT, patientOf, selectsConsultations } from './consultations.ts';
import { every, number, one, type Read, text, textOrNull } from './db.ts';
import { claimsOfSeenRead, IS_CLAIMANT, MAY_CLAIM } from './own-claims.ts';
import { fullNameOf } from '../../workflows/rules/person.ts';
import { byId, type Which } from './which.ts';

export interface Claimed {
  readonly consultation: Consultation;
  /** Who demands, as the documents say it. */
  readonly name: string;
  /** The patient's name when the asker acts for a child. */
  readonly child: string | null;
  readonly phone: string | null;
  readonly offer: ApplicationFacts['offer'];
}

/** Named by the consultation for a new claim, by the claim for a changed form. */
export type BasisName = { readonly by: 'consultation' | 'claim'; readonly id: string };

const NAMED = {
  consultation: `SELECT c.id FROM consultation c WHERE c.id = ?3 AND ${MAY_CLAIM}`,
  claim: `SELECT c.id FROM refund_claim m JOIN consultation c ON c.id = m.consultation_id WHERE m.id = ?3 AND ${IS_CLAIMANT}`,
} as const;

export function claimBasisReads(asker: Asker, { by, id }: BasisName) {
  const seen: Which = {
    with: `${AS_ASKER}, seen AS MATERIALIZED (${NAMED[by]})`,
    id: '(SELECT id FROM seen)',
    args: [...asArgs(asker), id],
  };
  return { ...basisReads(seen, ME, asker.now), claims: claimsOfSeenRead(seen), draft: draftRead(seen) };
}

/** The same for the system, which demands for the patient. */
export const ruleBasisReads = (consultationId: string, now: number) => basisReads(byId(consultationId), 'c.patient_id', now);

const basisReads = (seen: Which, claimant: string, now: number) => ({
  claimed: claimedRead(seen, claimant),
  paid: paidRead(seen),
  attendances: attendanceRead(seen),
  faults: faultsRead(seen),
  settings: clinicSettingsRead(now),
});

/** SQL: the offer that the claimant had accepted when the visit was booked, else the latest. */
const ACCEPTED = (column: string): string =>
  `(SELECT ${column} FROM consent_document o CROSS JOIN consent k ON k.person_id = claimant.id AND k.document_id = o.id WHERE o.kind = 'offer'
    ORDER BY k.at <= c.created_at DESC, k.at DESC LIMIT 1)`;

const claimantPart = (claimant: string): Part => ({
  columns: `claimant.family_name AS claimant_family, claimant.given_name AS claimant_given, claimant.middle_name AS claimant_middle,
    claimant.phone AS claimant_phone, claimant.id = c.patient_id AS for_self,
    ${ACCEPTED('o.version')} AS offer_version,
    ${ACCEPTED('k.at')} AS offer_at`,
  join: `JOIN person claimant ON claimant.id = ${claimant}`,
});

const claimedRead = (seen: Which, claimant: string): Read<Claimed | null> => ({
  sql: `${seen.with} ${selectsConsultations(`c.id = ${seen.id}`, PATIENT, claimantPart(claimant))}`,
  args: seen.args,
  take: one(row => ({
    consultation: consultationOf(row),
    name: [text(row, 'claimant_family'), text(row, 'claimant_given'), textOrNull(row, 'claimant_middle')].filter(Boolean).join(' '),
    child: number(row, 'for_self') === 1 ? null : fullNameOf(patientOf(row)),
    phone: textOrNull(row, 'claimant_phone'),
    offer: row['offer_version'] === null ? null : { version: number(row, 'offer_version'), acceptedAt: number(row, 'offer_at') },
  })),
});

const paidRead = (seen: Which): Read<ApplicationFacts['paid'][number][]> => ({
  sql: `${seen.with} SELECT p.amount_minor, p.succeeded_at, p.method, (SELECT e.document_number FROM receipt e
      WHERE e.consultation_id = p.consultation_id AND e.payment_id = p.id AND e.kind = 'prepayment') AS receipt
    FROM payment p WHERE p.consultation_id = ${seen.id} AND p.succeeded_at IS NOT NULL ORDER BY p.succeeded_at, p.attempt`,
  args: seen.args,
  take: every(row => ({
    minor: number(row, 'amount_minor'),
    at: number(row, 'succeeded_at'),
    method: textOrNull(row, 'method'),
    receipt: textOrNull(row, 'receipt'),
  })),
});

/** The form as it was typed and not accepted, a JSON object; null when there is none. */
const draftRead = (seen: Which): Read<string | null> => ({
  sql: `${seen.with} SELECT body FROM claim_draft WHERE person_id = ${ME} AND consultation_id = ${seen.id}`,
  args: seen.args,
  take: one(row => text(row, 'body')),
});
