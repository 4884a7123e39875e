// A Consultation as its patient sees it: the facts of D1 with the current results of the rules. Called by the patient's routes and the room
// page.
import type { TalonView, ConsultationView, DelayView } from '../../views/consultation/timeline-view.ts';
import { doorOf } from '../../workflows/rules/admission.ts';
import { termsOf } from '../../workflows/rules/cancellation.ts';
import { type ClaimLink, claimOfferOf } from '../../workflows/rules/claim-offer.ts';
import { hasPassport } from '../../workflows/rules/passport.ts';
import { delayOf } from '../../workflows/rules/delay.ts';
import { mayReschedule, type MoveTrace } from '../../workflows/rules/reschedule.ts';
import { statusOf } from '../../workflows/rules/status.ts';
import type { Asker } from '../data/asker.ts';
import { claimsOfRead } from '../data/own-claims.ts';
import { waitsRead } from '../data/delay-choices.ts';
import { movesRead } from '../data/reschedules.ts';
import { lettersRead, paymentsRead, refundsRead } from '../data/consultations.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
import type { LetterTrace } from '../../workflows/rules/letter.ts';
import type { PaymentTrace } from '../../workflows/rules/payment.ts';
import type { ReceiptTrace } from '../../workflows/rules/receipt.ts';
import type { RefundTrace } from '../../workflows/rules/refund.ts';
import { receiptsRead } from '../data/receipts.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';

/** `claims`: the claims about it, the latest first; null where «Вернуть оплату» is not shown. */
export function talonOf(
  consultation: Consultation,
  clinic: ClinicSettings,
  now: number,
  claims: readonly ClaimLink[] | null = null,
): TalonView {
  const { facts } = consultation;
  const terms = termsOf(facts.priceMinor, facts.startsAt, consultation.policy);
  const delay = delayViewOf(consultation, now);
  return {
    id: consultation.id,
    doctor: consultation.doctor,
    facts,
    status: statusOf(facts, now),
    createdAt: consultation.createdAt,
    email: consultation.email,
    door: doorOf(facts.startsAt, clinic),
    terms,
    refusedReason: consultation.refusedReason,
    paymentOpen: consultation.paymentOpen,
    delay,
    moving: mayReschedule(facts, consultation.moves, delay.delay, terms, now),
    cancelReason: consultation.cancelReason,
    claim: claims && claimOfferOf(facts, claims, now),
  };
}

export const delayViewOf = (consultation: Consultation, now: number): DelayView => ({
  consultationId: consultation.id,
  delay: delayOf(consultation.facts, consultation.trace, now),
  trace: consultation.trace,
  startsAt: consultation.facts.startsAt,
  hasWaited: consultation.hasWaited,
  returnMinor: consultation.facts.takenMinor - consultation.facts.returningMinor - consultation.facts.refusedMinor,
});

/** The additional reads of a consultation's own page. */
export const traceReads = (asker: Asker, id: string) => ({
  letters: lettersRead(asker, id),
  payments: paymentsRead(asker, id),
  refunds: refundsRead(asker, id),
  receipts: receiptsRead(asker, id),
  moves: movesRead(asker, id),
  waits: waitsRead(asker, id),
  claims: claimsOfRead(asker, id),
});

export interface Traces {
  readonly letters: readonly LetterTrace[];
  readonly payments: readonly PaymentTrace[];
  readonly refunds: readonly RefundTrace[];
  readonly receipts: readonly ReceiptTrace[];
  readonly moves: readonly MoveTrace[];
  readonly waits: readonly number[];
  readonly claims: readonly ClaimLink[];
}

export const consultationViewOf = (consultation: Consultation, traces: Traces, clinic: ClinicSettings, now: number): ConsultationView => ({
  ...talonOf(consultation, clinic, now, traces.claims),
  hasPassport: hasPassport(consultation.facts, consultation.facts.enteredAt !== null || consultation.doctorEnteredAt !== null, now),
  ...traces,
});
