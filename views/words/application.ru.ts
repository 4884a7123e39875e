// Words of the printed application for money back. It is a document under Russian law and is printed only in Russian.
import type { ClaimReason } from '../../workflows/rules/claim.ts';
import { plural } from '../format.ts';

const lasted = (minutes: number, seconds: number) =>
  [
    minutes === 0 ? '' : `${minutes} ${plural('ru', minutes, ['минута', 'минуты', 'минут'])}`,
    seconds === 0 && minutes > 0 ? '' : `${seconds} ${plural('ru', seconds, ['секунда', 'секунды', 'секунд'])}`,
  ]
    .filter(Boolean)
    .join(' ');

export const applicationRu = {
  title: 'Заявление о возврате оплаты',
  fileTitle: (number: string, version: number) => `Заявление о возврате оплаты ${number}, версия ${version}`,
  numbered: (number: string, version: number, date: string) => `№ ${number}, версия ${version}, составлено ${date}`,
  foot: (number: string, version: number) => `Заявление ${number}, версия ${version}`,
  pageOf: (page: number, pages: number) => `страница ${page} из ${pages}`,

  to: 'Кому',
  requisites: (inn: string, ogrn: string) => `ИНН ${inn}, ОГРН ${ogrn}`,
  claimant: 'Заявитель',
  forChild: (name: string) => `за ребёнка: ${name}`,
  phone: (phone: string) => `телефон ${phone}`,

  consultation: 'Консультация',
  consultationOf: (doctor: string, day: string, clock: string) => `Онлайн-консультация, врач ${doctor}, назначена на ${day}, ${clock}`,
  consultationId: (id: string) => `Номер: ${id}`,
  offer: (version: number, date: string) => `Договор-оферта, версия ${version}, принят ${date}`,
  paid: 'Оплачено',
  paidLine: (sum: string, moment: string, method: string | null, receipt: string | null) =>
    [sum, moment, method, receipt === null ? 'чек оформляется' : `чек № ${receipt}`].filter(Boolean).join(', '),
  paidMore: (n: number, sum: string) => `и ещё ${n} ${plural('ru', n, ['платёж', 'платежа', 'платежей'])} на ${sum}`,
  demandOf: (figures: string, words: string) => `Прошу вернуть ${figures} (${words})`,
  within: 'Срок: в течение 10 дней со дня предъявления требования (статьи 31 и 32 Закона РФ «О защите прав потребителей»)',
  reason: 'Причина',
  reasons: {
    clinicCancelled: 'клиника отменила консультацию',
    doctorAbsent: 'врач не пришёл на консультацию',
    noConnection: 'не было связи, консультация не состоялась',
    brokeOff: 'связь прервалась, консультация не была закончена',
    changedMind: 'отказываюсь от консультации',
    paidTwice: 'консультация оплачена дважды',
    other: 'другая причина',
  } satisfies Record<ClaimReason, string>,
  textGoesOn: '… (весь текст — на странице заявления)',
  where: 'Куда вернуть',
  sameWay: 'Тем же способом, которым была оплата',
  toAccount: (holder: string, bank: string, bic: string, last4: string) =>
    `На банковский счёт: получатель ${holder}, ${bank}, БИК ${bic}, счёт •••• ${last4} (номер целиком указан в заявлении на сайте)`,
  call: 'Журнал связи',
  together: (ms: number) => {
    const seconds = Math.round(ms / 1000);
    return seconds === 0
      ? 'Врач и пациент не были на связи одновременно'
      : `Вместе на связи ${lasted(Math.floor(seconds / 60), seconds % 60)}`;
  },

  signature: 'Подпись',
  signedBy: 'Расшифровка подписи',
  signedOn: 'Дата',

  mail: 'Подпишите лист ручкой, сфотографируйте и отправьте со своей почты на адрес',
  photo: 'Фотографируйте лист целиком, при дневном свете. Можно несколько снимков.',
  page: 'Загрузить снимок или подписать кодом можно на странице заявления:',
  mailAlt: (address: string) => `Написать письмо на ${address}`,
  pageAlt: (number: string) => `Страница заявления ${number}`,
  qrAlt: (address: string) => `QR-код с адресом страницы заявления: ${address}`,
};

export type ApplicationWords = typeof applicationRu;
