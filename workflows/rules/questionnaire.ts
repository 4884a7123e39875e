// When a patient may answer the questionnaire: from the payment until the doctor's conclusion. Called by
// worker/routes/patient/questionnaires.tsx.
import type { Facts } from './status.ts';

/** Length of one answer, characters. */
export const ANSWER_CHARACTERS = 2_000;

export type QuestionnaireState = 'notYet' | 'open' | 'closed';

export function questionnaireIs(facts: Facts): QuestionnaireState {
  if (facts.concludedAt !== null || facts.cancelledAt !== null) return 'closed';
  // Late money may have kept an appointment whose hold had lapsed.
  if (facts.firmAt !== null) return 'open';
  return facts.lapsedAt === null ? 'notYet' : 'closed';
}

/** One question for the patient before the visit. */
export interface Question {
  readonly id: string;
  readonly ru: string;
  readonly en: string;
}

/** The answers, with the questions as they were at that time. */
export interface Answered {
  readonly version: number;
  readonly at: number;
  readonly answers: readonly (Question & { readonly answer: string })[];
}
