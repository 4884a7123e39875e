// Sends one letter about a consultation, if the facts still want it; never one about something that is no longer so.
import { letterOf } from '../../views/index.ts';
import { termsOf } from '../../workflows/rules/cancellation.ts';
import { delayOf } from '../../workflows/rules/delay.ts';
import { rescuedLateMs, type Status, statusOf } from '../../workflows/rules/status.ts';
import { calendarOf } from './calendar.ts';
import { ask } from '../data/db.ts';
import { clinicRead } from '../data/clinic.ts';
import { doctorsEmailRead } from '../data/doctors.ts';
import { letterSent, queueLetter } from '../data/letters.ts';
import { type RefundSummary, refundSummaryRead } from '../data/refunds.ts';
import { consultationRead } from '../data/consultations.ts';
import type { Ports } from '../money/payments.ts';
import type { Activities } from '../../workflows/activities.ts';
import { UnknownConsultation } from '../activities/standing.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';
import type { LetterKind } from '../../workflows/rules/letter.ts';

type Order = Parameters<Activities['sendLetter']>[0];
type Sent = Awaited<ReturnType<Activities['sendLetter']>>;

export async function sendLetter(ports: Ports, order: Order): Promise<Sent> {
  const { consultation, clinic, refund, doctorsEmail } = await ask(ports.db, {
    consultation: consultationRead(order.consultationId),
    clinic: clinicRead(),
    refund: refundSummaryRead(order.consultationId),
    doctorsEmail: doctorsEmailRead(order.consultationId),
  });
  if (!consultation) throw new UnknownConsultation(order.consultationId);
  if (!isWanted(order, consultation, refund, ports.now)) return { kind: 'skipped' };
  const to = order.kind === 'unsigned' ? doctorsEmail : consultation.email;
  // Staff without an address are told by the desk alone.
  if (to === null) return { kind: 'skipped' };
  const letter = await queueLetter(ports.db, order, to, ports.now);
  if (letter.sentAt !== null) return { kind: 'already' };
  const written = letterOf(
    order.kind,
    factsFor(ports, consultation, clinic, refund, WITH_CALENDAR.has(order.kind)),
    order.kind === 'unsigned' ? 'ru' : consultation.lang,
  );
  // Stamped with when it was queued: sent again after a lost answer, it is the same letter to the byte, as its key promises.
  const calendar = WITH_CALENDAR.has(order.kind)
    ? { filename: 'consultation.ics', content: calendarOf(consultation, clinic, ports.world.settings.PUBLIC_URL, letter.queuedAt) }
    : null;
  const providerId = await ports.world.mail.send({ key: `letter:${letter.id}`, to, ...written, calendar });
  await letterSent(ports.db, letter.id, providerId, ports.now);
  return { kind: 'sent' };
}

const WITH_CALENDAR: ReadonlySet<LetterKind> = new Set(['paid', 'cancelled', 'rescheduled']);

const AHEAD: readonly Status[] = ['paid', 'waiting', 'progress'];

function isWanted(order: Order, consultation: Consultation, refund: RefundSummary | null, now: number): boolean {
  const status = statusOf(consultation.facts, now);
  switch (order.kind) {
    case 'booked':
      return status === 'reserved';
    case 'paid':
      return AHEAD.includes(status);
    case 'reminder24h':
    case 'reminder1h':
    case 'reminder10m':
      return AHEAD.includes(status) && now < consultation.facts.startsAt && order.scheduleVersion === consultation.scheduleVersion;
    case 'rescheduled':
      return AHEAD.includes(status) && now < consultation.facts.startsAt && order.scheduleVersion === consultation.scheduleVersion;
    case 'doctorLate':
      return (
        delayOf(consultation.facts, consultation.trace, now).kind === 'offered' && order.scheduleVersion === consultation.scheduleVersion
      );
    case 'unsigned':
      return status === 'concluded';
    case 'protocolReady':
    case 'protocolAmended':
      return consultation.facts.publishedAt !== null;
    case 'lapsed':
      return status === 'lapsed' && consultation.facts.takenMinor === 0;
    case 'returned':
      return refund !== null && refund.reason !== 'cancelled';
    case 'cancelled':
      return status === 'cancelled';
  }
}

const factsFor = (ports: Ports, consultation: Consultation, clinic: ClinicSettings, refund: RefundSummary | null, calendar: boolean) => ({
  calendar,
  bookedAt: consultation.createdAt,
  clinic,
  publicUrl: ports.world.settings.PUBLIC_URL,
  consultationId: consultation.id,
  now: ports.now,
  zone: consultation.zone,
  startsAt: consultation.facts.startsAt,
  endsAt: consultation.facts.endsAt,
  expiresAt: consultation.facts.expiresAt,
  priceMinor: consultation.facts.priceMinor,
  terms: termsOf(consultation.facts.priceMinor, consultation.facts.startsAt, clinic),
  lateMs: rescuedLateMs(consultation.facts),
  cancelledBy: consultation.facts.cancelledBy,
  cancelReason: consultation.cancelReason,
  movedFrom: consultation.movedFrom,
  returnMinor: consultation.facts.takenMinor - consultation.facts.returningMinor,
  refund: refund && { minor: refund.minor, keptMinor: Math.max(0, consultation.facts.takenMinor - refund.minor), reason: refund.reason },
});
