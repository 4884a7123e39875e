// DOOR: everything that waits, and every message that may wake it.
export { consultation } from './consultation.ts'; // from the reservation to the end of the visit and to the last kopeck owed
export { paid } from './story.ts'; // money came, on time or late
export { extended } from './story.ts'; // the hold got more time from the clinic's staff
export { cancelled } from './story.ts'; // by the patient or by the clinic
export { entered, left } from './story.ts'; // somebody came into the room, or went
export { concluded } from './story.ts'; // the doctor ended it
export { protocolSigned } from './story.ts'; // the doctor signed the protocol
export { protocol } from './protocol.ts'; // one signed protocol: its PDF and its letter
export { rescheduled } from './story.ts'; // to another interval, the payment stays
