// The test cards of YooKassa's test shop and the checks of its card form. Source of the numbers and reasons: yookassa.ru, «Тестовые
// данные».
export interface TestCard {
  readonly number: string;
  readonly what: string;
  readonly type: 'MasterCard' | 'Mir';
  readonly threeDSecure: boolean;
  /** Why the payment is refused, and by whom; it succeeds when absent. */
  readonly refusal?: { readonly party: 'yoo_money' | 'payment_network'; readonly reason: string };
}

export interface Card {
  readonly number: string;
  readonly month: string;
  readonly year: string;
}

const masterCard = (last4: string, reason: string, party: 'yoo_money' | 'payment_network', what: string): TestCard => ({
  number: `555555555555${last4}`,
  what,
  type: 'MasterCard',
  threeDSecure: false,
  refusal: { party, reason },
});

export const testCards: readonly TestCard[] = [
  { number: '5555555555554444', what: 'Оплата пройдёт', type: 'MasterCard', threeDSecure: false },
  { number: '5555555555554477', what: 'Оплата пройдёт после 3-D Secure', type: 'MasterCard', threeDSecure: true },
  { number: '2202474301322987', what: '«Мир», оплата пройдёт', type: 'Mir', threeDSecure: false },
  { number: '2200000000000004', what: '«Мир», оплата пройдёт после 3-D Secure', type: 'Mir', threeDSecure: true },
  masterCard('4592', '3d_secure_failed', 'payment_network', 'Не пройдёт проверку 3-D Secure'),
  masterCard('4600', 'insufficient_funds', 'payment_network', 'Не хватит денег'),
  masterCard('4543', 'card_expired', 'payment_network', 'Срок карты истёк'),
  masterCard('4527', 'general_decline', 'payment_network', 'Отказ без причины'),
  masterCard('4501', 'issuer_unavailable', 'payment_network', 'Банк не отвечает'),
  masterCard('4634', 'fraud_suspected', 'yoo_money', 'Подозрение в мошенничестве'),
  masterCard('4584', 'country_forbidden', 'yoo_money', 'Страна карты закрыта'),
];

export const testCard = (number: string): TestCard | undefined => testCards.find(card => card.number === number);

export type CardFields = Record<'number' | 'month' | 'year' | 'cvc', string>;
export type CardProblems = Partial<CardFields>;

/** Reads the form of the payment page. Problems are sentences, shown beside their fields. */
export function readCard(fields: CardFields, now: number): { kind: 'card'; card: Card } | { kind: 'problems'; problems: CardProblems } {
  const number = fields.number.replaceAll(/[\s-]/g, '');
  const month = fields.month.trim().padStart(2, '0');
  const year = fields.year.trim().length === 2 ? `20${fields.year.trim()}` : fields.year.trim();
  const problems: CardProblems = {};
  if (!/^\d{14,19}$/.test(number) || !passesLuhn(number)) problems.number = 'В номере карты ошибка. Проверьте цифры.';
  else if (testCard(number) === undefined) problems.number = 'Стенд принимает только тестовые карты из списка ниже.';
  if (!/^(0[1-9]|1[0-2])$/.test(month)) problems.month = 'Месяц от 01 до 12.';
  if (!/^20\d\d$/.test(year)) problems.year = 'Год двумя цифрами.';
  else if (problems.month === undefined && now >= Date.UTC(Number(year), Number(month))) problems.year = 'Срок действия карты истёк.';
  if (!/^\d{3}$/.test(fields.cvc.trim())) problems.cvc = 'Три цифры с обратной стороны.';
  return Object.keys(problems).length > 0 ? { kind: 'problems', problems } : { kind: 'card', card: { number, month, year } };
}

/** A test card that is valid until the end of the year after next, for buttons and for tests. */
export const goodFor = (number: string, now: number): Card => ({ number, month: '12', year: String(new Date(now).getUTCFullYear() + 2) });

function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
