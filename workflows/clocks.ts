// Every duration that a workflow waits for, on one page, with its unit and its reason. The clinic's own settings (hold, join window) are
// instants in D1 and reach a workflow as such.

/** How often the provider is asked about a payment that was begun and has not ended. YooKassa keeps a pending one for an hour. */
export const PAYMENT_POLL_MS = 5 * 60_000;

/** Past the end of the hold a pending payment is final after this: an hour of the provider and a margin for its own clocks. */
export const PAYMENT_LIFE_MS = 75 * 60_000;

/** How often a refund that the provider has not settled is asked about. */
export const REFUND_POLL_MS = 10 * 60_000;

/** The longest attempt of one activity at the edge; this is also how a dead host is noticed. */
export const ACTIVITY_MS = 5_000;

/** Making a PDF takes a fifth of a second, a signing service with a hardware key several seconds. */
export const RENDERING_MS = 20_000;

/** Attempts of an activity go on for ever, at most this far apart: a broken neighbour comes back, an owed refund does not go away. */
export const RETRY_CAP_MS = 30_000;

/** The edge may find that the hold has not ended yet, because its clock is behind ours; it is asked again this much later. */
export const ASK_AGAIN_MS = 5_000;

/** A reminder that could not be sent for this long would say something untrue, so its sending is given up (rules/reminder.ts says the same). */
export const REMINDER_PATIENCE_MS = 5 * 60_000;

/** A poll goes on at its own pace this many times and then slows down, twice each time: history has an end and a stuck refund may not. */
export const PATIENT_POLLS = 15;

/** When a doctor who has not come is looked for; the pages offer the patient a choice from the same instant, so the number stands in the rule. */
export { DOCTOR_LATE_MS } from './rules/delay.ts';

/** A patient who has not come this long after the start is noted as absent; ending the visit stays the doctor's word. */
export const PATIENT_ABSENT_MS = 15 * 60_000;

/** Emptying a room is tried for this long; it stands in nobody's way after that, and an SFU drops what is silent within a minute. */
export const CLOSING_PATIENCE_MS = 10 * 60_000;

/** The slowest poll. Four a day add so little to a history that it lasts for years. */
export const POLL_CAP_MS = 6 * 3_600_000;
