// Sees that every receipt that is owed is registered (Federal Law 54-FZ): those of a payment and of a refund come with them and are found in the
// provider's list, the one of the settlement is asked for. No notice reports a receipt, so the cron asks.
import { ask } from '../data/db.ts';
import { clinicRead } from '../data/clinic.ts';
import { consultationRead } from '../data/consultations.ts';
import { dueSettlement, keepReceiptRequest, type OpenReceipt, recordReceipt, takeReceipts } from '../data/receipts.ts';
import { each } from '../each.ts';
import { type PaymentPort, type ProviderReceipt, ProviderRefused } from '../providers/payment/port.ts';
import type { Ports } from './payments.ts';
import { describe } from './receipt-text.ts';

/** Asks about the receipts that are due, and for those that were not asked for. One that fails does not stop the others. */
export async function settleReceipts(ports: Ports): Promise<void> {
  await each(await takeReceipts(ports.db, ports.now), async receipt => {
    const provider = ports.world.paymentOf(receipt.provider);
    const seen = (await foundOf(provider, receipt)) ?? (receipt.kind === 'settlement' ? await askedFor(ports, provider, receipt) : null);
    await recordReceipt(ports.db, receipt.id, seen, ports.now);
  });
}

/** The receipt in the provider's list; null when it is not there. */
async function foundOf(provider: PaymentPort, receipt: OpenReceipt): Promise<ProviderReceipt | null> {
  if (receipt.kind === 'return' && receipt.refundProviderId === null) return null;
  const about =
    receipt.kind === 'return'
      ? ({ refundId: receipt.refundProviderId ?? '' } as const)
      : ({ paymentId: receipt.paymentProviderId } as const);
  const listed = await provider.receiptsOf(about);
  if (receipt.providerId !== null) return listed.find(one => one.providerId === receipt.providerId) ?? null;
  return listed.find(one => one.setsOff === (receipt.kind === 'settlement') && one.isReturn === (receipt.kind === 'return')) ?? null;
}

/** The list was read before, so a request whose answer was lost is not repeated with another key. */
async function askedFor(ports: Ports, provider: PaymentPort, receipt: OpenReceipt) {
  const amountMinor = await dueSettlement(ports.db, receipt.id, ports.now);
  if (amountMinor === null) return null;
  const body = receipt.body ?? (await requestOf(ports, provider, { ...receipt, amountMinor }));
  try {
    return await provider.settle(receipt.id, body);
  } catch (error) {
    // A refusal is an answer: the desk shows it, and a person makes the receipt by hand.
    if (!(error instanceof ProviderRefused)) throw error;
    return { providerId: null, state: 'canceled', fiscal: null } as const;
  }
}

async function requestOf(ports: Ports, provider: PaymentPort, receipt: OpenReceipt): Promise<string> {
  const { consultation, clinic } = await ask(ports.db, { consultation: consultationRead(receipt.consultationId), clinic: clinicRead() });
  if (!consultation) throw new Error('A receipt is of a consultation that is gone.');
  const body = provider.settlementRequest({
    paymentProviderId: receipt.paymentProviderId,
    amountMinor: receipt.amountMinor,
    description: describe(consultation, clinic),
    email: receipt.email,
    vatCode: clinic.vatCode,
  });
  await keepReceiptRequest(ports.db, receipt.id, body);
  return body;
}
