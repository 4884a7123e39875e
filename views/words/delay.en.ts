// The English words; the comments are in delay.ru.ts.
import { plural } from '../format.ts';
import type { DelayWords } from './delay.ru.ts';

const minutes = (n: number) => plural('en', n, ['minute', 'minutes', 'minutes']);

export const delayEn = {
  absentLead: n => `The doctor is already ${n} ${minutes(n)} late.`,
  absent: 'We are sorry. You may wait, move the appointment free of charge, or have your money back.',
  promised: clock => `The doctor said the start would be at about ${clock}.`,
  wordLead: (n, clock) => `The doctor will be about ${n} ${minutes(n)} late and start at about ${clock}.`,
  wait: 'Wait',
  move: 'Move it',
  refund: sum => `Refund ${sum}`,
  refundNote: 'A refund cancels the appointment. The whole sum comes back, you need not apply.',
  waitedAbsent: n => `Thank you for waiting: the doctor is already ${n} ${minutes(n)} late. We tell you here when the doctor comes.`,
  waitedWord: clock => `Thank you for waiting: the doctor starts at about ${clock}. We tell you here when the doctor comes.`,
  said: 'The doctor is late. You may wait, move the appointment, or have your money back.',
  saidWaited: 'Thank you for waiting.',
  hereTitle: 'The doctor is there',
  hereLead: 'The doctor is there.',
  here: 'The appointment stands, no money was returned. You may come in.',
} satisfies DelayWords;
