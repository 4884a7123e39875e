// The patient's demand for money back: RefundClaim, the clinic's Decision, then Refund. What is printed on the application is frozen when it is made;
// a changed form is the next version.

/** Why the money is demanded. Stored values. */
export const CLAIM_REASONS = ['clinicCancelled', 'doctorAbsent', 'noConnection', 'brokeOff', 'changedMind', 'paidTwice', 'other'] as const;
export type ClaimReason = (typeof CLAIM_REASONS)[number];

/** How the money goes back: the way it came, or to a bank account where that is impossible. */
export const CLAIM_VIAS = ['same', 'account'] as const;
export type ClaimVia = (typeof CLAIM_VIAS)[number];

/** How an application was signed: by the code of a letter, by a photograph uploaded in the cabinet, or by one sent as a letter. */
export const CLAIM_SIGNATURES = ['code', 'upload', 'letter'] as const;
export type ClaimSignature = (typeof CLAIM_SIGNATURES)[number];

/** The facts printed on an application, frozen when it was made (claim_form.body). Sums are minor units, instants ms. */
export interface ApplicationFacts {
  /** What people read aloud: В-2026-00042. */
  readonly number: string;
  readonly version: number;
  readonly madeAt: number;
  /** The clinic's zone, in which all instants are printed. */
  readonly zone: string;
  readonly clinic: {
    readonly legalName: string;
    readonly address: string;
    readonly inn: string;
    readonly ogrn: string;
    readonly head: string;
    /** With the claim's token: zayavlenie+TOKEN@… */
    readonly claimsAddress: string;
  };
  readonly claimant: { readonly name: string; readonly email: string; readonly phone: string | null; readonly address: string | null };
  /** The patient's name when the claimant acts for a child. */
  readonly child: string | null;
  readonly offer: { readonly version: number; readonly acceptedAt: number } | null;
  readonly consultation: { readonly id: string; readonly doctor: string; readonly startsAt: number; readonly endsAt: number };
  readonly paid: readonly {
    readonly minor: number;
    readonly at: number;
    readonly method: string | null;
    readonly receipt: string | null;
  }[];
  readonly amountMinor: number;
  readonly currency: 'RUB';
  readonly reason: ClaimReason;
  /** The claimant's own words; empty when there are none. */
  readonly text: string;
  readonly via: ClaimVia;
  /** The account number is sealed elsewhere; only its end is printed. */
  readonly account: { readonly holder: string; readonly bank: string; readonly bic: string; readonly last4: string } | null;
  /** What the call's passport shows; null when the claimant does not attach it. Durations in ms. */
  readonly call: { readonly togetherMs: number; readonly faults: readonly string[] } | null;
}
