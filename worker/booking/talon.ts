// A consultation as its patient sees it: the story of D1 with what the rules make of it now.
import type { ConsultationCard, ConsultationStory, DelayView } from '../../views/consultation/timeline-view.ts';
import { doorOf } from '../../workflows/rules/admission.ts';
import { termsOf } from '../../workflows/rules/cancellation.ts';
import { hasPassport } from '../../workflows/rules/passport.ts';
import { delayOf } from '../../workflows/rules/delay.ts';
import { mayReschedule, type MoveTrace } from '../../workflows/rules/reschedule.ts';
import { statusOf } from '../../workflows/rules/status.ts';
import type { Asker } from '../data/asker.ts';
import { waitsRead } from '../data/delay-choices.ts';
import { movesRead } from '../data/reschedules.ts';
import { lettersRead, paymentsRead, refundsRead } from '../data/consultations.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
import type { LetterTrace } from '../../workflows/rules/letter.ts';
import type { PaymentTrace } from '../../workflows/rules/payment.ts';
import type { RefundTrace } from '../../workflows/rules/refund.ts';
import type { Story } from '../../workflows/rules/consultation.ts';

export function cardOf(story: Story, clinic: ClinicSettings, now: number): ConsultationCard {
  const { facts } = story;
  const terms = termsOf(facts.priceMinor, facts.startsAt, clinic);
  const delay = delayViewOf(story, now);
  return {
    id: story.id,
    doctor: story.doctor,
    facts,
    status: statusOf(facts, now),
    createdAt: story.createdAt,
    email: story.email,
    door: doorOf(facts.startsAt, clinic),
    terms,
    refusedReason: story.refusedReason,
    paymentOpen: story.paymentOpen,
    delay,
    moving: mayReschedule(facts, story.moves, delay.delay, terms, now),
    cancelReason: story.cancelReason,
  };
}

export const delayViewOf = (story: Story, now: number): DelayView => ({
  consultationId: story.id,
  delay: delayOf(story.facts, story.trace, now),
  trace: story.trace,
  startsAt: story.facts.startsAt,
  hasWaited: story.hasWaited,
  returnMinor: story.facts.takenMinor - story.facts.returningMinor,
});

/** What the page of one consultation tells beside its facts. */
export const traceReads = (asker: Asker, id: string) => ({
  letters: lettersRead(asker, id),
  payments: paymentsRead(asker, id),
  refunds: refundsRead(asker, id),
  moves: movesRead(asker, id),
  waits: waitsRead(asker, id),
});

export interface Traces {
  readonly letters: readonly LetterTrace[];
  readonly payments: readonly PaymentTrace[];
  readonly refunds: readonly RefundTrace[];
  readonly moves: readonly MoveTrace[];
  readonly waits: readonly number[];
}

export const storyOf = (story: Story, traces: Traces, clinic: ClinicSettings, now: number): ConsultationStory => ({
  ...cardOf(story, clinic, now),
  hasPassport: hasPassport(story.facts, story.facts.enteredAt !== null || story.doctorEnteredAt !== null, now),
  ...traces,
});
