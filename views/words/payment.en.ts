// The English words; the comments are in payment.ru.ts.
import { plural } from '../format.ts';
import type { CancellationWords, PaymentWords } from './payment.ru.ts';

export const paymentEn = {
  title: 'Payment',
  goingLead: 'Opening the payment page',
  going: host => `You pay at ${host}. If the page does not open by itself, press the button.`,
  goTo: sum => `Go on to pay ${sum}`,
  waitingLead: 'Waiting for the payment to be confirmed',
  waitingBar: 'Waiting for the answer',
  waiting: 'It usually takes less than a minute. You may close the page: the answer comes by e-mail too.',
  waitingUnfinished: clock => `Not finished paying? Go back to it before ${clock}.`,
  waitingEnd: clock => `If no answer comes, we ask once more at ${clock} and tell what became of the booking and the money.`,
  paidLead: 'The payment is received, the appointment is yours.',
  paid: moment => `See you: ${moment}. The receipt and the link come by e-mail.`,
  refusedLead: 'The payment did not go through, no money was taken.',
  refusedLeft: clock => `The time is yours until ${clock}, you can try again.`,
  unpaidLead: 'There is no payment yet.',
  lapsedLead: 'The payment did not come in time, so the booking was annulled.',
  lapsed: 'No money was taken. If the bank takes it later, we keep the appointment while the time is free, or return the whole sum.',
  returnedLead: 'The payment came when others had already taken the time.',
  returned: sum => `Returning ${sum}, you need not apply. The money arrives on the card in 1–5 days.`,
  returnedDone: sum => `${sum} returned. If you do not see it yet, the bank needs 1–5 days.`,
  cancelledLead: 'This booking is cancelled.',
  overLead: 'This consultation has ended.',
  rescuedLead: 'The appointment is kept.',
  rescued: (n, moment) =>
    `The payment came ${n} ${plural('en', n, ['minute', 'minutes', 'minutes'])} late, but the time was still free, so it is yours: ${moment}.`,
  toAppointments: 'My appointments',
  toConsultation: 'Open the booking',
} satisfies PaymentWords;

export const cancellationEn = {
  title: 'Cancelling',
  back: 'Do not cancel',
  heading: 'Cancel the booking?',
  headingNow: sum => `If you cancel now, ${sum} comes back`,
  terms: 'What comes back',
  backFull: 'The whole sum comes back, nothing is kept.',
  backPart: (kept, moment) => `We keep ${kept}, the clinic’s costs of your booking: cancelling was free before ${moment}.`,
  backWhere: 'The money goes back where you paid from, in 1–5 days.',
  unpaid: 'The booking is not paid, no money was taken. After cancelling the time is free for others at once.',
  unpaidOpen: 'If you are paying in another window, close it. Money that still comes is returned.',
  confirmUnpaid: 'Cancel the booking',
  confirm: sum => `Cancel and return ${sum}`,
  keep: 'Keep the booking',
  changedLead: 'The sum changed while you were reading.',
  changed: 'The booking is not cancelled. Look at the new sum and confirm again.',
  tooLateHeading: 'It is too late to cancel',
  tooLate: clock => `The consultation began at ${clock}. If it did not take place, call the front desk.`,
  doneHeading: 'The booking has already ended',
  done: 'There is nothing to cancel. The booking’s page shows what became of the money.',
} satisfies CancellationWords;
