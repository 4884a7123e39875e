// How a consultation stands, and the activities that bring it to where its facts say: the end of the hold, payments, refunds.
import { ask, write } from '../data/db.ts';
import { lapses } from '../data/payments.ts';
import { clinicRead } from '../data/clinic.ts';
import { storyRead } from '../data/consultations.ts';
import { GRACE_MS, moneyOf, statusOf } from '../../workflows/rules/status.ts';
import { askAboutPayments, settleRefunds as sendBack, type Till } from '../money/payments.ts';
import { ProviderUnavailable } from '../providers/payment/port.ts';
import { describe } from '../money/receipt-text.ts';
import type { About, Standing } from '../../workflows/activities.ts';
import type { Story } from '../../workflows/rules/consultation.ts';

export class UnknownConsultation extends Error {
  override readonly name = 'UnknownConsultation';
}

export async function standing(till: Till, about: About): Promise<Standing> {
  const story = await storyOf(till, about);
  return {
    status: statusOf(story.facts, till.now),
    money: moneyOf(story.facts, till.now),
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
export async function settleExpiry(till: Till, about: About): Promise<Standing> {
  try {
    await askAboutPayments(till, about.consultationId);
  } catch (error) {
    const { expiresAt } = await standing(till, about);
    if (!(error instanceof ProviderUnavailable) || till.now < expiresAt + GRACE_MS) throw error;
  }
  await write(till.db, lapses(about.consultationId, till.now));
  return await standing(till, about);
}

export async function checkPayments(till: Till, about: About): Promise<Standing> {
  await askAboutPayments(till, about.consultationId);
  return await standing(till, about);
}

export async function settleRefunds(till: Till, about: About): Promise<Standing> {
  const { story, clinic } = await ask(till.db, { story: storyRead(about.consultationId), clinic: clinicRead() });
  if (!story) throw new UnknownConsultation(about.consultationId);
  await askAboutPayments(till, about.consultationId);
  await sendBack(till, about.consultationId, describe(story, clinic));
  return await standing(till, about);
}

async function storyOf(till: Till, about: About): Promise<Story> {
  const { story } = await ask(till.db, { story: storyRead(about.consultationId) });
  if (!story) throw new UnknownConsultation(about.consultationId);
  return story;
}
