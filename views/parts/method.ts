// The payment method in words: «Карта •• 4477», «СБП». For an unknown type nothing is said.
import type { Lang } from '../../workflows/rules/lang.ts';

const NAMES: Record<string, { readonly ru: string; readonly en: string }> = {
  bank_card: { ru: 'Карта', en: 'Card' },
  sbp: { ru: 'СБП', en: 'Faster Payments (SBP)' },
  sberbank: { ru: 'SberPay', en: 'SberPay' },
  tinkoff_bank: { ru: 'T-Pay', en: 'T-Pay' },
  yoo_money: { ru: 'ЮMoney', en: 'YooMoney' },
};

export function methodOf(method: string | null, lang: Lang): string | undefined {
  const [type = '', last4] = (method ?? '').split(':');
  const name = NAMES[type]?.[lang];
  return name && last4 ? `${name} ••\u00a0${last4}` : name;
}
