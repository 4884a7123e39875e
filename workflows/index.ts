// Entry file of the workflow bundle: all workflows, and the signals that may wake them. temporal/worker.ts bundles it.
export { consultation } from './consultation.ts'; // one consultation, from the reservation to the last refund
export { paid } from './story.ts'; // a payment succeeded, in time or late
export { extended } from './story.ts'; // the staff extended the hold
export { cancelled } from './story.ts'; // by the patient or the clinic
export { entered, left } from './story.ts'; // somebody entered or left the room
export { concluded } from './story.ts'; // the doctor concluded the visit
export { protocolSigned } from './story.ts'; // the doctor signed the protocol
export { protocol } from './protocol.ts'; // one signed protocol: its PDF and its letter
export { rescheduled } from './story.ts'; // moved to another interval; the payment stays
export { reconciliation } from './reconciliation.ts'; // one comparison of the provider with our rows
export { refundClaim } from './refund-claim.ts'; // one refund claim, from the demand to the last kopeck of the decision
export { changed } from './refund-claim.ts'; // something happened to the claim
