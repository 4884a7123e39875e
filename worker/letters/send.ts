// The activity sendLetter: sends one letter about a consultation, if the facts still require it. Called by
// worker/routes/machines/activities.ts, and by the cron for letters whose workflow is gone.
import { letterOf } from '../../views/index.ts';
import { termsOf } from '../../workflows/rules/cancellation.ts';
import { rescuedLateMs } from '../../workflows/rules/status.ts';
import { calendarOf } from './calendar.ts';
import { ask } from '../data/db.ts';
import { clinicRead } from '../data/clinic.ts';
import { doctorsEmailRead } from '../data/doctors.ts';
import { type Letter, letterEnded, letterSent, queueLetter, takeUnsent } from '../data/letters.ts';
import { type ClaimInLetter, claimInLetterRead } from '../data/claim-letters.ts';
import { each } from '../each.ts';
import { type RefundSummary, refundSummaryRead } from '../data/refunds.ts';
import { consultationRead } from '../data/consultations.ts';
import type { Ports } from '../money/payments.ts';
import { MailRefused } from '../providers/mail/port.ts';
import type { Activities } from '../../workflows/activities.ts';
import { UnknownConsultation } from '../activities/standing.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';
import { LETTERS } from '../../workflows/rules/letter.ts';

type Order = Parameters<Activities['sendLetter']>[0];
type Sent = Awaited<ReturnType<Activities['sendLetter']>>;

export async function sendLetter(ports: Ports, order: Order): Promise<Sent> {
  const { consultation, clinic, refund, doctorsEmail, claim } = await ask(ports.db, {
    consultation: consultationRead(order.consultationId),
    clinic: clinicRead(),
    refund: refundSummaryRead(order.consultationId),
    doctorsEmail: doctorsEmailRead(order.consultationId),
    claim: claimInLetterRead(order.subject ?? '', ports.now),
  });
  if (!consultation) throw new UnknownConsultation(order.consultationId);
  const rule = LETTERS[order.kind];
  const question = {
    consultation,
    version: order.scheduleVersion,
    refundReason: refund?.reason ?? null,
    claim: claim?.facts ?? null,
    now: ports.now,
  };
  if (!rule.wanted(question)) {
    await letterEnded(ports.db, order, 'notNeeded', ports.now);
    return { kind: 'skipped' };
  }
  const to = rule.to === 'doctor' ? doctorsEmail : consultation.email;
  // Staff without an address see it at the desk only.
  if (to === null) return { kind: 'skipped' };
  const letter = await queueLetter(ports.db, order, to, ports.now);
  if (letter.sentAt !== null) return { kind: 'already' };
  const written = letterOf(
    order.kind,
    factsFor(ports, consultation, clinic, refund, claim),
    rule.to === 'doctor' ? 'ru' : consultation.lang,
  );
  // The stamp is the time of queueing, so a letter sent again after a lost answer has the same bytes, as its idempotency key requires.
  const calendar =
    rule.calendar === null || !hasEventIn(consultation)
      ? null
      : { filename: 'consultation.ics', content: calendarOf(consultation, clinic, ports.world.settings, 'letter', letter.queuedAt) };
  try {
    const providerId = await ports.world.mail.send({ key: keyOf(letter), to: letter.email, ...written, calendar });
    await letterSent(ports.db, letter.id, providerId, ports.now);
    return { kind: 'sent' };
  } catch (error) {
    if (!(error instanceof MailRefused)) throw error;
    await letterEnded(ports.db, order, 'refused', ports.now);
    return { kind: 'refused' };
  }
}

/** Sends the letters that have a row and no workflow that sends them. The cron calls this. */
export async function sendUnsent(ports: Ports): Promise<void> {
  await each(await takeUnsent(ports.db, ports.now), name => sendLetter(ports, name));
}
/** The provider refuses another text under a key that it knows, so a letter to another address has a key of its own. */
const keyOf = ({ id, again }: Letter): string => (again === 0 ? `letter:${id}` : `letter:${id}:${again}`);

/** Whether the patient was ever given an event: the letter about the payment brings it. */
const hasEventIn = ({ facts }: Consultation): boolean => facts.firmAt !== null;

const factsFor = (
  ports: Ports,
  consultation: Consultation,
  clinic: ClinicSettings,
  refund: RefundSummary | null,
  claim: ClaimInLetter | null,
) => ({
  bookedAt: consultation.createdAt,
  hasEvent: hasEventIn(consultation),
  clinic,
  publicUrl: ports.world.settings.PUBLIC_URL,
  consultationId: consultation.id,
  now: ports.now,
  zone: consultation.zone,
  startsAt: consultation.facts.startsAt,
  endsAt: consultation.facts.endsAt,
  expiresAt: consultation.facts.expiresAt,
  priceMinor: consultation.facts.priceMinor,
  terms: termsOf(consultation.facts.priceMinor, consultation.facts.startsAt, consultation.policy),
  lateMs: rescuedLateMs(consultation.facts),
  cancelledBy: consultation.facts.cancelledBy,
  cancelReason: consultation.cancelReason,
  movedFrom: consultation.movedFrom,
  returnMinor: consultation.facts.takenMinor - consultation.facts.returningMinor - consultation.facts.refusedMinor,
  refund: refund && { minor: refund.minor, keptMinor: Math.max(0, consultation.facts.takenMinor - refund.minor), reason: refund.reason },
  claim: claim?.letter ?? null,
});
