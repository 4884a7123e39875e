// All letters of the clinic. They contain nothing medical: a letter has the time and the sum, but never a doctor, a specialty or a name.
// Called by worker/letters/send.ts.
import type { CancellationTerms } from '../../workflows/rules/cancellation.ts';
import { type Clocks, capital, clinicClockOf, clockOf, exactMomentOf, minutesOf, ownZoneOf, rub } from '../format.ts';
import { wordsOf } from '../words.ts';
import { cityOf } from '../zones.ts';
import { claimLetter, type ClaimLetterFacts, type ClaimLetterKind } from './claim-letters.ts';
import { htmlOf, type Sheet, textOf } from './frame.ts';
import type { Lang } from '../../workflows/rules/lang.ts';
import type { Clinic } from '../../workflows/rules/clinic.ts';
import { type LetterKind, LETTERS } from '../../workflows/rules/letter.ts';
import type { LetterAnswer } from '../../workflows/rules/letter-in.ts';
import type { RefundReason } from '../../workflows/rules/refund.ts';

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
  /** An event was given to the patient's calendar by an earlier letter or is by this one. */
  readonly hasEvent: boolean;
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
  readonly refund: { readonly minor: number; readonly keptMinor: number; readonly reason: RefundReason } | null;
  /** The refund claim that the letter is about; null for a letter about the consultation itself. */
  readonly claim: ClaimLetterFacts | null;
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
  const { subject, ...draft } = COMPOSE[kind](facts, clocks);
  const own = ownZoneOf(facts.startsAt, clocks);
  const minutes = w.minutes(Math.round((facts.endsAt - facts.startsAt) / 60_000));
  const sheet: Sheet = {
    ...draft,
    // A letter about a claim has another subject than the time of the visit.
    moment: facts.claim === null ? capital(exactMomentOf(facts.startsAt, clocks)) : w.claim.visit(exactMomentOf(facts.startsAt, clocks)),
    dim: facts.claim !== null ? null : own === null ? minutes : `${w.ownTime(clockOf(facts.startsAt, own), cityOf(own, lang))} ${minutes}`,
    notes: [...calendarNote(kind, facts, lang), w.footerAuto],
  };
  return letter(subject, sheet, facts, lang);
}

export const signInCode = (facts: SignInCodeFacts, lang: Lang): Letter => codeLetter('code', facts, lang);

/** A code that confirms a typed address. */
export const addressCode = (facts: SignInCodeFacts, lang: Lang): Letter => codeLetter('addressCode', facts, lang);

/** A code that signs an application for money back. */
export const claimCode = (facts: SignInCodeFacts, lang: Lang): Letter => codeLetter('claimCode', facts, lang);

function codeLetter(kind: 'code' | 'addressCode' | 'claimCode', facts: SignInCodeFacts, lang: Lang): Letter {
  const w = wordsOf(lang).letters;
  const { subject, heading, text, notYou } = w[kind];
  const notes = [{ code: w.footerCode, addressCode: w.footerAddressCode, claimCode: w.footerClaimCode }[kind]];
  const sheet: Sheet = { heading, moment: null, dim: null, code: facts.code, paragraphs: [text(facts.minutes), notYou], notes };
  return letter(subject(facts.code), sheet, facts, lang);
}

/** Somebody guesses codes for an address; `tries` wrong ones today. */
export function signInGuessed(facts: Pick<LetterFacts, 'clinic' | 'publicUrl'> & { readonly tries: number }, lang: Lang): Letter {
  const w = wordsOf(lang).letters;
  const { subject, heading, text, advice } = w.codeGuessed;
  const sheet: Sheet = { heading, moment: null, dim: null, paragraphs: [text(facts.tries), advice], notes: [w.footerAuto] };
  return letter(subject, sheet, facts, lang);
}

export interface ClaimAnswerFacts {
  readonly clinic: Clinic;
  readonly publicUrl: string;
  readonly consultationId: string;
  readonly number: string;
  /** How many files the letter has brought. */
  readonly files: number;
  readonly answer: LetterAnswer;
}

/** The automatic answer to a letter about a claim. */
export function claimAnswer(facts: ClaimAnswerFacts, lang: Lang): Letter {
  const w = wordsOf(lang).letters.claimAnswer;
  const { heading, text } = w[facts.answer];
  const button = { label: w.open, href: `${facts.publicUrl}/consultations/${facts.consultationId}` };
  const sheet: Sheet = {
    heading: heading(facts.number),
    moment: null,
    dim: null,
    button,
    paragraphs: [text(facts.files)],
    notes: [w.footer],
  };
  return letter(w.subject(facts.number), sheet, facts, lang);
}

type Compose = (facts: LetterFacts, clocks: Clocks) => Draft;

const wordsFor = ({ lang }: Clocks) => wordsOf(lang).letters;
const pageOf = ({ publicUrl, consultationId }: LetterFacts): string => `${publicUrl}/consultations/${consultationId}`;
const openButton = (facts: LetterFacts, clocks: Clocks) => ({ label: wordsFor(clocks).open, href: pageOf(facts) });
const againButton = ({ publicUrl }: LetterFacts, clocks: Clocks) => ({ label: wordsFor(clocks).again, href: `${publicUrl}/online` });
const momentIn = ({ startsAt }: LetterFacts, clocks: Clocks): string => exactMomentOf(startsAt, clocks);

const aboutProtocol =
  (kind: 'protocolReady' | 'protocolAmended'): Compose =>
  (facts, clocks) => {
    const w = wordsFor(clocks);
    const { subject, heading, text } = w[kind];
    const button = { label: w.toCard, href: `${facts.publicUrl}/card` };
    return { subject: subject(momentIn(facts, clocks)), heading, button, paragraphs: [text] };
  };

const reminds =
  (kind: 'reminder24h' | 'reminder1h' | 'reminder10m'): Compose =>
  (facts, clocks) => ({ ...reminder(kind, facts, clocks), button: openButton(facts, clocks) });

const aboutClaim =
  (kind: ClaimLetterKind): Compose =>
  (facts, clocks) =>
    claimLetter(kind, facts.claim, facts.publicUrl, clocks);

const COMPOSE: Record<LetterKind, Compose> = {
  booked: (facts, clocks) => {
    const w = wordsFor(clocks);
    const by = clinicClockOf(facts.expiresAt, clocks);
    // A letter can only lead to the page: paying is a POST, and a link that pays would be followed by every mail scanner.
    const button = { label: w.pay(rub(facts.priceMinor, clocks.lang)), href: `${pageOf(facts)}#pay-${facts.consultationId}` };
    return { subject: w.booked.subject(by), heading: w.booked.heading(by), button, paragraphs: [w.booked.text(by)] };
  },
  paid: (facts, clocks) => {
    const w = wordsFor(clocks).paid;
    const subject = w.subject(momentIn(facts, clocks));
    return { subject, heading: w.heading, button: openButton(facts, clocks), paragraphs: paidLines(facts, clocks) };
  },
  lapsed: (facts, clocks) => {
    const w = wordsFor(clocks).lapsed;
    const text = w.text(minutesOf(facts.expiresAt - facts.bookedAt));
    return { subject: w.subject(momentIn(facts, clocks)), heading: w.heading, button: againButton(facts, clocks), paragraphs: [text] };
  },
  returned: (facts, clocks) => {
    const w = wordsFor(clocks).returned;
    const sum = rub(facts.refund?.minor ?? 0, clocks.lang);
    const button = facts.refund?.reason === 'twice' ? openButton(facts, clocks) : againButton(facts, clocks);
    return { subject: w.subject(sum), heading: w.heading(sum), button, paragraphs: refundLines(facts, clocks.lang) };
  },
  cancelled: (facts, clocks) => {
    const w = wordsFor(clocks);
    const by = w.cancelled[facts.cancelReason === 'doctorLate' ? 'byLateness' : facts.cancelledBy === 'clinic' ? 'byClinic' : 'byPatient'];
    const money =
      facts.refund === null
        ? [w.cancelled.noMoney]
        : [w.returned.heading(rub(facts.refund.minor, clocks.lang)).concat('.'), ...keptLines(facts, clocks.lang), w.returned.when];
    const subject = w.cancelled.subject(momentIn(facts, clocks));
    return { subject, heading: w.cancelled.heading, button: againButton(facts, clocks), paragraphs: [by, ...money] };
  },
  rescheduled: (facts, clocks) => {
    const w = wordsFor(clocks).rescheduled;
    const subject = w.subject(momentIn(facts, clocks));
    return { subject, heading: w.heading, button: openButton(facts, clocks), paragraphs: movedLines(facts, clocks) };
  },
  doctorLate: (facts, clocks) => {
    const w = wordsFor(clocks).late;
    return { subject: w.subject, heading: w.heading, links: lateLinks(facts, pageOf(facts), clocks.lang), paragraphs: [w.text, w.sorry] };
  },
  unsigned: (facts, clocks) => {
    const w = wordsFor(clocks).unsigned;
    const button = { label: w.open, href: `${facts.publicUrl}/desk/consultations/${facts.consultationId}/protocol` };
    return { subject: w.subject(momentIn(facts, clocks)), heading: w.heading, button, paragraphs: [w.text] };
  },
  protocolReady: aboutProtocol('protocolReady'),
  protocolAmended: aboutProtocol('protocolAmended'),
  reminder24h: reminds('reminder24h'),
  reminder1h: reminds('reminder1h'),
  reminder10m: reminds('reminder10m'),
  claimMade: aboutClaim('claimMade'),
  claimUnsigned: aboutClaim('claimUnsigned'),
  claimSigned: aboutClaim('claimSigned'),
  claimQuestion: aboutClaim('claimQuestion'),
  claimDecided: aboutClaim('claimDecided'),
  claimReturned: aboutClaim('claimReturned'),
};

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

function calendarNote(kind: LetterKind, { hasEvent }: LetterFacts, lang: Lang): string[] {
  const w = wordsOf(lang).letters;
  const { calendar } = LETTERS[kind];
  return calendar === null || !hasEvent ? [] : [{ adds: w.calendar, moves: w.calendarMoved, removes: w.calendarGone }[calendar]];
}

const doorClock = (facts: LetterFacts, clocks: Clocks, minutesBefore: number): string =>
  clinicClockOf(facts.startsAt - minutesBefore * 60_000, clocks);

function letter(subject: string, sheet: Sheet, { clinic, publicUrl }: Pick<LetterFacts, 'clinic' | 'publicUrl'>, lang: Lang): Letter {
  return { subject, html: htmlOf(subject, sheet, clinic, publicUrl, lang), text: textOf(sheet, clinic, publicUrl, lang) };
}
