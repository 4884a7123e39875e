// The words as data: both languages have all sentences, no internal term is shown to people, and typography is applied.
import { describe, expect, test } from 'vitest';
import { en } from '../../views/words.en.ts';
import { ru } from '../../views/words.ru.ts';

type Leaf = readonly [path: string, text: string];

const NUMBERS = [1, 2, 5, 21];

/** Every sentence of a language with its path; a function is called with several numbers or names. */
function leavesOf(words: unknown, path = ''): Leaf[] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') return NUMBERS.flatMap(n => leavesOf(words(...Array(words.length || 3).fill(n)), `${path}(${n})`));
  if (typeof words === 'object' && words !== null)
    return Object.entries(words).flatMap(([key, value]) => leavesOf(value, `${path}.${key}`));
  return [];
}

/** Keys with the type of their value; a function and a string may not replace each other. */
function shapeOf(words: unknown, path = ''): string[] {
  if (typeof words === 'object' && words !== null) return Object.entries(words).flatMap(([key, value]) => shapeOf(value, `${path}.${key}`));
  return [`${path}: ${typeof words}`];
}

const placesOf = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

const russian = leavesOf(ru);
const english = leavesOf(en);
const failing = (leaves: readonly Leaf[], pattern: RegExp) => leaves.filter(([, text]) => pattern.test(text));

describe('words', () => {
  test('both languages have the same keys', () => {
    expect(shapeOf(en)).toEqual(shapeOf(ru));
  });

  test('nothing is left without words', () => {
    const empty = [...russian, ...english].filter(([, text]) => text.trim() === '');
    expect(empty).toEqual([]);
  });

  test('a sentence has the same places to fill in both languages', () => {
    const places = new Map(english);
    const different = russian.filter(([path, text]) => String(placesOf(text)) !== String(placesOf(places.get(path) ?? '')));
    expect(different).toEqual([]);
  });

  test('nobody reads a word of our kitchen', () => {
    expect(failing(russian, /слот|резерв|транзакци|идентификаци|ошибка \d|webhook|API/i)).toEqual([]);
    expect(failing(english, /\bslots?\b|\btransaction|\breservation|\bwebhook|\bAPI\b/i)).toEqual([]);
  });

  test('nothing shouts', () => {
    expect(failing([...russian, ...english], /!/)).toEqual([]);
  });

  test('the English words are English', () => {
    expect(failing(english, /[а-яё]/i).filter(([path]) => path !== '.frame.otherLang')).toEqual([]);
  });
});

describe('typography', () => {
  test.each([
    ['a one-letter word stays with the next', /(?<![\p{L}\p{N}])[авикосуя] /iu],
    ['a number stays with what it counts', /\d \p{L}/u],
    ['№ stays with its number', /№(?!\u00a0)/],
    ['a dash never opens a line', / —/],
    ['quotes are «»', /"/],
    ['dashes are dashes', / - |--/],
    ['no doubled spaces', / {2}/],
  ])('%s', (_rule, pattern) => {
    expect(failing(russian, pattern)).toEqual([]);
  });

  test('plurals agree with their numbers', () => {
    expect([1, 2, 5, 11, 21, 22, 111].map(ru.frame.minutes)).toEqual(
      ['1 минута', '2 минуты', '5 минут', '11 минут', '21 минута', '22 минуты', '111 минут'].map(t => t.replace(' ', '\u00a0')),
    );
  });
});

describe('letters', () => {
  test('a letter has no words about medicine, doctors or names', () => {
    const said = [...leavesOf(ru.letters), ...leavesOf(en.letters)];
    expect(failing(said, /врач|доктор|специал|диагноз|жалоб|пациент|doctor|diagnos|complaint|patient/i)).toEqual([]);
  });
});

describe('refused payments', () => {
  // All values of the provider's contract, PaymentCancellationDetails.reason.
  const REASONS = [
    '3d_secure_failed',
    'call_issuer',
    'card_expired',
    'payment_method_limit_exceeded',
    'payment_method_restricted',
    'country_forbidden',
    'general_decline',
    'fraud_suspected',
    'identification_required',
    'insufficient_funds',
    'invalid_card_number',
    'invalid_csc',
    'issuer_unavailable',
    'canceled_by_merchant',
    'permission_revoked',
    'internal_timeout',
    'expired_on_confirmation',
    'expired_on_capture',
    'unsupported_mobile_operator',
    'deal_expired',
    'loan_declined',
  ];

  test.each(REASONS)('%s has a sentence that says what happened and what to do', reason => {
    for (const words of [ru, en]) expect(words.states.declines[reason]?.match(/[.]/g)?.length).toBeGreaterThanOrEqual(2);
  });
});
