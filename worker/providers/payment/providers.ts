// All payment providers. The first one takes new payments; a payment row stores its provider, so old refunds and notices reach it. Called
// by worker/world.ts, worker/settings.ts and worker/routes/machines/notices.ts.
import type { PaymentPort } from './port.ts';
import { YOOKASSA_FIELDS, type YookassaFields, yookassa } from './yookassa.ts';

/** The settings of every provider, for worker/settings.ts. */
export const PAYMENT_FIELDS = { ...YOOKASSA_FIELDS };

export type PaymentSettings = YookassaFields;

/** Names of all providers, the one for new payments first; their notices come to /notices/<name>. */
export const PAYMENT_PROVIDERS = ['yookassa'] as const;

type ProviderName = (typeof PAYMENT_PROVIDERS)[number];

const PORTS: Readonly<Record<ProviderName, (settings: PaymentSettings) => PaymentPort>> = {
  yookassa: settings =>
    yookassa({
      apiUrl: settings.YOOKASSA_API_URL,
      shopId: settings.YOOKASSA_SHOP_ID,
      secretKey: settings.YOOKASSA_SECRET_KEY,
    }),
};

/** Ports of all providers, in the order of their names. */
export function paymentPorts(settings: PaymentSettings): readonly [PaymentPort, ...PaymentPort[]] {
  const [first, ...others]: readonly [ProviderName, ...ProviderName[]] = PAYMENT_PROVIDERS;
  return [PORTS[first](settings), ...others.map(name => PORTS[name](settings))];
}
