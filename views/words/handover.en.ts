// English words of moving a visit to another device.
import type { HandoverWords } from './handover.ru.ts';

export const handoverEn: HandoverWords = {
  heading: 'Move to another device',
  text: 'We show a code for the camera of a phone. The consultation opens there and closes here. No need to sign in again.',
  make: 'Show the code',
  again: 'New code',
  scan: 'Point the camera of the phone at the code',
  code: 'A code with the address that opens the consultation on another device',
  orType: 'Or open this address there:',
  careful: 'Do not show the code to others: it signs in under your name.',
  left: 'Left',
  worksUntil: clock => `The code works until ${clock}`,
  bar: 'How long the code still works',
  saidOne: 'The code works for one more minute',
  saidOver: 'The code does not work any more. A new one can be shown',
  over: 'The code does not work any more.',
  tooMany: 'Too many codes in a row. Wait a quarter of an hour, or sign in on the other device through Gosuslugi.',
  back: 'Back to the consultation',

  title: 'The consultation on this device',
  opening: 'Opening the visit on this device.',
  open: 'Open',
  needsScript: 'A video visit needs JavaScript: switch it on, or open the address in another browser.',
  question: 'Go on with the consultation on this device?',
  who: 'Who will be signed in',
  visit: 'Consultation',
  withDoctor: (moment, doctor) => `${moment}, ${doctor}`,
  closes: 'On the first device the consultation closes.',
  lasts: 'The cabinet on this device closes by itself, in 4 hours at the latest.',
  instead: name => `The cabinet that is open on this device now: ${name}. It will be closed.`,
  proceed: 'Go on here',
  notYou: 'Is it not you? Close the page: nothing has changed until you press the button.',

  spentTitle: 'The code does not work',
  spentHeading: 'This code does not work any more',
  spentText: n =>
    `A code lives for ${n} ${n === 1 ? 'minute' : 'minutes'} and works once. Show a new one on the first device or sign in here. Nothing has happened to the appointment and the payment.`,
  signIn: 'Sign in',
};
