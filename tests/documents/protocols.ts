// Protocols to print: a short one, one of three pages, an amendment, one that the law keeps closed, and one with everything that makes
// typesetting difficult.
import { EMPTY_PROTOCOL, type ProtocolContent } from '../../workflows/rules/protocol.ts';
import type { ProtocolDocument } from '../../worker/documents/protocol-document.ts';
import { MINUTE, NOON, TOMORROW_14_30 } from '../cast.ts';

export const CODE = '7QK4M92MXB5RT8WZC3DN0EFGHJ';
/** The hash of the whole file of SHORT, in workerd and in Node. It must change only when the layout of the document is changed. */
export const SHORT_SHA256 = '93aaffb8b0df81375a16f62c826bbf26924f16a75e7ba217080109e9d70afa90';

const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

export const CONTENT: ProtocolContent = {
  ...EMPTY_PROTOCOL,
  complaints:
    'Утомляемость в течение трёх недель, эпизоды повышения давления до 145/90 мм рт. ст. по домашнему тонометру, преимущественно вечером.',
  anamnesis: 'Наблюдается у терапевта по месту жительства. Представила общий анализ крови от 5 ноября 2026 года. Аллергию отрицает.',
  conclusion: 'Для уточнения причины жалоб нужен очный приём. Оснований для экстренной помощи во время консультации не выявлено.',
  recommendations:
    'Дневник давления: утром и вечером, сидя, после пяти минут отдыха. Взять с собой на приём.\nПри давлении выше 180/110, боли в груди или слабости в руке вызвать 103.',
  inPerson: { isNeeded: true, when: 'к терапевту в течение 10 дней' },
};

export const SHORT: ProtocolDocument = {
  clinic: {
    name: 'Клиника «Пример»',
    legalName: 'ООО «Пример»',
    licence: 'Л041-00000-00/00000000',
    address: '101000, Москва, Демонстрационная ул., 1',
    phone: '+7 000 000-00-00',
    zone: 'Europe/Moscow',
  },
  patient: { name: 'Тестова Анна Ивановна', birthDate: '1958-03-14' },
  doctor: { name: 'Макетова Дарья', specialty: { ru: 'Педиатр', en: 'Paediatrician' }, registryId: '00000000000' },
  visit: {
    booked: { startsAt: TOMORROW_14_30, endsAt: TOMORROW_14_30 + 30 * MINUTE },
    metAt: TOMORROW_14_30 + MINUTE,
    endedAt: TOMORROW_14_30 + 28 * MINUTE,
    togetherMinutes: 26,
  },
  version: 1,
  amendment: null,
  answers: [],
  content: CONTENT,
  guard: { kind: 'open', visitedOn: '2026-11-02' },
  canonical: JSON.stringify(CONTENT),
  signature: { name: 'Макетова Дарья', at: TOMORROW_14_30 + 50 * MINUTE, contentHash: HASH, certificate: null },
  verification: { address: `https://clinic.example/verify/${CODE}`, code: CODE },
};

const withContent = (document: ProtocolDocument, content: Partial<ProtocolContent>): ProtocolDocument => {
  const whole = { ...document.content, ...content };
  return { ...document, content: whole, canonical: JSON.stringify(whole) };
};

export const LOCKED: ProtocolDocument = { ...SHORT, guard: { kind: 'locked' } };

export const AMENDED: ProtocolDocument = {
  ...SHORT,
  version: 2,
  amendment: { reason: 'Уточнён срок: общий анализ крови сдан 5 ноября, а не 15 ноября.', firstAt: NOON },
};

const SENTENCES =
  'Артериальная гипертензия в течение 6 лет, максимальное давление 178/104 мм рт. ст., адаптирована к 125/80. В июле 2026 года назначен лозартан 50 мг/сут, с сентября принимает нерегулярно. Ухудшение связывает с переутомлением — работа по 10–12 часов, сон менее 6 часов. SpO₂ 98 %, температура тела 36,6 °C.';

export const LONG: ProtocolDocument = {
  ...withContent(SHORT, {
    anamnesis: Array.from({ length: 5 }, () => SENTENCES).join('\n'),
    objective: SENTENCES,
    documents: Array.from({ length: 3 }, () => SENTENCES).join('\n'),
    diagnosis: {
      code: 'I11.9',
      title: 'Гипертензивная [гипертоническая] болезнь с преимущественным поражением сердца без сердечной недостаточности',
    },
    recommendations: Array.from({ length: 6 }, () => SENTENCES).join('\n'),
    examinations: 'Биохимический анализ крови через 4 недели.\nСуточное мониторирование давления.',
    prescriptions: 'Лозартан 50 мг по 1 таблетке утром и вечером, независимо от еды, постоянно.',
  }),
  answers: [
    { question: 'Принимаете ли вы лекарства постоянно?', answer: 'Лозартан, но не каждый день' },
    { question: 'Есть ли аллергия?', answer: 'На пенициллин: крапивница в 2009 году' },
    { question: 'Что ещё важно?', answer: '' },
  ],
};

/** Text that a person may paste into a field. */
export const ROUGH: ProtocolDocument = withContent(
  { ...SHORT, patient: { name: 'О’Коннор-Ёлкина Zoë <b>&amp;</b>', birthDate: null } },
  {
    complaints: `${'Боль ноющая, усиливается к вечеру, проходит после отдыха. '.repeat(130)}`,
    anamnesis: 'Сверхдлинноеслово'.repeat(12),
    objective: 'Боли в\u202fгруди нет 👍🏽, пульс 72\u2009уд/мин ♥️, за́мок и замо́к, é и e\u0301, ﬁn, ЛПНП ↑, 日本, \u0000\u200b\u202e.',
    documents: 'Первая строка\r\n\r\nВторая\tстрока\u2028Третья строка\n\n',
    conclusion: 'АД < 140/90 & пульс > 60; HbA1c 5,7 %; 10⁹/л; β-ХГЧ; ½ таблетки; №5; ≤ 6,0; «ёлки» — “кавычки”.',
  },
);
