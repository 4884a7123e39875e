// The queue «Возвраты» of finance: in which lists a claim stands, computed from the same facts as its state. Read by worker/routes/finance/. Instants are ms,
// sums minor units.
import { CLAIM_DAYS } from './claim-moments.ts';
import { type ClaimFacts, claimStateOf, isClaimOpen } from './claim-state.ts';

/** `bank`: refunds that the bank refused and those that are paid by hand. `external`: refunds made elsewhere. `ended`: claims of the last weeks. */
export const CLAIM_TABS = ['open', 'new', 'unsigned', 'toDecide', 'second', 'late', 'bank', 'external', 'ended'] as const;
export type ClaimTab = (typeof CLAIM_TABS)[number];
/** Lists of claims that are not decided. */
export type OpenTab = Exclude<ClaimTab, 'bank' | 'external' | 'ended'>;

const DAY_MS = 86_400_000;
/** The day from which a claim is pressing. */
export const LATE_DAY = 7;

/** Day n of ten: the day of the demand is day 0, the tenth ends at dueAt. More than ten when the term is over. */
export const claimDayOf = ({ dueAt }: Pick<ClaimFacts, 'dueAt'>, now: number): number =>
  Math.max(0, CLAIM_DAYS - Math.floor((dueAt - now - 1) / DAY_MS));

const IN: Readonly<Record<OpenTab, (facts: ClaimFacts, now: number) => boolean>> = {
  open: () => true,
  new: (facts, now) => now - facts.demandedAt < DAY_MS,
  unsigned: facts => claimStateOf(facts) === 'demanded',
  toDecide: facts => ['signed', 'inReview'].includes(claimStateOf(facts)),
  second: facts => claimStateOf(facts) === 'waitsForSecond',
  late: (facts, now) => claimDayOf(facts, now) >= LATE_DAY,
};

export const isInTab = (tab: OpenTab, facts: ClaimFacts, now: number): boolean => isClaimOpen(claimStateOf(facts)) && IN[tab](facts, now);

export const isOpenTab = (tab: ClaimTab): tab is OpenTab => tab in IN;

export interface QueueClaim {
  readonly id: string;
  readonly number: string;
  readonly facts: ClaimFacts;
  readonly patient: string;
  readonly startsAt: number;
  /** What the claimant attached from the record of the call, ms; null without it. */
  readonly togetherMs: number | null;
}

export interface QueueRefund {
  readonly id: string;
  readonly tab: 'bank' | 'external';
  readonly isOwedByHand: boolean;
  readonly amountMinor: number;
  readonly refuseReason: string | null;
  readonly at: number;
  readonly patient: string;
  readonly startsAt: number;
  readonly claimNumber: string | null;
}

export interface ClaimQueue {
  readonly open: readonly QueueClaim[];
  readonly money: readonly QueueRefund[];
  /** Empty unless the list is asked for. */
  readonly ended: readonly QueueClaim[];
}

/** How many stand in each list, from the rows themselves; null for the list that is read only when it is shown. */
export const countsOf = ({ open, money }: ClaimQueue, now: number): Readonly<Record<ClaimTab, number | null>> => {
  const count = (tab: OpenTab) => open.filter(claim => isInTab(tab, claim.facts, now)).length;
  return {
    open: open.length,
    new: count('new'),
    unsigned: count('unsigned'),
    toDecide: count('toDecide'),
    second: count('second'),
    late: count('late'),
    bank: money.filter(({ tab }) => tab === 'bank').length,
    external: money.filter(({ tab }) => tab === 'external').length,
    ended: null,
  };
};
