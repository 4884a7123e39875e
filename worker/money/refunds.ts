// Refunds at the provider: sends them, asks about them, and writes down those that were made without us. The workflow, notices and the cron call these
// functions; of several callers one has a refund at a time.
import { ask } from '../data/db.ts';
import { clinicRead } from '../data/clinic.ts';
import { consultationRead } from '../data/consultations.ts';
import {
  givesWay,
  keepRequest,
  postponeRefund,
  type OpenRefund,
  recordExternal,
  recordRefund,
  refundByProviderId,
  releaseRefund,
  takeRefunds,
  unheardRefund,
} from '../data/refunds.ts';
import { each } from '../each.ts';
import { type PaymentPort, type ProviderRefund, ProviderRefused } from '../providers/payment/port.ts';
import type { Ports } from './payments.ts';
import { describe } from './receipt-text.ts';

/**
 * A repetition within this time of the decision has the same effect as the first request, ms: YooKassa knows a key for 24 hours
 * (yookassa.ru/developers/using-api/interaction-format#idempotence), and the clocks may differ. After it the provider's list is asked first.
 */
const KEY_SAFE_MS = 3_600_000;

/** Sends open refunds and asks about pending ones: of one consultation, or of all. One that fails does not stop the others. */
export async function settleRefunds(ports: Ports, consultationId: string | null): Promise<void> {
  await each(await takeRefunds(ports.db, ports.now, consultationId), async refund => {
    try {
      await settle(ports, refund);
    } catch (error) {
      await releaseRefund(ports.db, refund.id, ports.now);
      throw error;
    }
  });
}

async function settle(ports: Ports, refund: OpenRefund): Promise<void> {
  const provider = ports.world.paymentOf(refund.provider);
  const said = refund.providerId === null ? await sent(ports, provider, refund) : await provider.getRefund(refund.providerId);
  if (said) await recordRefund(ports.db, { id: refund.id, ...said }, ports.now);
  else await postponeRefund(ports.db, refund.id, ports.now);
}

type Said = Pick<ProviderRefund, 'state' | 'reason'> & { readonly providerId: string | null };

async function sent(ports: Ports, provider: PaymentPort, refund: OpenRefund): Promise<Said | null> {
  // A refund that was not sent yet is looked for too: somebody may have returned the money meanwhile, and a database that came back from a backup does
  // not know what it has sent.
  if (refund.body === null || ports.now - refund.askedAt >= KEY_SAFE_MS) {
    const known = await foundAmong(ports, await provider.refundsOf(refund.paymentProviderId), refund);
    if (known) return known;
    if (await givesWay(ports.db, refund, ports.now)) return null;
  }
  const body = refund.body ?? (await requestOf(ports, provider, refund));
  try {
    return await provider.refund(refund.id, body);
  } catch (error) {
    // A refusal is an answer: it is recorded, and a person returns the money.
    if (!(error instanceof ProviderRefused)) throw error;
    return { providerId: null, state: 'canceled', reason: error.code };
  }
}

async function requestOf(ports: Ports, provider: PaymentPort, refund: OpenRefund): Promise<string> {
  const { consultation, clinic } = await ask(ports.db, { consultation: consultationRead(refund.consultationId), clinic: clinicRead() });
  if (!consultation) throw new Error('A refund is of a consultation that is gone.');
  const isPart = refund.amountMinor < refund.paidMinor;
  const body = provider.refundRequest({
    key: refund.id,
    paymentProviderId: refund.paymentProviderId,
    amountMinor: refund.amountMinor,
    description: describe(consultation, clinic),
    partReceipt: isPart ? { email: refund.email, vatCode: clinic.vatCode } : null,
  });
  await keepRequest(ports.db, refund.id, body, ports.now);
  return body;
}

/**
 * Our refund in the provider's list. Requests from before the body was kept have no metadata, so one of the same sum that nobody knows counts as ours:
 * the money went back once. The others of the list that nobody knows are written down.
 */
async function foundAmong(ports: Ports, listed: readonly ProviderRefund[], refund: OpenRefund): Promise<ProviderRefund | null> {
  const unknown: ProviderRefund[] = [];
  for (const one of listed) {
    if (one.refundId === refund.id) return one;
    if ((await refundByProviderId(ports.db, refund.provider, one.providerId)) === null) unknown.push(one);
  }
  const isAlike = (one: ProviderRefund) => one.refundId === null && one.state !== 'canceled' && one.amountMinor === refund.amountMinor;
  const ours = refund.body === null ? unknown.find(isAlike) : undefined;
  for (const one of unknown) if (one !== ours) await wroteDown(ports, refund.provider, one);
  return ours ?? null;
}

/** Records what the provider says of a refund, whoever made it. Returns its consultation; null when its payment is not ours. */
export async function takeRefundsWord(ports: Ports, provider: string, said: ProviderRefund): Promise<string | null> {
  const known =
    (await refundByProviderId(ports.db, provider, said.providerId)) ??
    (said.refundId === null ? null : await unheardRefund(ports.db, said.refundId, said.paymentProviderId));
  if (known === null) return await wroteDown(ports, provider, said);
  await recordRefund(ports.db, { id: known.id, ...said }, ports.now);
  return known.consultationId;
}

/** A refund that was made without us and did not come about is nothing to the clinic. */
const wroteDown = (ports: Ports, provider: string, said: ProviderRefund): Promise<string | null> =>
  said.state === 'canceled' ? Promise.resolve(null) : recordExternal(ports.db, { ...said, provider, state: said.state }, ports.now);
