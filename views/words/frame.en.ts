// The English words; the comments are in frame.ru.ts.
import { plural } from '../format.ts';
import type { FrameWords } from './frame.ru.ts';

const s = (n: number, one: string, many: string) => plural('en', n, [one, many, many]);

export const frameEn = {
  skip: 'Skip to content',
  cabinet: 'Online consultations',
  work: 'Workplace',
  letters: 'Letters',
  sections: 'Sections',
  online: 'Online consultation',
  appointments: 'Appointments',
  upcomingAway: () => ' upcoming',
  card: 'Medical card',
  help: 'Help',
  today: 'Today',
  profile: ', profile',
  documents: 'Consents and documents',
  documentsShort: 'Documents',
  signIn: 'Sign in',
  signOut: 'Sign out',
  signOutEverywhere: 'Sign out on all devices',
  licence: 'licence',
  reception: 'Front desk:',
  urgent: 'Emergency: *103* or *112*.',
  otherLang: 'Русский',
  warningLead: 'An online consultation does not replace a visit.',
  warning:
    'By law the doctor cannot diagnose or prescribe treatment in it: the doctor hears your complaints, goes through your tests and decides whether you need to come in person.',
  emergency: 'If life is in danger, call {tel103} or {tel112}.',
  errorAway: 'Error: ',
  minutes: n => `${n} ${s(n, 'minute', 'minutes')}`,
  years: n => `${n} ${s(n, 'year', 'years')}`,
  yours: 'your time',
  until: clock => `until ${clock}`,
  bornIn: year => `born ${year}`,
  unidentifiedLead: 'A confirmed Gosuslugi account is needed.',
  unidentified:
    'Your identity is not confirmed in this cabinet yet, so the doctor may not consult you. You can confirm your account in your bank’s app in 5 minutes; then sign in again.',
  unidentifiedHow: 'How to confirm it',
  consentsLead: 'Some documents are left to sign before you book.',
  consents: n => `${n} of 3 ${s(n, 'is', 'are')} not signed. Without them the doctor may not consult you.`,
  consentsHow: 'Open the documents',
} satisfies FrameWords;
