// Applications for money back to print: a plain one, and one with the longest of everything.
import type { ApplicationFacts } from '../../workflows/rules/claim.ts';
import { DEFAULT_SETTINGS } from '../../workflows/rules/clinic-setting.ts';
import { MINUTE, NOON, TOMORROW_14_30 } from '../cast.ts';

export const PAGE = 'https://clinic.example/refund-claims/01930000-0000-7000-8000-00000000c1a1';
/** The hash of the file of PLAIN. A signature by the code is of this hash, so it changes only when the layout does. */
export const PLAIN_SHA256 = '285b0e1e37841ae97f1987d60e2de3f9a73c2f63c5d5fc57f5e84d114722099c';

export const PLAIN: ApplicationFacts = {
  number: 'В-2026-00042',
  version: 1,
  madeAt: TOMORROW_14_30 + 60 * MINUTE,
  zone: 'Europe/Moscow',
  clinic: {
    legalName: 'ООО «Пример»',
    address: '101000, Москва, Демонстрационная ул., 1',
    inn: DEFAULT_SETTINGS.inn,
    ogrn: DEFAULT_SETTINGS.ogrn,
    head: DEFAULT_SETTINGS.head,
    claimsAddress: 'zayavlenie+k7m2q4x9c3v5b8n1z6a0s7d4f2@clinic.example',
  },
  claimant: {
    name: 'Тестова Анна Ивановна',
    email: 'anna@example.ru',
    phone: '+7 900 000-00-00',
    address: 'Екатеринбург, Примерная ул., 5, кв. 12',
  },
  child: null,
  offer: { version: 7, acceptedAt: NOON },
  consultation: {
    id: '01930000-0000-7000-8000-000000000777',
    doctor: 'Макетова Дарья',
    startsAt: TOMORROW_14_30,
    endsAt: TOMORROW_14_30 + 30 * MINUTE,
  },
  paid: [{ minor: 230_000, at: NOON + MINUTE, method: 'bank_card:4477', receipt: '118' }],
  amountMinor: 230_000,
  currency: 'RUB',
  reason: 'brokeOff',
  text: 'Через три минуты видео и звук пропали и больше не появились. Я ждала до конца времени приёма.',
  via: 'same',
  account: null,
  call: { togetherMs: 168_000, faults: ['14:33 сбой связи на стороне клиники', '14:36 врач отключился'] },
};

const WORD = 'Превосходительство-Всеволожская ';
const long = (length: number): string => WORD.repeat(40).slice(0, length);

/** A thousand wide letters in the claimant's own words, the longest names and addresses that the forms take, many payments, an account. */
export const LONGEST: ApplicationFacts = {
  ...PLAIN,
  number: 'В-2026-99999',
  version: 99,
  clinic: {
    ...PLAIN.clinic,
    legalName: long(120),
    address: long(160),
    head: long(120),
    claimsAddress: `zayavlenie+${'w'.repeat(26)}@klinika-s-dlinnym-imenem.example`,
  },
  claimant: { name: long(100), email: `${'w'.repeat(60)}@example.ru`, phone: '+7 900 000-00-00', address: long(150) },
  child: long(100),
  consultation: { ...PLAIN.consultation, doctor: long(80) },
  paid: Array.from({ length: 7 }, (_, i) => ({
    minor: 99_999_999,
    at: NOON + i * MINUTE,
    method: 'bank_card:4477',
    receipt: String(1000 + i),
  })),
  amountMinor: 677_777_777,
  text: 'ШЩЖ Ю '.repeat(167).slice(0, 1000),
  via: 'account',
  account: { holder: long(100), bank: long(100), bic: '044525225', last4: '1234' },
  call: { togetherMs: 1_799_000, faults: Array.from({ length: 4 }, (_, i) => `14:3${i} сбой связи на стороне клиники`) },
};

/** As long as people's names and addresses are, with all of the text that the form takes. */
export const LONG_NAMES: ApplicationFacts = {
  ...PLAIN,
  claimant: {
    name: 'Александрова-Константинопольская Екатерина-Виктория Константиновна',
    email: 'ekaterina.aleksandrova-konstantinopolskaya@pochta.example.ru',
    phone: '+7 900 000-00-00',
    address: '690000, Приморский край, г. Владивосток, ул. Пятидесятилетия Великой Октябрьской революции, д. 123, корп. 4, стр. 5, кв. 678',
  },
  child: 'Александров-Константинопольский Максимилиан Константинович',
  text: 'Слышно было плохо, потом пропал звук, врач писала в чат, что не слышит меня. '.repeat(13).slice(0, 999).trim(),
  via: 'account',
  account: {
    holder: 'Александрова-Константинопольская Екатерина-Виктория Константиновна',
    bank: 'Банк «Пример», Приморский филиал',
    bic: '044525225',
    last4: '1234',
  },
};

/** What a person may paste: line breaks only, signs that no typeface has, markup. */
export const ROUGH_APPLICATION: ApplicationFacts = {
  ...PLAIN,
  claimant: { ...PLAIN.claimant, name: 'О’Коннор-Ёлкина Zoë <b>&amp;</b>', phone: null, address: null },
  reason: 'other',
  text: `Первая\n\n\nвторая\u2028третья\tчетвёртая 👍🏽 \u0000\u202e日本${'\n'.repeat(900)}конец`,
  call: null,
};
