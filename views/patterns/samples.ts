// Invented people and consultations for the pattern library: one consultation in each state, with times relative to the viewer's now.
import { termsOf } from '../../workflows/rules/cancellation.ts';
import { doorOf } from '../../workflows/rules/admission.ts';
import { delayOf, type DoctorTrace } from '../../workflows/rules/delay.ts';
import { mayReschedule } from '../../workflows/rules/reschedule.ts';
import { type Facts, type Status, statusOf } from '../../workflows/rules/status.ts';
import type { TalonView, ConsultationView } from '../consultation/timeline-view.ts';
import type { Frame } from '../model.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const SAMPLE_DOCTOR: Doctor = {
  id: 'sample',
  familyName: { ru: 'Условный', en: 'Uslovny' },
  givenName: { ru: 'Глеб', en: 'Gleb' },
  specialty: { id: 'neurology', name: { ru: 'невролог', en: 'neurologist' } },
  experience: { ru: 'стаж 11 лет', en: '11 years of practice' },
  registryId: '00000000000',
  patients: { ru: 'взрослых от 18 лет', en: 'adults from 18' },
  languages: { ru: 'русский, английский', en: 'Russian, English' },
  onDuty: false,
  durationMinutes: 30,
  priceMinor: 250_000,
};

/** Facts of a consultation in a state, `startsIn` ms from now. */
export function sampleFacts(now: number, over: Partial<Facts>, startsIn = 2 * DAY): Facts {
  return {
    startsAt: now + startsIn,
    endsAt: now + startsIn + 30 * MINUTE,
    priceMinor: SAMPLE_DOCTOR.priceMinor,
    expiresAt: now + 7.7 * MINUTE,
    firmAt: null,
    lapsedAt: null,
    cancelledAt: null,
    cancelledBy: null,
    enteredAt: null,
    startedAt: null,
    concludedAt: null,
    outcome: null,
    publishedAt: null,
    takenMinor: 0,
    returningMinor: 0,
    refusedMinor: 0,
    returnedMinor: 0,
    ...over,
  };
}

const NOBODY: DoctorTrace = { cameAt: null, late: null };

export function sampleTalon(frame: Frame, id: string, facts: Facts, hasWaited = false): TalonView {
  const terms = termsOf(facts.priceMinor, facts.startsAt, frame.clinic);
  const delay = delayOf(facts, NOBODY, frame.now);
  return {
    id,
    doctor: SAMPLE_DOCTOR,
    facts,
    status: statusOf(facts, frame.now),
    createdAt: facts.expiresAt - frame.clinic.holdMinutes * MINUTE,
    email: 'anna@example.ru',
    door: doorOf(facts.startsAt, frame.clinic),
    terms,
    refusedReason: null,
    paymentOpen: false,
    delay: { consultationId: id, delay, trace: NOBODY, startsAt: facts.startsAt, hasWaited, returnMinor: facts.takenMinor },
    moving: mayReschedule(facts, 0, delay, terms, frame.now),
    cancelReason: null,
    claim: null,
  };
}

export const sampleConsultation = (talon: TalonView, over: Partial<ConsultationView> = {}): ConsultationView => ({
  ...talon,
  hasPassport: talon.facts.enteredAt !== null,
  letters: [],
  payments: [],
  refunds: [],
  receipts: [],
  moves: [],
  waits: [],
  ...over,
});

/** The facts of each state; exhaustive, so a new state does not compile without a sample. */
export function factsByStatus(now: number): Record<Status, Facts> {
  const past = -3 * DAY;
  const expiresAt = now - 4 * DAY;
  const money = { firmAt: now - 4 * DAY - MINUTE, expiresAt, takenMinor: 250_000 };
  const ended = { ...money, enteredAt: now + past, startedAt: now + past, concludedAt: now + past + 25 * MINUTE };
  const back = { returningMinor: 250_000, returnedMinor: 250_000 };
  return {
    reserved: sampleFacts(now, {}),
    paid: sampleFacts(now, money),
    waiting: sampleFacts(now, { ...money, enteredAt: now }, 5 * MINUTE),
    progress: sampleFacts(now, { ...money, enteredAt: now, startedAt: now }, -5 * MINUTE),
    concluded: sampleFacts(now, { ...ended, outcome: 'tookPlace' }, past),
    published: sampleFacts(now, { ...ended, outcome: 'tookPlace', publishedAt: now + past + HOUR }, past),
    lapsed: sampleFacts(now, { expiresAt, lapsedAt: expiresAt + MINUTE }, past),
    cancelled: sampleFacts(now, { ...money, ...back, cancelledAt: now - 3.5 * DAY, cancelledBy: 'patient' }, past),
    absent: sampleFacts(
      now,
      { ...money, outcome: 'absent', concludedAt: now + past, returningMinor: 225_000, returnedMinor: 225_000 },
      past,
    ),
    failed: sampleFacts(now, { ...ended, outcome: 'failed', returningMinor: 250_000 }, past),
  };
}
