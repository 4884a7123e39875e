// How much a patient gets back on cancelling. The clinic keeps its actual costs only when the notice is short (Russian consumer protection
// law No. 2300-1, art. 32). Called by the pages and routes of cancelling and by the letters.
import type { Facts } from './status.ts';

export interface CancellationTerms {
  /** Until this instant (ms) the whole sum is returned. */
  readonly freeUntil: number;
  readonly fullMinor: number;
  readonly keptMinor: number;
  readonly lateMinor: number;
}

export interface CancellationPolicy {
  /** Cancelling is free until this many hours before the start. */
  readonly freeHours: number;
  /** The clinic's costs after that, in percent of the price. */
  readonly keptPercent: number;
}

const HOUR = 3_600_000;

export function termsOf(priceMinor: number, startsAt: number, policy: CancellationPolicy): CancellationTerms {
  // Whole roubles, rounded in the patient's favour.
  const keptMinor = Math.floor((priceMinor * policy.keptPercent) / 100 / 100) * 100;
  return { freeUntil: startsAt - policy.freeHours * HOUR, fullMinor: priceMinor, keptMinor, lateMinor: priceMinor - keptMinor };
}

/** The terms as one word for a form: when it differs at posting, the page shows the new terms instead of booking under them. */
export const agreementOf = ({ fullMinor, lateMinor, freeUntil }: CancellationTerms): string => `${fullMinor}.${lateMinor}.${freeUntil}`;

type PaidFacts = Pick<Facts, 'startsAt' | 'takenMinor' | 'returningMinor'>;

export type CancellationEnd = { readonly kind: 'returned'; readonly minor: number } | { readonly kind: 'tooLate' };

/**
 * The sum that is returned if the patient cancels now, minor units. After the start a visit cannot be cancelled; the patient can only claim
 * a refund.
 */
export function onCancel(terms: CancellationTerms, facts: PaidFacts, now: number): CancellationEnd {
  if (now >= facts.startsAt) return { kind: 'tooLate' };
  return { kind: 'returned', minor: Math.min(now < terms.freeUntil ? terms.fullMinor : terms.lateMinor, leftMinor(terms, facts)) };
}

/** What the clinic has of the price; the whole price before anything was paid. A part may have been returned already, for example by hand. */
export const leftMinor = ({ fullMinor }: CancellationTerms, { takenMinor, returningMinor }: PaidFacts): number =>
  takenMinor === 0 ? fullMinor : Math.min(fullMinor, Math.max(0, takenMinor - returningMinor));
