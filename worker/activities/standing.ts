// The activities about a consultation's state and money: its standing, the end of the hold, payments, refunds. Called by
// worker/routes/machines/activities.ts.
import { ask, write } from '../data/db.ts';
import { lapses } from '../data/payments.ts';
import { consultationRead } from '../data/consultations.ts';
import { GRACE_MS, moneyOf, statusOf } from '../../workflows/rules/status.ts';
import { askAboutPayments, type Ports } from '../money/payments.ts';
import { settleRefunds as sendBack } from '../money/refunds.ts';
import { ProviderRefused, ProviderUnavailable } from '../providers/payment/port.ts';
import type { About, Standing } from '../../workflows/activities.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';

export class UnknownConsultation extends Error {
  override readonly name = 'UnknownConsultation';
}

export async function standing(ports: Ports, about: About): Promise<Standing> {
  const consultation = await consultationOf(ports, about);
  return {
    status: statusOf(consultation.facts, ports.now),
    money: moneyOf(consultation.facts, ports.now),
    startsAt: consultation.facts.startsAt,
    endsAt: consultation.facts.endsAt,
    expiresAt: consultation.facts.expiresAt,
    scheduleVersion: consultation.scheduleVersion,
    openPayments: consultation.openPayments,
    openRefunds: consultation.openRefunds,
    patientEnteredAt: consultation.facts.enteredAt,
    doctorEnteredAt: consultation.trace.cameAt,
  };
}

/**
 * Asks the provider a last time, then lapses the hold unless it was paid. A provider that does not answer extends the hold by GRACE_MS at
 * most; money that arrives later is handled by `grant`.
 */
export async function settleExpiry(ports: Ports, about: About): Promise<Standing> {
  try {
    await askAboutPayments(ports, about.consultationId);
  } catch (error) {
    const { expiresAt } = await standing(ports, about);
    if (!(error instanceof ProviderUnavailable || error instanceof ProviderRefused) || ports.now < expiresAt + GRACE_MS) throw error;
  }
  await write(ports.db, lapses(about.consultationId, ports.now));
  return await standing(ports, about);
}

export async function checkPayments(ports: Ports, about: About): Promise<Standing> {
  await askAboutPayments(ports, about.consultationId);
  return await standing(ports, about);
}

export async function settleRefunds(ports: Ports, about: About): Promise<Standing> {
  await askAboutPayments(ports, about.consultationId);
  await sendBack(ports, about.consultationId);
  return await standing(ports, about);
}

async function consultationOf(ports: Ports, about: About): Promise<Consultation> {
  const { consultation } = await ask(ports.db, { consultation: consultationRead(about.consultationId) });
  if (!consultation) throw new UnknownConsultation(about.consultationId);
  return consultation;
}
