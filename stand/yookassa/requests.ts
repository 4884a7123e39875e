// The shop's requests for payments and refunds as schemas: the part of YooKassa's contract that a clinic needs; unknown fields are refused.
// Receipts are in receipt-requests.ts.
import { z } from 'zod';
import { minorOf, money, positive } from './money.ts';
import { receipt, sumsMustAgree } from './receipt-requests.ts';

/** A card payment is from 1 to 350 000 roubles. */
const cardAmount = money.refine(
  amount => minorOf(amount) >= 100 && minorOf(amount) <= 35_000_000,
  'the amount is outside of the limits of bank_card',
);

const metadata = z
  .record(z.string().max(32), z.string().max(512).nullable())
  .refine(pairs => Object.keys(pairs).length <= 16, 'no more than 16 keys');

const returnUrl = z.url({ protocol: /^https?$/ }).max(2048);

export const createPayment = z
  .strictObject({
    amount: cardAmount,
    description: z.string().max(128).optional(),
    receipt,
    confirmation: z.strictObject({
      type: z.literal('redirect'),
      return_url: returnUrl,
      enforce: z.boolean().optional(),
      locale: z.enum(['ru_RU', 'en_US']).optional(),
    }),
    capture: z.boolean().default(false),
    payment_method_data: z.strictObject({ type: z.literal('bank_card') }).optional(),
    save_payment_method: z.literal(false).optional(),
    client_ip: z.union([z.ipv4(), z.ipv6()]).optional(),
    merchant_customer_id: z.string().max(200).optional(),
    metadata: metadata.optional(),
  })
  .superRefine((body, context) => sumsMustAgree(body.receipt, body.amount, context));

export const capturePayment = z
  .strictObject({ amount: cardAmount.optional(), receipt: receipt.optional() })
  .superRefine((body, context) => sumsMustAgree(body.receipt, body.amount, context));

export const cancelPayment = z.strictObject({});

export const createRefund = z
  .strictObject({
    payment_id: z.string().length(36),
    amount: positive,
    description: z.string().max(250).optional(),
    receipt: receipt.optional(),
    metadata: metadata.optional(),
  })
  .superRefine((body, context) => sumsMustAgree(body.receipt, body.amount, context));

export type CreatePayment = z.infer<typeof createPayment>;
export type CapturePayment = z.infer<typeof capturePayment>;
export type CreateRefund = z.infer<typeof createRefund>;
