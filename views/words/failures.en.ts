// The English words; the comments are in failures.ru.ts.
import type { FailuresWords } from './failures.ru.ts';

export const failuresEn = {
  notFound: {
    title: 'There is no such page',
    text: 'The address may be mistyped, the link may be old, or the booking may belong to another person.',
  },
  myAppointments: 'My appointments',
  toDoctors: 'To the doctors',
  forbidden: {
    role: {
      title: 'This section is not for you',
      text: 'Your account has no access to it. If you need it for work, ask the clinic’s administrator.',
    },
    identified: {
      title: 'Confirm your account first',
      text: 'Only an identified person may book. Confirm your Gosuslugi account and sign in again. No money was taken.',
    },
    consents: {
      title: 'Sign the documents first',
      text: 'Without the three documents the doctor may not consult you. The booking was not made, no money was taken.',
    },
    onlyVisit: {
      title: 'Only the visit is open on this device',
      text: 'You continued a visit here from another device. The medical card and other pages open where you signed in yourself.',
    },
    foreign: {
      title: 'We did not do this',
      text: 'The form did not come from this site, or the page was open for too long. Open the page again and repeat.',
    },
  },
  toVisit: 'To the visit',
  openDocuments: 'Open the documents',
  howToConfirm: 'How to confirm it',
  tooMany: { title: 'Too many tries', text: 'You can try again from {time}.' },
  tooLarge: {
    title: 'The request is too large',
    text: limit => `We accept no more than ${limit}. Make the file or text smaller and send it again.`,
  },
  megabytes: n => `${n} MB`,
  kilobytes: n => `${n} KB`,
  broken: {
    title: 'Something broke on our side',
    text: 'We already know. Bookings and money are safe. Wait a minute and refresh the page.',
  },
  refresh: 'Refresh',
  reference: 'If you call the clinic, tell this number:',
  now: 'Consultation right now? Call',
  provider: {
    title: 'The payment service does not answer',
    text: 'No money was taken. The booking is safe. Wait a minute and try again.',
    left: clock => `You can pay until ${clock}.`,
  },
} satisfies FailuresWords;
