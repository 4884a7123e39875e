// When the questionnaire is open: from the payment until the end of the visit, also when the payment was late.
import { expect, test } from 'vitest';
import { questionnaireIs } from '../../workflows/rules/questionnaire.ts';
import { factsWith } from '../cast.ts';

test.each([
  ['an unpaid hold', {}, 'notYet'],
  ['a paid visit', { firmAt: 1 }, 'open'],
  ['a hold that lapsed', { lapsedAt: 1 }, 'closed'],
  ['a hold that lapsed and was kept by late money', { lapsedAt: 1, firmAt: 2 }, 'open'],
  ['a visit that has ended', { firmAt: 1, concludedAt: 2 }, 'closed'],
  ['a cancelled visit', { firmAt: 1, cancelledAt: 2 }, 'closed'],
] as const)('for %s', (_, facts, state) => {
  expect(questionnaireIs(factsWith(facts))).toBe(state);
});
