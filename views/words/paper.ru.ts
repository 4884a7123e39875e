// Words of the printed protocol. It is a document of the clinic and is printed only in Russian; the page of a protocol has its own words.
import type { Diagnosis, TextField } from '../../workflows/rules/protocol.ts';
import { plural } from '../format.ts';

const lastedText = (minutes: number) =>
  minutes === 0 ? 'меньше минуты' : `${minutes} ${plural('ru', minutes, ['минута', 'минуты', 'минут'])}`;

export const paperRu = {
  title: 'Протокол консультации с применением телемедицинских технологий',
  fileTitle: (date: string) => `Протокол консультации от ${date}`,
  versionOf: (version: number, date: string) => (version === 1 ? `Подписан ${date}` : `Версия ${version}, подписана ${date}`),
  letterhead: { licence: 'Лицензия', phone: 'Тел.' },
  head: (clinic: string, date: string) => `${clinic}. Протокол консультации от ${date}`,
  foot: (moment: string) => `Подписан ${moment}. Врачебная тайна`,
  pageOf: (page: number, pages: number) => `страница ${page} из ${pages}`,

  patient: 'Пациент',
  born: (name: string, date: string) => `${name}, дата рождения ${date}`,
  doctor: 'Врач',
  doctorIs: (name: string, specialty: string, registryId: string) => `${name}, ${specialty}, номер в реестре медработников ${registryId}`,
  booked: 'Назначена',
  bookedAt: (day: string, clock: string) => `${day}, ${clock}, по видео`,
  call: 'Проведена',
  metAt: (met: string, ended: string, minutes: number) => `на связи с ${met}, окончена в ${ended}, вместе ${lastedText(minutes)}`,
  neverMet: 'на связи по видео одновременно не были',

  amendment: (version: number, first: string) => `Это дополнение: версия ${version}. Первая версия подписана ${first} и сохранена`,
  amendmentReason: (reason: string) => `Почему дополнен: ${reason}`,

  fields: {
    complaints: 'Жалобы со слов пациента',
    anamnesis: 'Анамнез',
    objective: 'Объективно, насколько видно по видео',
    documents: 'Представленные документы',
    conclusion: 'Заключение',
    recommendations: 'Рекомендации',
    examinations: 'Какие обследования пройти',
    prescriptions: 'Назначение лекарств',
  } satisfies Record<TextField, string>,
  answers: 'Ответы пациента до приёма',
  diagnosis: 'Диагноз (МКБ-10)',
  diagnosisIs: ({ code, title }: Diagnosis) => `${code} ${title}`,
  inPerson: 'Очный приём',
  inPersonWhen: (when: string) => `Нужен: ${when}`,
  closed: 'Диагноз и лекарства',
  closedWhy:
    'Не указаны: без очного приёма в этой клинике врач не ставит диагноз и не назначает лекарства по видео (статья 36.2 Федерального закона № 323-ФЗ).',

  seal: {
    simple: 'Подписан простой электронной подписью врача',
    qualified: 'Подписан усиленной квалифицированной электронной подписью',
    who: 'Кто',
    when: 'Когда',
    certificate: 'Сертификат',
    certificateOf: (serial: string, date: string) => `${serial}, действует до ${date}`,
    owner: 'Владелец сертификата',
    hash: 'Контрольная сумма текста (SHA-256)',
    how: (code: string) => `Проверить подлинность можно по QR-коду или по адресу ниже. Код: ${code}`,
    qrAlt: (address: string) => `QR-код с адресом проверки подлинности: ${address}`,
    linkAlt: (address: string) => `Проверить подлинность: ${address}`,
  },
  slot: (name: string) => `Электронная подпись: ${name}`,
  attachment: 'Текст протокола, который подписан, в формате JSON',
};

export type PaperWords = typeof paperRu;
