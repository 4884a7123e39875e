// The English words of application.ru.ts. No application is printed from them, but both languages must have all words.
import { plural } from '../format.ts';
import type { ApplicationWords } from './application.ru.ts';

export const applicationEn: ApplicationWords = {
  title: 'Application for money back',
  fileTitle: (number, version) => `Application for money back ${number}, version ${version}`,
  numbered: (number, version, date) => `No. ${number}, version ${version}, made on ${date}`,
  foot: (number, version) => `Application ${number}, version ${version}`,
  pageOf: (page, pages) => `page ${page} of ${pages}`,

  to: 'To',
  requisites: (inn, ogrn) => `INN ${inn}, OGRN ${ogrn}`,
  claimant: 'From',
  forChild: name => `for the child ${name}`,
  phone: phone => `phone ${phone}`,

  consultation: 'Consultation',
  consultationOf: (doctor, day, clock) => `Online consultation, doctor ${doctor}, appointed for ${day}, ${clock}`,
  consultationId: id => `Number: ${id}`,
  offer: (version, date) => `Contract (offer), version ${version}, accepted ${date}`,
  paid: 'Paid',
  paidLine: (sum, moment, method, receipt) =>
    [sum, moment, method, receipt === null ? 'receipt to follow' : `receipt No. ${receipt}`].filter(Boolean).join(', '),
  paidMore: (n, sum) => `and ${n} more ${plural('en', n, ['payment', 'payments', 'payments'])}, ${sum}`,
  demandOf: (figures, words) => `Return ${figures} to me (${words})`,
  within: 'Term: within 10 days of this demand (articles 31 and 32 of the Law on Protection of Consumers’ Rights)',
  reason: 'Reason',
  reasons: {
    clinicCancelled: 'the clinic cancelled the consultation',
    doctorAbsent: 'the doctor did not come',
    noConnection: 'there was no connection, the consultation did not take place',
    brokeOff: 'the connection broke off before the end',
    changedMind: 'I give up the consultation',
    paidTwice: 'the consultation was paid twice',
    other: 'another reason',
  },
  textGoesOn: '… (the whole text is on the page of the application)',
  where: 'Where to',
  sameWay: 'The same way as it was paid',
  toAccount: (holder, bank, bic, last4) =>
    `To a bank account: ${holder}, ${bank}, BIC ${bic}, account •••• ${last4} (the whole number is in the application on the site)`,
  call: 'Record of the call',
  together: ms => {
    const seconds = Math.round(ms / 1000);
    return seconds === 0
      ? 'The two were never in the call at the same time'
      : `Together in the call for ${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  },

  signature: 'Signature',
  signedBy: 'Name in full',
  signedOn: 'Date',

  mail: 'Sign the sheet with a pen, photograph it and send it from your own mailbox to',
  photo: 'Photograph the whole sheet, in daylight. Several pictures are fine.',
  page: 'A picture can be uploaded, or the code used, on the page of the application:',
  mailAlt: address => `Write a letter to ${address}`,
  pageAlt: number => `Page of the application ${number}`,
  qrAlt: address => `QR code with the address of the application’s page: ${address}`,
};
