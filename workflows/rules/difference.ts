// «Сверка»: every kind of difference between the provider, the cash register and our rows, in one list. A new kind is one entry here and its words in
// both languages. What a rule repairs by itself is no difference: a run counts it.

/** `queue` waits for a person of finance. `alarm` means that money or rows contradict each other: nothing is done by itself, and the owner hears of it. */
type Waits = 'queue' | 'alarm';

export interface DifferenceRule {
  readonly waits: Waits;
  /** Who sees it: the comparison with the provider, or our own rows alone. */
  readonly seen: 'provider' | 'facts';
}

const provider = (waits: Waits): DifferenceRule => ({ waits, seen: 'provider' });
const facts = (waits: Waits): DifferenceRule => ({ waits, seen: 'facts' });

export const DIFFERENCES = {
  /** Paid at the provider, and no row here knows it. */
  unknownPayment: provider('queue'),
  /** Paid there; here it was recorded as refused. */
  paidThoughRefused: provider('alarm'),
  /** Paid here; the provider does not know it, or calls it cancelled. */
  vanishedPayment: provider('alarm'),
  /** The sum or the currency differs. */
  otherSum: provider('alarm'),
  /** It names another payment or consultation of ours. */
  otherOwner: provider('alarm'),
  /** The provider holds the money until it is captured: the shop was set to two stages. */
  notCaptured: provider('queue'),
  /** A test payment in a live shop, or the reverse. */
  testMoney: provider('alarm'),
  /** Returned here; the provider does not know it, or calls it cancelled. */
  vanishedRefund: provider('alarm'),
  /** The sum of a refund differs. */
  otherRefundSum: provider('alarm'),
  /** A payment was begun an hour ago, and no answer of the provider came. */
  lostAttempt: facts('queue'),
  /** Money that was neither granted nor is going back for a quarter of an hour. */
  undecidedMoney: facts('queue'),
  /** More is going back or has gone back than was paid. */
  returnedTooMuch: facts('alarm'),
  /** The bank or the provider refused a refund. */
  refusedRefund: facts('queue'),
  /** A refund that has no end for a day. */
  lateRefund: facts('queue'),
  /** A refund that was made without us. */
  externalRefund: facts('queue'),
  /** A failed visit whose money nobody has asked back for three days. */
  heldThoughFailed: facts('queue'),
  /** A claim on its seventh day or later without a decision. */
  claimLate: facts('queue'),
  /** A claim whose ten days are over without a decision. */
  claimOverdue: facts('alarm'),
  /** A claim was approved, and nothing went back. */
  approvedUnpaid: facts('alarm'),
  /** The cash register refused a receipt. */
  refusedReceipt: facts('queue'),
  /** A receipt that is not registered after three days. */
  lateReceipt: facts('queue'),
  /** Money came or went, and no receipt is owed for it. */
  noReceipt: facts('alarm'),
  /** A message to Temporal that was not delivered. */
  stuckMessage: facts('queue'),
} as const satisfies Record<string, DifferenceRule>;

export type DifferenceKind = keyof typeof DIFFERENCES;
export const DIFFERENCE_KINDS = Object.keys(DIFFERENCES) as [DifferenceKind, ...DifferenceKind[]];

/** The phases of a run, in order. */
export const PHASES = ['payments', 'refunds', 'ours', 'again', 'facts', 'done'] as const;
export type Phase = (typeof PHASES)[number];

export const phaseAfter = (phase: Phase): Phase => PHASES[Math.min(PHASES.indexOf(phase) + 1, PHASES.length - 1)] ?? 'done';
