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

/**
 * How long one call to a signing service may take, because a person may confirm on a phone, or a hardware key is slow. There are two calls
 * for a signature: the certificate, then the signature.
 */
export const SIGNER_MS = 65_000;

/**
 * The longest attempt to make a PDF: both calls to the signing service, and 15 s for printing (0.2 s) and storing. The host, the workflow and
 * the lease in worker/data/renditions.ts use the same number, so that nobody gives up before the service may answer.
 */
export const RENDERING_MS = 2 * SIGNER_MS + 15_000;

/** The hour of the clinic at which «Сверка» begins each night. */
export const NIGHTLY_HOUR = 4;

/** Pages of one run of the workflow before it is continued in a new one: each costs six events of its history. */
export const RECONCILED_PAGES = 300;

/** The longest attempt of a page of «Сверка»: a list of the provider, and what of it must be made good. */
export const RECONCILING_MS = 25_000;

/** The longest pause between attempts of an activity. Attempts never stop, because a failed system recovers and a refund stays owed. */
export const RETRY_CAP_MS = 30_000;

/**
 * The longest pause that the edge may ask for with Retry-After. Temporal takes it in place of its own pause for one attempt and does not
 * limit it to RETRY_CAP_MS (docs.temporal.io/encyclopedia/retry-policies#per-error-next-retry-delay).
 */
export const RETRY_AFTER_CAP_MS = 10 * 60_000;

/** The edge may answer that the hold has not ended, because its clock is behind ours. It is asked again after this time. */
export const ASK_AGAIN_MS = 5_000;

export { REMINDER_PATIENCE_MS } from './rules/reminder.ts';

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

/**
 * With this many events in its history a workflow goes on in a new run. An ordinary consultation has some two hundred. A burst of signals adds
 * hundreds before the new run begins, because the server refuses to end a run while a signal is arriving; the worker then replays the
 * history, so a short one gets through sooner. One run takes at most 10,000 signals.
 */
export const HISTORY_CAP = 1_000;

/** How many message ids the next run is given. The outbox repeats a message within minutes. */
export const SEEN_CAP = 200;

/** After this long a letter that is still being sent no longer holds back the next one. */
export const LETTER_TURN_MS = 60_000;
