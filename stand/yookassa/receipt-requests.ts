// The shop's requests about receipts (54-ФЗ) as schemas. A shop that uses «Чеки от ЮKassa» must send the buyer's e-mail and a measure for
// each item, which are optional in the general contract.
import { z } from 'zod';
import { type Money, minorOf, money, positive } from './money.ts';

const customer = z.strictObject({
  email: z.email({ pattern: z.regexes.html5Email }).max(254),
  phone: z
    .string()
    .regex(/^\d{4,15}$/)
    .optional(),
  full_name: z.string().max(256).optional(),
  inn: z
    .string()
    .regex(/^(\d{10}|\d{12})$/)
    .optional(),
});

const measures = [
  'piece',
  'gram',
  'kilogram',
  'ton',
  'centimeter',
  'decimeter',
  'meter',
  'square_centimeter',
  'square_decimeter',
  'square_meter',
  'milliliter',
  'liter',
  'cubic_meter',
  'kilowatt_hour',
  'gigacalorie',
  'day',
  'hour',
  'minute',
  'second',
  'kilobyte',
  'megabyte',
  'gigabyte',
  'terabyte',
  'another',
] as const;
const subjects = [
  'commodity',
  'excise',
  'job',
  'service',
  'payment',
  'agent_commission',
  'property_right',
  'non_operating_gain',
  'composite',
  'another',
  'fine',
  'tax',
  'lien',
  'cost',
] as const;
const modes = ['full_prepayment', 'partial_prepayment', 'advance', 'full_payment', 'partial_payment', 'credit', 'credit_payment'] as const;

const item = z.strictObject({
  description: z.string().min(1).max(128),
  amount: money,
  quantity: z.number().positive().max(99_999.999).multipleOf(0.001),
  vat_code: z.int().min(1).max(12),
  measure: z.enum(measures),
  payment_subject: z.enum(subjects),
  payment_mode: z.enum(modes),
});

const receiptFields = {
  customer,
  items: z.array(item).min(1).max(80),
  internet: z.boolean().optional(),
  tax_system_code: z.int().min(1).max(6).optional(),
};
export const receipt = z.strictObject(receiptFields);

export const createReceipt = z
  .strictObject({
    ...receiptFields,
    type: z.enum(['payment', 'refund']),
    payment_id: z.string().length(36).optional(),
    refund_id: z.string().length(36).optional(),
    send: z.literal(true),
    settlements: z
      .array(z.strictObject({ type: z.enum(['cashless', 'prepayment', 'postpayment', 'consideration']), amount: positive }))
      .min(1),
  })
  .superRefine((body, context) => {
    if ((body.payment_id === undefined) === (body.refund_id === undefined))
      context.addIssue({ code: 'custom', path: ['payment_id'], message: 'exactly one of payment_id and refund_id is expected' });
    const settled = body.settlements.reduce((total, { amount }) => total + minorOf(amount), 0);
    if (settled !== sumOf(body.items))
      context.addIssue({ code: 'custom', path: ['settlements'], message: 'the settlements do not add up to the items' });
  });

export type CreateReceipt = z.infer<typeof createReceipt>;
export type ReceiptData = z.infer<typeof receipt>;
export type Item = z.infer<typeof item>;

/** The sum of all items, kopecks: each price times its quantity. */
export const sumOf = (items: readonly Item[]): number =>
  items.reduce((total, { amount, quantity }) => total + Math.round(minorOf(amount) * quantity), 0);

/** Adds an issue when the items of a receipt, if there is one, do not add up to the amount of the request. */
export function sumsMustAgree(asked: ReceiptData | undefined, amount: Money | undefined, context: z.RefinementCtx): void {
  if (asked === undefined || amount === undefined || sumOf(asked.items) === minorOf(amount)) return;
  context.addIssue({ code: 'custom', path: ['receipt', 'items'], message: 'the items do not add up to the amount' });
}
