// Converts sums between YooKassa's form, «2500.00» roubles, and kopecks.
import { z } from 'zod';

export const money = z.strictObject({
  value: z.string().regex(/^\d+\.\d{1,2}$/, 'a decimal value with a dot is expected'),
  currency: z.literal('RUB'),
});
export const positive = money.refine(amount => minorOf(amount) > 0, 'the amount must be positive');

export type Money = Readonly<z.infer<typeof money>>;

export const minorOf = ({ value }: Money): number => Math.round(Number(value) * 100);

export const moneyOf = (minor: number): Money => ({ value: (minor / 100).toFixed(2), currency: 'RUB' });

/** «2 500 ₽», with kopecks only when there are any. */
export function said(money: Money): string {
  const minor = minorOf(money);
  const digits = minor % 100 === 0 ? 0 : 2;
  return `${(minor / 100).toLocaleString('ru-RU', { minimumFractionDigits: digits })}\u202f₽`;
}
