// A consultation as its patient sees it: the story of D1 with what the rules make of it now.
import type { ConsultationCard, ConsultationStory, LetterTrace, PaymentTrace, RefundTrace } from '../views/model.ts';
import { doorOf } from '../workflows/rules/admission.ts';
import { termsOf } from '../workflows/rules/cancellation.ts';
import { hasPassport } from '../workflows/rules/passport.ts';
import { statusOf } from '../workflows/rules/status.ts';
import type { ClinicSettings } from './data/clinic.ts';
import type { Story } from './data/stories.ts';

export const cardOf = (story: Story, clinic: ClinicSettings, now: number): ConsultationCard => ({
  id: story.id,
  doctor: story.doctor,
  facts: story.facts,
  status: statusOf(story.facts, now),
  createdAt: story.createdAt,
  email: story.email,
  door: doorOf(story.facts.startsAt, clinic),
  terms: termsOf(story.facts.priceMinor, story.facts.startsAt, clinic),
  refusedReason: story.refusedReason,
  paymentOpen: story.paymentOpen,
});

export interface Traces {
  readonly letters: readonly LetterTrace[];
  readonly payments: readonly PaymentTrace[];
  readonly refunds: readonly RefundTrace[];
}

export const storyOf = (story: Story, traces: Traces, clinic: ClinicSettings, now: number): ConsultationStory => ({
  ...cardOf(story, clinic, now),
  hasPassport: hasPassport(story.facts, story.facts.enteredAt !== null || story.doctorEnteredAt !== null, now),
  letters: traces.letters,
  payments: traces.payments,
  refunds: traces.refunds,
});
