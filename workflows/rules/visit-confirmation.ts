// Whether somebody else than the doctor may confirm that a visit took place without a meeting in the call. The trigger of its table decides races.
import { type Facts, isAhead, statusOf } from './status.ts';

/** Characters of the front desk's reason. */
export const CONFIRMATION_REASON = { least: 10, most: 500 } as const;

/** A paid visit that nobody has ended, from its start on, in which the two did not meet. */
export const mayConfirm = (facts: Facts, now: number): boolean =>
  isAhead(statusOf(facts, now)) && facts.startedAt === null && now >= facts.startsAt;

export function isConfirmationReason(reason: string): boolean {
  const { length } = [...reason.trim()];
  return length >= CONFIRMATION_REASON.least && length <= CONFIRMATION_REASON.most;
}

/** A visit past its start without a meeting and without an outcome, as the front desk sees it. */
export interface Unmet {
  readonly consultationId: string;
  readonly patientName: string;
  readonly startsAt: number;
}
