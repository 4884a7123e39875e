// Every duration that a workflow waits for, with its unit and its reason. The clinic's own settings (hold, join window) are stored in D1
// and reach a workflow as instants.

/** How often the provider is asked about an open payment. YooKassa keeps a pending payment for an hour. */
export const PAYMENT_POLL_MS = 5 * 60_000;

/** How long after the end of the hold a payment may still succeed: an hour at the provider and a margin for its clock. */
export const PAYMENT_LIFE_MS = 75 * 60_000;

/** How often the provider is asked about a refund that is not settled. */
export const REFUND_POLL_MS = 10 * 60_000;

/** The longest attempt of one activity at the edge. A host that has died is noticed by the same timeout. */
export const ACTIVITY_MS = 5_000;

/** Making a PDF takes 0.2 s; a signing service with a hardware key takes several seconds. */
export const RENDERING_MS = 20_000;

/** The longest pause between attempts of an activity. Attempts never stop, because a failed system recovers and a refund stays owed. */
export const RETRY_CAP_MS = 30_000;

/** The edge may answer that the hold has not ended, because its clock is behind ours. It is asked again after this time. */
export const ASK_AGAIN_MS = 5_000;

/** After this long without success a reminder is not sent, because its text would be wrong. rules/reminder.ts has the same limit. */
export const REMINDER_PATIENCE_MS = 5 * 60_000;

/** After this many polls the pause doubles each time, because a workflow's history is limited and a stuck refund may last for months. */
export const PATIENT_POLLS = 15;

/** When to check whether the doctor has come. The pages offer the patient a choice from the same instant, so the number is in the rule. */
export { DOCTOR_LATE_MS } from './rules/delay.ts';

/** A patient who has not come by then is noted as absent. Only the doctor concludes the visit. */
export const PATIENT_ABSENT_MS = 15 * 60_000;

/** How long closing a room is tried. An open room does no harm after that, and an SFU drops silent media within a minute. */
export const CLOSING_PATIENCE_MS = 10 * 60_000;

/** The longest pause between polls. Four polls a day add so little that a history lasts for years. */
export const POLL_CAP_MS = 6 * 3_600_000;
