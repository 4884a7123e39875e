// The same words in English; what they are for stands in consents.ru.ts.
import { plural } from '../format.ts';
import type { ConsentsWords } from './consents.ru.ts';

export const consentsEn = {
  title: 'Consents and documents',
  heading: n => `${n} ${plural('en', n, ['document', 'documents', 'documents'])} before the first booking`,
  allSigned: 'Consents and documents',
  lead: 'Each is signed apart from the others. You may refuse any of them, now or later: each says what cannot be done without it.',
  leadSigned: 'All documents are signed. Any consent can be withdrawn; each says what cannot be done without it.',
  cameByGosuslugi: 'You signed in with Gosuslugi as {name}, the account is confirmed.',
  cameByGosuslugiUnconfirmed: 'You signed in with Gosuslugi as {name}. The account is not confirmed yet.',
  cameByCode: 'You signed in with a code by e-mail as {name}.',
  saved: { lead: 'Saved.', text: 'The signed documents stay on this page with their date and version.' },
  withdrawn: { lead: 'The consent is withdrawn.', text: 'You can sign the document again here.' },
  errorsHeading: 'The documents are not saved yet',
  version: (n, date) => `Version ${n} of ${date}`,
  readWhole: 'Read in full',
  agree: 'I have read it and I agree',
  signedAt: 'Signed {time}',
  withdraw: 'Withdraw the consent',
  withdrawWhy: 'Appointments already paid are not cancelled by this. No new ones can be made without the document.',
  save: 'Save and go on',
  saveWhy: 'You need not sign all: we save those you ticked, the rest stay unsigned.',
  later: 'Come back later',
  note: 'Signed documents stay on this page with their date and version. A consent can be withdrawn here too.',
  guestWhy: 'Sign in to sign the documents.',
  onward: 'Choose a doctor',
  hash: 'Checksum of the Russian text (SHA-256)',
  published: 'Published',
  printHow: 'Press Ctrl+P, or Share → Print on a phone: only the document is printed.',
  back: 'All documents',
} satisfies ConsentsWords;
