// The form of a refund claim between the request and the page: what was typed, what it is filled with, what the page shows. Called by
// worker/routes/patient/claim-forms.tsx.
import type { ClaimFormView, FormNote } from '../../views/claim/claim-view.ts';
import { BANK_FIELDS, CLAIM_FIELDS, type ClaimMistake, type ClaimTyped, likelyReason, typedSum } from '../../workflows/rules/claim-form.ts';
import { ruleOpinion, ruleSees } from '../../workflows/rules/claim-rule.ts';
import type { ApplicationFacts } from '../../workflows/rules/claim.ts';
import { jsonIn, lineOf } from '../../workflows/rules/text.ts';
import type { OwnClaim } from '../data/own-claims.ts';
import { type ApplicationBasis, callOf } from './application.ts';

/** More is never kept, so that a page stays small. */
const KEPT_CHARS = 2_000;

export function typedIn(form: URLSearchParams): ClaimTyped {
  const line = (name: string): string => lineOf(form.get(name) ?? '').slice(0, KEPT_CHARS);
  const typed = Object.fromEntries([...CLAIM_FIELDS, ...BANK_FIELDS].map(name => [name, line(name)]));
  return {
    ...typed,
    text: (form.get('text') ?? '').trim().slice(0, KEPT_CHARS),
    call: form.has('call'),
    bankConsent: form.has('bankConsent'),
  } as ClaimTyped;
}

const NO_ACCOUNT = { holder: '', bank: '', bic: '', corr: '', account: '', bankConsent: false } as const;

/** The draft without bank details, as JSON. */
export const draftOf = (typed: ClaimTyped): string => JSON.stringify({ ...typed, ...NO_ACCOUNT });

/** A draft as it was kept; null when it is not one of this edition of the program. */
export function draftIn(body: string | null): ClaimTyped | null {
  const kept = body === null ? null : jsonIn(body);
  if (typeof kept !== 'object' || kept === null) return null;
  const record = kept as Record<string, unknown>;
  const typed = Object.fromEntries(CLAIM_FIELDS.map(name => [name, typeof record[name] === 'string' ? record[name] : '']));
  return { ...typed, ...NO_ACCOUNT, call: record['call'] === true } as ClaimTyped;
}

/** What the form is filled with at first. */
export function filledIn(basis: ApplicationBasis, availableMinor: number, now: number): ClaimTyped {
  const { consultation, phone } = basis.claimed;
  const { facts } = consultation;
  return {
    ...NO_ACCOUNT,
    amount: typedSum(availableMinor),
    reason: likelyReason(facts, consultation.doctorEnteredAt !== null, now),
    text: '',
    phone: phone ?? '',
    address: '',
    via: 'same',
    call: true,
  };
}

/** The form in force, for its change. Bank details are typed anew: nobody is shown them. */
export const typedAgain = ({ amountMinor, reason, text, claimant, via, call }: ApplicationFacts): ClaimTyped => ({
  ...NO_ACCOUNT,
  amount: typedSum(amountMinor),
  reason,
  text,
  phone: claimant.phone ?? '',
  address: claimant.address ?? '',
  via,
  call: call !== null,
});

export interface FormShown {
  readonly typed: ClaimTyped;
  readonly mistakes: readonly ClaimMistake[];
  readonly note: FormNote | null;
  readonly requestKey: string;
  readonly changes: OwnClaim | null;
}

export interface FormOffer {
  readonly availableMinor: number;
  readonly needsAccount: boolean;
}

export function formViewOf(basis: ApplicationBasis, offer: FormOffer, shown: FormShown, zone: string, now: number): ClaimFormView {
  const { consultation, child, offer: contract } = basis.claimed;
  const { changes } = shown;
  const asked = { via: 'same', demandedMinor: offer.availableMinor, limitMinutes: basis.settings.claimTogetherMinutes } as const;
  const { attendances, faults, paid } = basis;
  const opinion = ruleOpinion(
    ruleSees({ facts: consultation.facts, isConfirmed: consultation.isConfirmed, attendances, faults, ...asked }, now),
  );
  return {
    action: changes === null ? `/consultations/${consultation.id}/refund-claim` : `/refund-claims/${changes.id}/form`,
    consultationId: consultation.id,
    startsAt: consultation.facts.startsAt,
    doctor: consultation.doctor,
    paid,
    offer: contract,
    child,
    email: consultation.email,
    ...offer,
    togetherMs: attendances.length === 0 ? null : (callOf(basis, zone, now)?.togetherMs ?? null),
    granted: opinion.kind === 'grants' ? opinion.because : null,
    typed: shown.typed,
    mistakes: shown.mistakes,
    note: shown.note,
    requestKey: shown.requestKey,
    changes: changes && { id: changes.id, number: changes.number, base: changes.form.version, last4: changes.form.accountLast4 },
  };
}
