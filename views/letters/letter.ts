// All letters of the clinic. They contain nothing medical: a letter has the time and the sum, but never a doctor, a specialty or a name.
// Called by worker/letters/send.ts.
import type { CancellationTerms } from '../../workflows/rules/cancellation.ts';
import { type Clocks, capital, clinicClockOf, clockOf, exactMomentOf, minutesOf, ownZoneOf, rub } from '../format.ts';
import { wordsOf } from '../words.ts';
import { cityOf } from '../zones.ts';
import { htmlOf, type Sheet, textOf } from './frame.ts';
import type { Lang } from '../../workflows/rules/lang.ts';
import type { Clinic } from '../../workflows/rules/clinic.ts';

export type LetterKind =
  | 'booked'
  | 'paid'
  | 'lapsed'
  | 'returned'
  | 'cancelled'
  | 'rescheduled'
  | 'doctorLate'
  | 'unsigned'
  | 'protocolReady'
  | 'protocolAmended'
  | 'reminder24h'
  | 'reminder1h'
  | 'reminder10m';

export interface Letter {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** The data that a letter may use. Instants are ms, sums minor units. */
export interface LetterFacts {
  readonly clinic: Clinic;
  /** Origin of the cabinet, without a trailing slash. */
  readonly publicUrl: string;
  readonly consultationId: string;
  readonly now: number;
  /** The patient's IANA zone when known. */
  readonly zone: string | null;
  readonly bookedAt: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly expiresAt: number;
  readonly priceMinor: number;
  readonly terms: CancellationTerms;
  /** How late the payment was when it came after the hold ended and the booking was kept, ms; null when on time. */
  readonly lateMs: number | null;
  readonly cancelledBy: 'patient' | 'clinic' | null;
  readonly cancelReason: 'asked' | 'doctorLate' | null;
  /** The start before the last move; null when it was never moved. */
  readonly movedFrom: number | null;
  /** The sum that is returned when the patient of a late doctor asks for it. */
  readonly returnMinor: number;
  /** The money that is returned and the part that is kept; null when nothing is returned. */
  readonly refund: { readonly minor: number; readonly keptMinor: number; readonly reason: 'late' | 'cancelled' | 'twice' } | null;
  /** Whether an .ics file is attached. */
  readonly calendar: boolean;
}

export interface SignInCodeFacts {
  readonly clinic: Clinic;
  readonly publicUrl: string;
  readonly code: string;
  readonly minutes: number;
}

type Draft = Pick<Sheet, 'heading' | 'button' | 'links' | 'paragraphs'> & { readonly subject: string };

export function letterOf(kind: LetterKind, facts: LetterFacts, lang: Lang): Letter {
  const w = wordsOf(lang).letters;
  const clocks: Clocks = { lang, now: facts.now, zone: facts.zone, clinic: facts.clinic };
  const { subject, ...draft } = draftOf(kind, facts, clocks);
  const own = ownZoneOf(facts.startsAt, clocks);
  const minutes = w.minutes(Math.round((facts.endsAt - facts.startsAt) / 60_000));
  const sheet: Sheet = {
    ...draft,
    moment: capital(exactMomentOf(facts.startsAt, clocks)),
    dim: own === null ? minutes : `${w.ownTime(clockOf(facts.startsAt, own), cityOf(own, lang))} ${minutes}`,
    notes: [...calendarNote(kind, facts, lang), w.footerAuto],
  };
  return letter(subject, sheet, facts, lang);
}

export function signInCode(facts: SignInCodeFacts, lang: Lang): Letter {
  const w = wordsOf(lang).letters;
  const sheet: Sheet = {
    heading: w.code.heading,
    moment: null,
    dim: null,
    code: facts.code,
    paragraphs: [w.code.text(facts.minutes), w.code.notYou],
    notes: [w.footerCode],
  };
  return letter(w.code.subject(facts.code), sheet, facts, lang);
}

function draftOf(kind: LetterKind, facts: LetterFacts, clocks: Clocks): Draft {
  const { lang } = clocks;
  const w = wordsOf(lang).letters;
  const page = `${facts.publicUrl}/consultations/${facts.consultationId}`;
  const open = { label: w.open, href: page };
  const again = { label: w.again, href: `${facts.publicUrl}/online` };
  const moment = exactMomentOf(facts.startsAt, clocks);
  switch (kind) {
    case 'booked': {
      const by = clinicClockOf(facts.expiresAt, clocks);
      // A letter can only link to the page: paying is a POST, because mail scanners follow every link and would otherwise start a payment.
      const button = { label: w.pay(rub(facts.priceMinor, lang)), href: `${page}#pay-${facts.consultationId}` };
      return { subject: w.booked.subject(by), heading: w.booked.heading(by), button, paragraphs: [w.booked.text(by)] };
    }
    case 'paid':
      return { subject: w.paid.subject(moment), heading: w.paid.heading, button: open, paragraphs: paidLines(facts, clocks) };
    case 'lapsed': {
      const text = w.lapsed.text(minutesOf(facts.expiresAt - facts.bookedAt));
      return { subject: w.lapsed.subject(moment), heading: w.lapsed.heading, button: again, paragraphs: [text] };
    }
    case 'returned': {
      const sum = rub(facts.refund?.minor ?? 0, lang);
      const button = facts.refund?.reason === 'twice' ? open : again;
      return { subject: w.returned.subject(sum), heading: w.returned.heading(sum), button, paragraphs: refundLines(facts, lang) };
    }
    case 'cancelled': {
      const by =
        w.cancelled[facts.cancelReason === 'doctorLate' ? 'byLateness' : facts.cancelledBy === 'clinic' ? 'byClinic' : 'byPatient'];
      const money =
        facts.refund === null
          ? [w.cancelled.noMoney]
          : [w.returned.heading(rub(facts.refund.minor, lang)).concat('.'), ...keptLines(facts, lang), w.returned.when];
      return { subject: w.cancelled.subject(moment), heading: w.cancelled.heading, button: again, paragraphs: [by, ...money] };
    }
    case 'rescheduled':
      return {
        subject: w.rescheduled.subject(moment),
        heading: w.rescheduled.heading,
        button: open,
        paragraphs: movedLines(facts, clocks),
      };
    case 'doctorLate':
      return {
        subject: w.late.subject,
        heading: w.late.heading,
        links: lateLinks(facts, page, lang),
        paragraphs: [w.late.text, w.late.sorry],
      };
    case 'unsigned': {
      const button = { label: w.unsigned.open, href: `${facts.publicUrl}/desk/consultations/${facts.consultationId}/protocol` };
      return { subject: w.unsigned.subject(moment), heading: w.unsigned.heading, button, paragraphs: [w.unsigned.text] };
    }
    case 'protocolReady':
    case 'protocolAmended': {
      const { subject, heading, text } = w[kind];
      const button = { label: w.toCard, href: `${facts.publicUrl}/card` };
      return { subject: subject(moment), heading, button, paragraphs: [text] };
    }
    case 'reminder24h':
    case 'reminder1h':
    case 'reminder10m':
      return { ...reminder(kind, facts, clocks), button: open };
  }
}

function paidLines(facts: LetterFacts, clocks: Clocks): string[] {
  const w = wordsOf(clocks.lang).letters.paid;
  const { terms } = facts;
  const free = facts.now < terms.freeUntil;
  const sum = rub(free ? terms.fullMinor : terms.lateMinor, clocks.lang);
  return [
    ...(facts.lateMs === null ? [] : [w.late(minutesOf(facts.lateMs))]),
    w.text(doorClock(facts, clocks, facts.clinic.joinMinutes), doorClock(facts, clocks, facts.clinic.waitingMinutes)),
    free ? w.cancelFree(sum, exactMomentOf(terms.freeUntil, clocks)) : w.cancelLate(sum),
  ];
}

function movedLines(facts: LetterFacts, clocks: Clocks): string[] {
  const w = wordsOf(clocks.lang).letters;
  const was = facts.movedFrom === null ? [] : [w.rescheduled.was(exactMomentOf(facts.movedFrom, clocks))];
  const { joinMinutes, waitingMinutes } = facts.clinic;
  return [...was, w.paid.text(doorClock(facts, clocks, joinMinutes), doorClock(facts, clocks, waitingMinutes))];
}

/** A letter can only link to pages: the choice itself is a POST, which mail scanners do not send. */
const lateLinks = (facts: LetterFacts, page: string, lang: Lang): Sheet['links'] => {
  const w = wordsOf(lang).letters.late;
  return [
    { label: w.wait, href: `${page}/room` },
    { label: w.move, href: `${page}/reschedule` },
    { label: w.refund(rub(facts.returnMinor, lang)), href: `${page}#delay-${facts.consultationId}` },
  ];
};

function refundLines(facts: LetterFacts, lang: Lang): string[] {
  const w = wordsOf(lang).letters.returned;
  return [w[facts.refund?.reason ?? 'late'], ...keptLines(facts, lang), w.when];
}

function keptLines({ refund }: LetterFacts, lang: Lang): string[] {
  if (refund === null || refund.keptMinor === 0) return [];
  return [wordsOf(lang).letters.returned.kept(rub(refund.keptMinor, lang))];
}

function reminder(kind: 'reminder24h' | 'reminder1h' | 'reminder10m', facts: LetterFacts, clocks: Clocks): Omit<Draft, 'button'> {
  const w = wordsOf(clocks.lang).letters;
  const clock = clinicClockOf(facts.startsAt, clocks);
  const title = kind === 'reminder24h' ? w.reminderSubjectAt(w[kind].when, clock) : w.reminderSubject(w[kind].when, clock);
  const text = w.reminderText(doorClock(facts, clocks, facts.clinic.joinMinutes), doorClock(facts, clocks, facts.clinic.waitingMinutes));
  return { subject: title, heading: title, paragraphs: kind === 'reminder10m' ? [text] : [text, w.cannotCome] };
}

function calendarNote(kind: LetterKind, { calendar }: LetterFacts, lang: Lang): string[] {
  const w = wordsOf(lang).letters;
  if (!calendar || kind === 'booked' || kind === 'lapsed' || kind === 'returned') return [];
  return [kind === 'cancelled' ? w.calendarGone : kind === 'rescheduled' ? w.calendarMoved : w.calendar];
}

const doorClock = (facts: LetterFacts, clocks: Clocks, minutesBefore: number): string =>
  clinicClockOf(facts.startsAt - minutesBefore * 60_000, clocks);

function letter(subject: string, sheet: Sheet, { clinic, publicUrl }: SignInCodeFacts | LetterFacts, lang: Lang): Letter {
  return { subject, html: htmlOf(subject, sheet, clinic, publicUrl, lang), text: textOf(sheet, clinic, publicUrl, lang) };
}
