// When a patient may tell the doctor something before the visit: from the payment until the doctor has ended it.
import type { Facts } from './status.ts';

/** Characters of one answer. */
export const ANSWER_CHARACTERS = 2_000;

export type QuestionnaireState = 'notYet' | 'open' | 'closed';

export function questionnaireIs(facts: Facts): QuestionnaireState {
  if (facts.concludedAt !== null || facts.cancelledAt !== null || facts.lapsedAt !== null) return 'closed';
  return facts.firmAt === null ? 'notYet' : 'open';
}

/** What a patient is asked before the visit. */
export interface Question {
  readonly id: string;
  readonly ru: string;
  readonly en: string;
}

/** What was answered, with the questions as they were then. */
export interface Answered {
  readonly version: number;
  readonly at: number;
  readonly answers: readonly (Question & { readonly answer: string })[];
}
