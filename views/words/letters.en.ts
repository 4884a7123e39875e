// The English words; the comments are in letters.ru.ts.
import { plural } from '../format.ts';
import type { LettersWords } from './letters.ru.ts';

const s = (n: number, one: string, many: string) => plural('en', n, [one, many, many]);

export const lettersEn = {
  open: 'Open the appointment',
  pay: sum => `Pay ${sum}`,
  again: 'Book again',
  ownTime: (clock, city) => `${clock} your time, ${city}.`,
  minutes: n => `${n} ${s(n, 'minute', 'minutes')}.`,
  footerAuto: 'This letter was sent automatically about your booking. Questions:',
  footerCode: 'This letter was sent because this address was entered on the sign-in page.',
  footerAddressCode: 'This letter was sent because this address was entered when booking a visit.',
  footerClaimCode: 'This letter was sent because a code to sign was asked for on the page of an application.',
  help: 'Help',
  calendar: 'The appointment is attached as a calendar file.',
  calendarGone: 'A calendar file is attached: open it to remove the appointment from your calendar.',
  calendarMoved: 'A calendar file is attached: open it to move the appointment in your calendar.',
  booked: {
    subject: clock => `Pay for the appointment by ${clock}`,
    heading: clock => `Pay for the appointment by ${clock}`,
    text: clock =>
      `The time is yours until ${clock}. If no payment comes, the booking is annulled and the time becomes free. Your money is never left without a booking: we keep it while the time is free, or return everything.`,
  },
  paid: {
    subject: moment => `Appointment paid: ${moment}`,
    heading: 'The appointment is paid',
    late: n => `The payment came ${n} ${s(n, 'minute', 'minutes')} late, but the time was free, so the appointment is kept.`,
    text: (join, waiting) => `The button “Join the consultation” works from ${join}. The waiting room opens at ${waiting}.`,
    cancelFree: (sum, moment) => `Plans may change: before ${moment} cancelling is free and ${sum} comes back.`,
    cancelLate: sum => `Plans may change: when you cancel before the start, ${sum} comes back.`,
  },
  lapsed: {
    subject: moment => `Booking annulled: ${moment}`,
    heading: 'The booking is annulled',
    text: n =>
      `The payment did not come within ${n} ${s(n, 'minute', 'minutes')}. No money was taken. If the bank takes it later, we keep the appointment while the time is free, or return the whole sum.`,
  },
  returned: {
    subject: sum => `Returning ${sum}`,
    heading: sum => `Returning ${sum}`,
    late: 'The payment came when the time was already taken.',
    twice: 'The payment came twice, we return the extra one. The booking stands.',
    cancelled: 'This is for the cancelled booking.',
    failed: 'The consultation did not take place because of the connection. We are sorry.',
    claim: 'This is for your application.',
    external: 'This is from the clinic.',
    kept: kept => `We kept ${kept}, the clinic’s costs of the booking.`,
    when: 'The money goes back where you paid from, in 1–5 days. You need not apply.',
  },
  cancelled: {
    subject: moment => `Appointment cancelled: ${moment}`,
    heading: 'The appointment is cancelled',
    byPatient: 'You cancelled the booking.',
    byClinic: 'The clinic cancelled the booking. We are sorry.',
    byLateness: 'The appointment did not begin in time and you chose the refund. We are sorry.',
    noMoney: 'No money was taken.',
  },
  rescheduled: {
    subject: moment => `Appointment moved: ${moment}`,
    heading: 'The appointment is moved',
    was: moment => `It used to stand at ${moment}. The payment stands, there is nothing to add.`,
  },
  late: {
    subject: 'The appointment is delayed',
    heading: 'The appointment is delayed',
    text: 'You may wait, move the appointment free of charge, or have your money back: choose what suits you.',
    sorry: 'We are sorry that you have to wait. If the appointment has begun already, there is nothing to choose.',
    wait: 'Wait in the waiting room',
    move: 'Move the appointment',
    refund: sum => `Refund ${sum}`,
  },
  unsigned: {
    subject: moment => `Record not signed: ${moment}`,
    heading: 'The record of the appointment is not signed',
    text: 'A day has passed since the end of the appointment. Please sign the record: until then the card does not show it. It may be signed later too.',
    open: 'Open the record',
  },
  toCard: 'Open the card',
  protocolReady: {
    subject: moment => `Record ready: appointment ${moment}`,
    heading: 'The record of the appointment is ready',
    text: 'It is in your card already: read it, download it, print it. It is not in this letter, so that only you see it.',
  },
  protocolAmended: {
    subject: moment => `Record amended: appointment ${moment}`,
    heading: 'The record of the appointment is amended',
    text: 'An amendment has appeared in your card. The text before it stays and can be opened too.',
  },
  reminder24h: { when: 'tomorrow' },
  reminder1h: { when: 'in an hour' },
  reminder10m: { when: 'in 10 minutes' },
  reminderSubject: (when, clock) => `Appointment ${when}, ${clock}`,
  reminderSubjectAt: (when, clock) => `Appointment ${when} at ${clock}`,
  reminderText: (join, waiting) => `The button “Join the consultation” works from ${join}. The waiting room opens at ${waiting}.`,
  cannotCome: 'Cannot come? Move or cancel the booking: we show how much comes back before you confirm.',
  codeGuessed: {
    subject: 'Somebody is guessing your sign-in code',
    heading: 'Somebody is guessing your sign-in code',
    text: tries =>
      `${tries} wrong codes were typed for your address today. Until the end of the day we accept no codes in browsers where you have not signed in before.`,
    advice:
      'You need not do anything: nobody got in. You can sign in through Gosuslugi, or in a browser where you signed in by a code before.',
  },
  code: {
    subject: code => `Sign-in code: ${code}`,
    heading: 'Sign-in code',
    text: n => `Enter it on the sign-in page. The code works for ${n} ${s(n, 'minute', 'minutes')} and once only.`,
    notYou: 'If you were not signing in, do nothing. Tell nobody the code: the clinic’s staff never ask for it.',
  },
  addressCode: {
    subject: code => `Code to confirm your address: ${code}`,
    heading: 'Code to confirm your address',
    text: n => `Enter it on the booking page. The code works for ${n} ${s(n, 'minute', 'minutes')} and once only.`,
    notYou: 'If you have not booked a visit, do nothing: without the code no letter about a visit comes to this address.',
  },
  claimCode: {
    subject: code => `Code to sign the application: ${code}`,
    heading: 'Code to sign the application',
    text: n =>
      `Enter it on the page of the application: this signs your application for money back. The code works for ${n} ${s(n, 'minute', 'minutes')} and once.`,
    notYou: 'If you have made no application, do nothing. Tell nobody the code: the clinic’s staff never ask for it.',
  },
  claim: {
    open: 'Open the application',
    visit: moment => `Appointment: ${moment}`,
    sign: 'There are three ways to sign: with a code from a letter on the page of the application; by uploading there a photo of the signed sheet; by mailing that photo from your own mailbox.',
    byMail: (address, number) => `Address for the letter: ${address}. Number in the subject: ${number}.`,
    because: reason => `Reason: ${reason}`,
    sameWay: 'The money returns the way you paid within 1–5 days. A receipt of the return follows.',
    toAccount: 'The money goes to the account that you gave. We write when it is sent.',
    refusedNext: 'If you disagree, make a new application or write to the clinic: the page of the application shows how.',
    claimMade: {
      subject: number => `Application ${number}: your signature is missing`,
      heading: sum => `You ask for ${sum} back`,
      text: until =>
        `The application is received and the term runs: we answer by ${until}. It only has to be signed, then we decide sooner. We answer without a signature too.`,
    },
    claimUnsigned: {
      subject: number => `Application ${number} is not signed yet`,
      heading: sum => `Sign the application for ${sum}`,
      text: until => `There is no signature yet. We answer by ${until} in any case, but sooner with a signature.`,
    },
    claimSigned: {
      subject: number => `Application ${number} is being considered`,
      heading: sum => `We are considering the return of ${sum}`,
      text: until => `We have your signature. We answer and return the money by ${until}. There is nothing else to do.`,
    },
    claimQuestion: {
      subject: number => `Application ${number}: something is missing`,
      heading: () => 'Something is missing in the application',
      text: address => `You can answer on the page of the application or by a letter to ${address}. The clinic’s term stays the same.`,
    },
    claimDecided: {
      subject: number => `Decision on application ${number}`,
      heading: () => 'The decision on your application',
      full: (sum, _of) => `We return ${sum}, the whole sum.`,
      part: (sum, of) => `We return ${sum} of ${of}.`,
      refused: (_sum, of) => `The return of ${of} is refused.`,
    },
    claimReturned: {
      subject: number => `Money of application ${number} returned`,
      heading: sum => `Returned ${sum}`,
      text: 'The money is sent. The bank credits it within 1–5 days. The receipt of the return is on the page of the application.',
    },
  },
  claimAnswer: {
    subject: number => `Your letter about claim ${number}`,
    open: 'Open the visit in the cabinet',
    accepted: {
      heading: number => `Added to claim ${number}`,
      text: n => `Taken from your letter: ${n} ${s(n, 'file', 'files')}. The cabinet shows which pages these are and how the claim stands.`,
    },
    again: { heading: number => `Already in claim ${number}`, text: () => 'We have these files. You need not send them again.' },
    heic: {
      heading: () => 'The photograph could not be opened',
      text: () =>
        'It is a HEIC file. Reply with a JPEG or PDF, or upload the photograph in the cabinet: the phone makes a JPEG of it by itself.',
    },
    unopened: {
      heading: () => 'The attachment could not be opened',
      text: () => 'Send a photograph of the signed sheet as JPEG, PNG or PDF of at most 10 MB, or upload it in the cabinet.',
    },
    full: {
      heading: number => `Claim ${number} has 40 files already`,
      text: () => 'No more files can be added to it. The letter itself is kept.',
    },
    noFile: {
      heading: () => 'There is no photograph of the application in the letter',
      text: () =>
        'The letter was added to the claim. To sign the application, send a photograph of the signed sheet or upload it in the cabinet. You can also sign by code.',
    },
    footer: 'This is an automatic answer to your letter. You need not reply. Questions:',
  },
} satisfies LettersWords;
