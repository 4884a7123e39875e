// What the words promise that a person of the clinic does, and the list in which that person finds it. A new promise without a list fails here.
import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../views/words.ts';
import { TROUBLE_KINDS } from '../../workflows/rules/trouble.ts';

/**
 * The list behind each promise. `unsigned`: the doctor's own list, and the front desk's after 72 hours (worker/data/unsigned.ts). The others are
 * kinds of trouble on the desk (worker/data/troubles.ts).
 */
const PROMISES = {
  'states.money.stuck': 'refund',
  'states.money.unsettled': 'money',
  'consultation.refundRefusedNote': 'refund',
  'consultation.letterStates.failed': 'letter',
  'consultation.receipts.canceled': 'receipt',
  'consultation.nextProtocol': 'unsigned',
  'claim.next.stuck': 'refund',
  'claim.until': 'claim',
  'letters.claim.claimMade.text': 'claim',
  'letters.claim.claimUnsigned.text': 'claim',
  'letters.claim.claimSigned.text': 'claim',
  'room.ended.patient.tookPlace.text': 'unsigned',
} as const;

/** Words of what only a person does. «Вернём», «пришлём», «покажем» are not here: refunds, letters and pages are made by the product itself. */
const ACTS = {
  ru: /сотрудник(?!ам|и клиники)|(?:клиника|регистратор|администратор)\s+(?:уже|верн|напиш|позвон|реш)|(?:реш|займ[её])(?:ит|т)ся?\s+клиника|решит клиника|разбер[её]мся|свяжемся|позвоним|перезвоним|рассмотрим|ответим(?! до)|поможем|займ[её]мся|решим|сообщим вам|напишем вам(?! об этом)|запишем вас|проверим журнал|исправим|врач подпишет/i,
  en: /\bmember of staff|\bour staff|\bstaff (?:will|know|return)|the clinic (?:will|settles|returns|knows|decides)|\bwe (?:will )?(?:settle|look into|decide|call you|get back|contact|review|answer|help|book for|prepare)|\bwrites? to you|the doctor signs/i,
} as const;

function promisesIn(value: unknown, pattern: RegExp, path = ''): string[] {
  if (typeof value === 'function') return promisesIn((value as (...given: string[]) => unknown)('1', '2', '3', '4'), pattern, path);
  if (typeof value === 'string') return pattern.test(value.replace(/[\u00a0\u202f]/g, ' ')) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => promisesIn(one, pattern, path === '' ? name : `${path}.${name}`));
}

// Sentences that say when a protocol is seen, not that somebody will sign one, and what staff read about their own work.
const ABOUT = ['help.', 'staff.', 'finance.', 'protocol.', 'card.empty'];
const found = (lang: 'ru' | 'en'): string[] =>
  promisesIn(wordsOf(lang), ACTS[lang]).filter(path => !ABOUT.some(section => path.startsWith(section)));

describe.each(['ru', 'en'] as const)('a promise of a person’s act, in %s,', lang => {
  test('stands in the table with the list behind it', () => {
    expect(found(lang).filter(path => !(path in PROMISES))).toEqual([]);
  });

  test('of the table is still made', () => {
    const made = found(lang);

    expect(Object.keys(PROMISES).filter(path => !made.includes(path))).toEqual([]);
  });
});

test('each list is drawn at the desk, in words that say what to do', () => {
  for (const list of new Set(Object.values(PROMISES))) {
    if (list === 'unsigned') continue;
    expect(TROUBLE_KINDS, list).toContain(list);
    for (const lang of ['ru', 'en'] as const) expect(wordsOf(lang).staff.troubles[list].length, list).toBeGreaterThan(20);
  }
  expect(wordsOf('ru').staff.troubles.money.replace(/\s/g, ' ')).toContain('решите, сколько вернуть, и напишите пациенту');
  expect(wordsOf('ru').staff.troubles.refund.replace(/\s/g, ' ')).toContain('верните деньги вручную');
});

test.each([
  'Мы свяжемся с вами.',
  'Сотрудник вернёт их другим способом и напишет вам',
  'Разберёмся с оплатой и напишем вам.',
  'Позвоните в клинику, и мы запишем вас.',
])('«%s» would be found', sentence => {
  expect(ACTS.ru.test(sentence)).toBe(true);
});
