// The consent documents of the demo clinic: short samples of what a lawyer would write at length. Used by clinic.ts.
import { demoId } from './people.ts';

export interface DemoDocument {
  readonly id: string;
  readonly kind: 'personalData' | 'informedConsent' | 'offer';
  readonly version: number;
  readonly title: readonly [string, string];
  readonly summary: readonly [string, string];
  readonly without: readonly [string, string];
  readonly body: readonly [string, string];
  readonly publishedAt: number;
}

/** SHA-256 of the Russian text, hex; the signature of a consent refers to it. */
export async function hashOf(document: DemoDocument): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(document.body[0])));
  return [...digest].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

export const DOCUMENTS: readonly DemoDocument[] = [
  {
    id: demoId(6, 1),
    kind: 'personalData',
    version: 4,
    publishedAt: Date.parse('2026-09-01T00:00:00+03:00'),
    title: ['Обработка персональных данных', 'Processing of personal data'],
    summary: [
      'Клиника хранит ваши данные в России и передаёт их только тем, кто нужен для приёма: платёжной службе (почту для чека) и государственной системе здравоохранения (протокол).',
      'The clinic keeps your data in Russia and passes it only to those an appointment needs: the payment service (an e-mail for the receipt) and the state health system (the protocol).',
    ],
    without: [
      'Без него нельзя завести медицинскую карту и записаться.',
      'Without it no medical card can be opened and no appointment booked.',
    ],
    body: [
      `1. Я даю ООО «Пример» (далее — клиника) согласие на обработку моих персональных данных: фамилии, имени, отчества, даты рождения, пола, СНИЛС, телефона, адреса электронной почты, сведений о состоянии здоровья, которые я сообщаю врачу, и сведений об оплате.
2. Цель — оказание мне медицинской помощи с применением телемедицинских технологий, расчёты за неё и выполнение обязанностей клиники по закону. Ни для чего другого данные не используются, рекламы в них нет.
3. Действия: сбор, запись, хранение, уточнение, использование, передача перечисленным ниже, удаление. Данные хранятся в базах на территории Российской Федерации.
4. Передача: платёжной службе — адрес почты и сумма, чтобы пробить чек; единой государственной информационной системе в сфере здравоохранения — протокол консультации.
5. Видео и звук консультации не записываются.
6. Согласие действует до отзыва. Отозвать его можно в разделе «Согласия и документы» или письмом в клинику. Медицинская документация после отзыва хранится столько, сколько требует закон.`,
      `1. I allow OOO "Primer" (the clinic) to process my personal data: name, date of birth, sex, SNILS, phone, e-mail, what I tell the doctor about my health, and payment details.
2. The purpose is medical help by telemedicine, settling its cost and the clinic's duties under the law. The data serves nothing else; there is no advertising.
3. Actions: collecting, recording, keeping, correcting, using, passing on to those listed below, deleting. The data is kept in databases in the Russian Federation.
4. Passed on: to the payment service, an e-mail and a sum for the receipt; to the state health information system, the protocol of the consultation.
5. Video and sound of a consultation are not recorded.
6. The consent holds until it is withdrawn under "Consents and documents" or by a letter to the clinic. Medical records are then kept for as long as the law requires.`,
    ],
  },
  {
    id: demoId(6, 2),
    kind: 'informedConsent',
    version: 2,
    publishedAt: Date.parse('2026-09-01T00:00:00+03:00'),
    title: ['Информированное добровольное согласие', 'Informed consent'],
    summary: [
      'Что врач может и чего не может на онлайн-консультации, и какие у неё есть ограничения.',
      'What a doctor can and cannot do in an online consultation, and what its limits are.',
    ],
    without: [
      'Без него врач не вправе консультировать. Смотреть расписание можно.',
      'Without it the doctor may not consult. Looking at the schedule is fine.',
    ],
    body: [
      `1. Мне понятно, что онлайн-консультация не заменяет очный приём. По закону (статья 36.2 Федерального закона от 21.11.2011 № 323-ФЗ) врач на ней не ставит диагноз и не назначает лечение, если я не был(а) у него на очном приёме в этой клинике.
2. Врач может собрать жалобы и анамнез, разобрать анализы, объяснить, что они значат, и решить, нужен ли очный приём и обследования.
3. Мне понятно, что по видео не всё видно и слышно, связь может прерваться, и тогда консультация может не состояться. В этом случае деньги возвращаются.
4. При угрозе жизни я звоню 103 или 112 и не жду консультации.
5. Я сообщу врачу всё, что знаю о своём здоровье, и задам вопросы, если что-то непонятно.
6. Я могу отказаться от консультации в любой момент.`,
      `1. I understand that an online consultation does not replace a visit. By law (article 36.2 of Federal Law 323-FZ of 21.11.2011) the doctor makes no diagnosis and prescribes no treatment in it unless I have visited them in person in this clinic.
2. The doctor may take complaints and history, look at test results and explain them, and decide whether a visit or further tests are needed.
3. I understand that video does not show and carry everything, that the connection may break, and that the consultation may then fail. The money comes back in that case.
4. When life is in danger I call 103 or 112 and do not wait for a consultation.
5. I will tell the doctor what I know about my health and ask when something is unclear.
6. I may refuse the consultation at any moment.`,
    ],
  },
  {
    id: demoId(6, 4),
    kind: 'offer',
    version: 8,
    publishedAt: Date.parse('2026-11-20T00:00:00+03:00'),
    title: ['Договор (оферта)', 'Contract (offer)'],
    summary: [
      'Цена, предоплата, перенос, отмена и возврат денег. Вернуть деньги можно всегда, когда приём не состоялся.',
      'Price, prepayment, moving, cancelling and money back. The money can always come back when an appointment did not take place.',
    ],
    without: ['Без него нельзя оплатить приём.', 'Without it an appointment cannot be paid.'],
    body: [
      `1. Клиника оказывает онлайн-консультацию выбранного врача в выбранное время за цену, указанную на странице подтверждения записи.
2. Интервал закрепляется за пациентом на время, указанное на странице, обычно 10 минут. Если оплата за это время не пришла, запись аннулируется, деньги не списываются.
3. Оплата, которая пришла позже: запись сохраняется, если интервал ещё свободен; иначе вся сумма возвращается без заявления.
4. Отмена пациентом раньше чем за 24 часа до начала — возврат всей суммы. Позже, но до начала — возврат за вычетом фактических расходов клиники, 10 % цены, округлённых до рубля в пользу пациента.
5. Отмена клиникой, неявка врача или сбой связи на стороне клиники — возврат всей суммы.
6. Деньги возвращаются на ту же карту не позднее 10 дней. О каждом движении денег приходит чек.
7. Требование вернуть оплату подаётся в кабинете, «Вернуть оплату»; ответ и деньги приходят не позднее 10 дней. Заявление подписывают одним из трёх равных способов: кодом из письма на странице заявления; загрузкой фотографии подписанного листа; письмом с этой фотографией со своей почты на адрес, указанный на странице заявления. Бумажный оригинал не нужен.
8. Стороны признают код из письма простой электронной подписью (63-ФЗ, статья 9): подписывается файл заявления с его контрольной суммой. Код приходит на адрес, указанный при записи; тот, кому он пришёл, хранит его в тайне.`,
      `1. The clinic provides an online consultation of the chosen doctor at the chosen time for the price on the confirmation page.
2. The interval is kept for the patient for the time named on the page, usually 10 minutes. If no payment comes in that time, the booking is annulled and nothing is charged.
3. A payment that comes later: the booking is kept if the interval is still free; otherwise the whole sum comes back without an application.
4. Cancelled by the patient more than 24 hours before the start, the whole sum comes back. Later but before the start, the sum less the clinic's actual costs, 10 % of the price rounded to a rouble in the patient's favour.
5. Cancelled by the clinic, the doctor absent, or the connection failed on the clinic's side: the whole sum comes back.
6. The money returns to the same card within 10 days. Every movement of money has a receipt.
7. Money is demanded back in the cabinet, "Ask for the money back"; the answer and the money come within 10 days. The application is signed in one of three equal ways: with a code from a letter on the page of the application; by uploading a photo of the signed sheet; by mailing that photo from one's own mailbox to the address on the page of the application. No paper original is needed.
8. The parties take a code from a letter for a simple electronic signature (63-FZ, article 9): what is signed is the file of the application with its checksum. The code comes to the address given at booking; whoever receives it keeps it secret.`,
    ],
  },
];
