// How a consultation stands, and the activities that bring it to where its facts say: the end of the hold, payments, refunds.
import { ask, write } from '../data/db.ts';
import { lapses } from '../data/payments.ts';
import { clinicRead } from '../data/clinic.ts';
import { storyRead } from '../data/consultations.ts';
import { GRACE_MS, moneyOf, statusOf } from '../../workflows/rules/status.ts';
import { askAboutPayments, settleRefunds as sendBack, type Ports } from '../money/payments.ts';
import { ProviderUnavailable } from '../providers/payment/port.ts';
import { describe } from '../money/receipt-text.ts';
import type { About, Standing } from '../../workflows/activities.ts';
import type { Story } from '../../workflows/rules/consultation.ts';

export class UnknownConsultation extends Error {
  override readonly name = 'UnknownConsultation';
}

export async function standing(ports: Ports, about: About): Promise<Standing> {
  const story = await storyOf(ports, about);
  return {
    status: statusOf(story.facts, ports.now),
    money: moneyOf(story.facts, ports.now),
    startsAt: story.facts.startsAt,
    endsAt: story.facts.endsAt,
    expiresAt: story.facts.expiresAt,
    scheduleVersion: story.scheduleVersion,
    openPayments: story.openPayments,
    openRefunds: story.openRefunds,
    patientEnteredAt: story.facts.enteredAt,
    doctorEnteredAt: story.trace.cameAt,
  };
}

/** The provider is asked one last time. One that does not answer keeps the hold no longer than its grace: money that comes later has its own end. */
export async function settleExpiry(ports: Ports, about: About): Promise<Standing> {
  try {
    await askAboutPayments(ports, about.consultationId);
  } catch (error) {
    const { expiresAt } = await standing(ports, about);
    if (!(error instanceof ProviderUnavailable) || ports.now < expiresAt + GRACE_MS) throw error;
  }
  await write(ports.db, lapses(about.consultationId, ports.now));
  return await standing(ports, about);
}

export async function checkPayments(ports: Ports, about: About): Promise<Standing> {
  await askAboutPayments(ports, about.consultationId);
  return await standing(ports, about);
}

export async function settleRefunds(ports: Ports, about: About): Promise<Standing> {
  const { story, clinic } = await ask(ports.db, { story: storyRead(about.consultationId), clinic: clinicRead() });
  if (!story) throw new UnknownConsultation(about.consultationId);
  await askAboutPayments(ports, about.consultationId);
  await sendBack(ports, about.consultationId, describe(story, clinic));
  return await standing(ports, about);
}

async function storyOf(ports: Ports, about: About): Promise<Story> {
  const { story } = await ask(ports.db, { story: storyRead(about.consultationId) });
  if (!story) throw new UnknownConsultation(about.consultationId);
  return story;
}
