// The form of a refund claim: what is typed, what is wrong with it, and what it says once it is right. Called by worker/routes/patient/claim-forms.tsx and
// the page. Sums are minor units.
import { CLAIM_REASONS, type ClaimReason, type ClaimVia } from './claim.ts';
import { type ClaimAccount, digitsIn, isAccountOf, isBic, isCorrOf } from './claim-account.ts';
import { type Facts, statusOf } from './status.ts';

/** Fields of one line, as typed. */
export const CLAIM_FIELDS = ['amount', 'reason', 'text', 'phone', 'address', 'via'] as const;
/** Bank details are never kept in a draft. */
export const BANK_FIELDS = ['holder', 'bank', 'bic', 'corr', 'account'] as const;
export type ClaimField = (typeof CLAIM_FIELDS)[number] | (typeof BANK_FIELDS)[number];

export type ClaimTyped = Readonly<Record<ClaimField, string>> & {
  /** «приложить журнал связи» */
  readonly call: boolean;
  /** The consent to the processing of the bank details. */
  readonly bankConsent: boolean;
};

export const TEXT_CHARS = 1000;
const LINE_CHARS = { phone: 40, address: 200, holder: 160, bank: 160 } as const;

export interface ClaimAnswer {
  readonly amountMinor: number;
  readonly reason: ClaimReason;
  readonly text: string;
  readonly phone: string | null;
  readonly address: string | null;
  readonly via: ClaimVia;
  readonly account: ClaimAccount | null;
  readonly call: boolean;
}

export interface ClaimMistake {
  readonly field: ClaimField | 'bankConsent';
  readonly error: string;
}

export interface FormLimits {
  readonly availableMinor: number;
  /** The money cannot go back the way it came. */
  readonly needsAccount: boolean;
}

export type ClaimRead =
  | { readonly kind: 'right'; readonly answer: ClaimAnswer }
  | { readonly kind: 'wrong'; readonly mistakes: readonly ClaimMistake[] };

/** Reads the form. The mistakes are in the order of the fields. */
export function readClaim(typed: ClaimTyped, { availableMinor, needsAccount }: FormLimits): ClaimRead {
  const mistakes: ClaimMistake[] = [];
  const wrong = (field: ClaimMistake['field'], error: string) => mistakes.push({ field, error });
  const reason = CLAIM_REASONS.find(known => known === typed.reason);
  if (!reason) wrong('reason', 'claimReason');
  if ([...typed.text].length > TEXT_CHARS) wrong('text', 'claimText');
  const amountMinor = minorIn(typed.amount);
  if (amountMinor === null || amountMinor === 0) wrong('amount', 'claimAmount');
  else if (amountMinor > availableMinor) wrong('amount', 'claimTooMuch');
  if (typed.phone !== '' && !/^\+?[\d\s()-]{5,}$/.test(typed.phone)) wrong('phone', 'claimPhone');
  for (const field of ['phone', 'address'] as const) if (typed[field].length > LINE_CHARS[field]) wrong(field, 'claimTooLong');
  const via: ClaimVia = needsAccount || typed.via === 'account' ? 'account' : 'same';
  if (via === 'account') mistakes.push(...accountMistakes(typed));
  if (mistakes.length > 0 || !reason || amountMinor === null) return { kind: 'wrong', mistakes };
  const { text, phone, address, call } = typed;
  const account = via === 'account' ? accountOf(typed) : null;
  return {
    kind: 'right',
    answer: { amountMinor, reason, text, phone: phone || null, address: address || null, via, account, call },
  };
}

const accountOf = ({ holder, bank, bic, corr, account }: ClaimTyped): ClaimAccount => ({
  holder,
  bank,
  bic: digitsIn(bic),
  corr: digitsIn(corr),
  account: digitsIn(account),
});

function accountMistakes(typed: ClaimTyped): ClaimMistake[] {
  const { holder, bank, bic, corr, account } = accountOf(typed);
  const mistakes: ClaimMistake[] = [];
  if (holder === '' || holder.length > LINE_CHARS.holder) mistakes.push({ field: 'holder', error: 'claimHolder' });
  if (bank === '' || bank.length > LINE_CHARS.bank) mistakes.push({ field: 'bank', error: 'claimBank' });
  if (!isBic(bic)) mistakes.push({ field: 'bic', error: 'claimBic' });
  else {
    if (!isCorrOf(corr, bic)) mistakes.push({ field: 'corr', error: 'claimCorr' });
    if (!isAccountOf(account, bic)) mistakes.push({ field: 'account', error: 'claimAccount' });
  }
  if (!typed.bankConsent) mistakes.push({ field: 'bankConsent', error: 'claimBankConsent' });
  return mistakes;
}

/** «2 300», «2300,50» or «2300.5 ₽» as kopecks; null when it is no sum. */
export function minorIn(text: string): number | null {
  const sum = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(text.replace(/[\s\u00a0\u202f₽]|руб\.?|р\.$/g, ''));
  return sum ? Number(sum[1]) * 100 + Number((sum[2] ?? '').padEnd(2, '0') || 0) : null;
}

/** A sum as the field shows it: «2300» or «2300,50». */
export const typedSum = (minor: number): string =>
  minor % 100 === 0 ? String(minor / 100) : `${Math.floor(minor / 100)},${String(minor % 100).padStart(2, '0')}`;

/** What the facts suggest; the patient may say something else. */
export function likelyReason(facts: Facts, doctorCame: boolean, now: number): ClaimReason {
  switch (statusOf(facts, now)) {
    case 'cancelled':
      return facts.cancelledBy === 'clinic' ? 'clinicCancelled' : 'changedMind';
    case 'reserved':
    case 'lapsed':
      return 'other';
    case 'paid':
    case 'waiting':
      return doctorCame ? 'noConnection' : 'doctorAbsent';
    case 'failed':
    case 'absent':
      return 'noConnection';
    case 'progress':
    case 'concluded':
    case 'published':
      return 'brokeOff';
  }
}
