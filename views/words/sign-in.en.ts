// The English words; the comments are in sign-in.ru.ts.
import { plural } from '../format.ts';
import type { SignInWords } from './sign-in.ru.ts';

const s = (n: number, one: string, many: string) => plural('en', n, [one, many, many]);

export const signInEn = {
  title: 'Sign in',
  heading: 'Sign in to the patient’s cabinet',
  lead: 'Here you book a doctor, meet by video and find the doctor’s protocols.',
  gosuslugi: 'Sign in with Gosuslugi',
  gosuslugiWhy:
    'A confirmed account is needed, so that the doctor knows who is being consulted. We receive your full name, date of birth, SNILS, phone and e-mail address.',
  byCode: 'Sign in with a code by e-mail',
  byCodeWhy: 'If you have signed in with Gosuslugi before. There are no passwords here.',
  email: 'E-mail address',
  getCode: 'Get a code',
  noAccount: 'No Gosuslugi account?',
  noAccountHow: 'How to get and confirm one',
  staff: 'Staff: sign in with the code that comes to your work address.',
  guests: 'See the doctors and free times first',
  errors: {
    refused: {
      lead: 'You did not allow the sign-in with Gosuslugi.',
      text: 'Without it we cannot know who you are. Sign in again or get a code by e-mail.',
    },
    failed: { lead: 'Gosuslugi did not confirm the sign-in.', text: 'Try again. If it fails once more, get a code by e-mail.' },
    stale: { lead: 'The sign-in began too long ago or in another window.', text: 'Start it again here, it takes a minute.' },
    nameless: {
      lead: 'Gosuslugi did not pass on your name.',
      text: 'Check the name in your Gosuslugi profile and sign in again, or call the clinic.',
    },
    slow: { lead: 'Gosuslugi does not answer now.', text: 'Wait a minute and try again, or get a code by e-mail.' },
  },
  summary: 'The code is not sent yet',
  codeTitle: 'Code from the letter',
  codeHeading: 'Enter the code from the letter',
  codeLead: 'We sent it to {email} at {time}. It usually arrives within a minute.',
  codeSending: 'We are sending it to {email}. The letter usually comes within a minute.',
  codeFailed: 'The letter to {email} was not sent: the mail service does not answer. Send the code again or sign in with Gosuslugi.',
  otherWay: 'Another way to sign in',
  code: 'Code of 6 digits',
  codeHint: minutes => `The code works for ${minutes} ${s(minutes, 'minute', 'minutes')} and once only.`,
  enter: 'Sign in',
  malformed: digits => `The code has 6 digits, ${digits} entered. Check the letter and enter the whole code.`,
  wrong: left => `The code did not match. Check that the letter is the latest. ${left} ${s(left, 'try', 'tries')} left.`,
  expired: 'The code has run out. Send a new one, it arrives within a minute.',
  usedUp: 'This code no longer works: the tries are used up or it was already used. Send a new one.',
  noLetter: '*No letter?* Check the spam folder and the address above.',
  again: 'Send again',
  againWait: seconds => `Possible in ${seconds} s`,
  ambiguous:
    'A code comes when exactly one person has this address in the cabinet. If a family shares it, or your address here is another one, no letter comes: sign in with Gosuslugi.',
  unknownTitle: 'The code does not help here',
  unknownLead: 'The address {email} is confirmed, but we do not know whose it is.',
  unknownText:
    'No identified person in the cabinet has this address. The doctor must know who is being consulted, so sign in with Gosuslugi the first time. After that a code by e-mail will do.',
  unknownOther: 'Another e-mail address',
} satisfies SignInWords;
