// The English words; the comments are in confirmation.ru.ts.
import type { ConfirmationWords } from './confirmation.ru.ts';

export const confirmationEn: ConfirmationWords = {
  title: 'Confirm the visit',
  heading: 'Did the visit take place without a video call?',
  visit: (doctor, moment, patient) => `${doctor}, ${moment}${patient === null ? '' : `. Patient: ${patient}`}`,
  toConsultation: 'Consultation',
  toDesk: 'Workplace',
  text: 'You were not in the call with the doctor. If the visit took place all the same, for example by telephone, please confirm it.',
  staffText: 'The patient and the doctor were not in the call together. Confirm the visit only if the patient told you so.',
  money: sum => `After that the doctor can end the visit, and ${sum} stay with the clinic.`,
  reason: 'How you know',
  reasonHint: 'For example: “Called the patient at 14:50, he had talked with the doctor by telephone”. It is kept in the journal.',
  reasonMistake: 'Write 10 to 500 characters',
  do: 'Yes, it took place',
  staffDo: 'Confirm the visit',
  notSo: 'No, back',
  done: 'The visit is confirmed. The doctor can end it now.',
  closed: 'There is nothing to confirm: the visit has ended, was cancelled or moved, or has not begun.',
  link: 'Did the visit take place without a video call?',
  linkHint: 'For example by telephone. You can confirm it',
  unmet: 'Did not meet in the call',
  unmetText: 'The doctor alone cannot record such a visit as having taken place. Ask the patient.',
};
