// The English words; the comments are in questionnaire.ru.ts.
import type { QuestionnaireWords } from './questionnaire.ru.ts';

export const questionnaireEn = {
  title: 'Tell the doctor before',
  link: 'Tell the doctor before',
  linkHint: 'A few short questions: the doctor reads the answers before the consultation',
  linkChange: 'Your answers to the doctor',
  lead: (doctor, moment) => `${doctor}, ${moment}`,
  text: 'You need not answer, or may answer some. The doctor reads the answers before the consultation and they become part of the protocol. You may change them until the doctor has ended the consultation.',
  emergency: 'If you feel worse, do not wait for anybody to read this.',
  save: 'Save the answers',
  savedLead: 'The answers are saved.',
  savedText: moment => `${moment}. The doctor sees them before the consultation.`,
  back: 'To the appointment',
  staleLead: 'The answers were changed on another device.',
  staleText: 'Below is what you wrote now. Save it again if this text is right.',
  tooLongHeading: 'The answers were not saved',
  tooLong: 'The answer is longer than 2,000 characters: shorten it',
  closedLead: 'The questionnaire is closed',
  closedText: 'The consultation is over, so the answers can no longer be changed. Tell what is new at the next one.',
  notYetLead: 'The questionnaire opens after payment',
  notYetText: 'Pay for the booking and the doctor’s questions appear here.',
  none: 'There are no questions for this consultation',
  noneText: 'You will tell the doctor everything that matters at the consultation.',
  answered: 'What you told',
  empty: 'No answer',
} satisfies QuestionnaireWords;
