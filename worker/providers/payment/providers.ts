// All payment providers. The first one takes new payments; a payment row stores its provider, so old refunds and notices reach it. Called
// by worker/world.ts, worker/settings.ts and worker/routes/machines/notices.ts.
import type { PaymentPort } from './port.ts';
import { YOOKASSA_FIELDS, type YookassaFields, yookassa } from './yookassa.ts';

/** The settings of every provider, for worker/settings.ts. */
export const PAYMENT_FIELDS = { ...YOOKASSA_FIELDS };

export type PaymentSettings = YookassaFields;

/** Ports of all providers, the one for new payments first. */
export const paymentPorts = (settings: PaymentSettings): readonly [PaymentPort, ...PaymentPort[]] => [
  yookassa({
    apiUrl: settings.YOOKASSA_API_URL,
    shopId: settings.YOOKASSA_SHOP_ID,
    secretKey: settings.YOOKASSA_SECRET_KEY,
    pageOrigin: settings.YOOKASSA_PAGE_ORIGIN,
  }),
];

/** Names of all providers; their notices come to /notices/<name>. */
export const PAYMENT_PROVIDERS = ['yookassa'] as const;
