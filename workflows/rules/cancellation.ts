// What comes back when a patient cancels. The clinic keeps its actual costs only when the notice is short (art. 32 of the consumer law).
export interface CancellationTerms {
  /** Until this instant everything comes back. */
  readonly freeUntil: number;
  readonly fullMinor: number;
  readonly keptMinor: number;
  readonly lateMinor: number;
}

export interface CancellationPolicy {
  /** Hours before the start until which cancelling costs nothing. */
  readonly freeHours: number;
  /** The clinic's costs, in percent of the price, kept after that. */
  readonly keptPercent: number;
}

const HOUR = 3_600_000;

export function termsOf(priceMinor: number, startsAt: number, policy: CancellationPolicy): CancellationTerms {
  // Whole roubles, rounded in the patient's favour.
  const keptMinor = Math.floor((priceMinor * policy.keptPercent) / 100 / 100) * 100;
  return { freeUntil: startsAt - policy.freeHours * HOUR, fullMinor: priceMinor, keptMinor, lateMinor: priceMinor - keptMinor };
}

export type CancellationEnd = { readonly kind: 'returned'; readonly minor: number } | { readonly kind: 'tooLate' };

/** The sum that comes back if the patient cancels now; once the visit has begun cancelling is over and a refund claim takes its place. */
export function onCancel(terms: CancellationTerms, startsAt: number, now: number): CancellationEnd {
  if (now >= startsAt) return { kind: 'tooLate' };
  return { kind: 'returned', minor: now < terms.freeUntil ? terms.fullMinor : terms.lateMinor };
}
