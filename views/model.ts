// What pages are drawn from: plain values that a route hands over. Instants are ms, sums minor units, dates are clinic dates (YYYY-MM-DD).
import type { CardEntry } from './card/card-view.ts';
import type { CancellationTerms } from '../workflows/rules/cancellation.ts';
import type { Admission, Door, Side } from '../workflows/rules/admission.ts';
import type { Delay, DoctorTrace } from '../workflows/rules/delay.ts';
import type { Interval } from '../workflows/rules/interval.ts';
import type { Guard, ProtocolContent, TextField } from '../workflows/rules/protocol.ts';
import type { Draft, Flaw, TemplateBody, VisitMistake } from '../workflows/rules/protocol-draft.ts';
import type { Moving } from '../workflows/rules/reschedule.ts';
import type { Checked } from '../workflows/rules/readiness.ts';
import type { Facts, Outcome, Status } from '../workflows/rules/status.ts';

export type Lang = 'ru' | 'en';
export type Bilingual = { readonly ru: string; readonly en: string };

export interface Clinic {
  readonly name: Bilingual;
  readonly legalName: string;
  readonly licence: string;
  readonly address: string;
  readonly phone: string;
  /** IANA zone of the clinic's clock. */
  readonly zone: string;
  readonly holdMinutes: number;
  readonly leadMinutes: number;
  readonly waitingMinutes: number;
  readonly joinMinutes: number;
  readonly freeHours: number;
  readonly keptPercent: number;
}

export type Role = 'patient' | 'doctor' | 'frontDesk' | 'finance' | 'support' | 'owner';

export interface Viewer {
  readonly id: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly middleName: string | null;
  readonly birthDate: string | null;
  readonly email: string | null;
  /** Shown masked, as «•••-•••-••6 06»; null when unknown. */
  readonly snilsMasked: string | null;
  readonly roles: readonly Role[];
  /** Identified by a confirmed Gosuslugi account, or in person by the front desk. */
  readonly identified: boolean;
  /** Consents of the current versions that are not signed. */
  readonly missingConsents: number;
  readonly upcoming: number;
}

/** What the layout needs on every page. */
export interface Frame {
  readonly lang: Lang;
  /** Path and query of this page; the language link comes back to it. */
  readonly path: string;
  readonly nonce: string;
  readonly now: number;
  readonly clinic: Clinic;
  /** The viewer's own IANA zone, told by the browser; null means the clinic's. */
  readonly zone: string | null;
  readonly viewer: Viewer | null;
  readonly assets: {
    readonly style: string;
    readonly main: string;
    readonly htmx: string;
    readonly room: string;
    readonly check: string;
    readonly protocol: string;
  };
  /** The visit whose door is open for the viewer, for the strip on every page; none when absent. */
  readonly openDoor?: OpenDoor | null;
  /** Set on a developer's machine: the page reloads itself when the code changed. */
  readonly liveReload: boolean;
}

export interface Specialty {
  readonly id: string;
  readonly name: Bilingual;
}

export interface Doctor {
  readonly id: string;
  readonly familyName: Bilingual;
  readonly givenName: Bilingual;
  readonly specialty: Specialty;
  /** «высшая категория, стаж 18 лет» */
  readonly experience: Bilingual;
  readonly registryId: string;
  readonly patients: Bilingual;
  readonly languages: Bilingual;
  readonly onDuty: boolean;
  readonly durationMinutes: number;
  readonly priceMinor: number;
}

export type When = 'nearest' | 'today' | 'tomorrow' | 'evening' | 'weekend';

export interface DoctorOffer {
  readonly doctor: Doctor;
  /** The nearest free slots that fit the filter, at most three, all of one clinic day; empty when there are none. */
  readonly nearest: readonly Interval[];
}

export interface DoctorFilter {
  readonly specialty: string | null;
  readonly name: string;
  readonly when: When;
}

export interface DayOffer {
  readonly date: string;
  readonly free: number;
}

export interface LetterTrace {
  readonly kind: string;
  readonly queuedAt: number;
  readonly sentAt: number | null;
  readonly state: 'queued' | 'sent' | 'delivered' | 'delayed' | 'bounced' | 'complained' | 'failed';
  readonly stateAt: number;
  readonly to: string;
}

export interface PaymentTrace {
  readonly id: string;
  readonly amountMinor: number;
  readonly createdAt: number;
  readonly succeededAt: number | null;
  readonly cancelledAt: number | null;
  /** The provider's reason of a refused payment, as `insufficient_funds`. */
  readonly cancelReason: string | null;
  /** «bank_card:4477», «sbp»: the provider's type and a card's last digits; null until paid. */
  readonly method: string | null;
  readonly receipt: 'none' | 'pending' | 'succeeded' | 'canceled';
}

export interface RefundTrace {
  readonly id: string;
  readonly amountMinor: number;
  readonly reason: 'late' | 'cancelled' | 'twice';
  readonly askedAt: number;
  readonly settledAt: number | null;
  readonly refusedAt: number | null;
}

/** One move to another time. */
export interface MoveTrace {
  readonly at: number;
  readonly by: 'patient' | 'clinic';
  readonly reason: 'asked' | 'doctorLate';
  readonly from: Interval;
  readonly to: Interval;
}

/** What is offered to the patient of a late doctor, as the fragment `#delay-{id}` shows it. */
export interface DelayView {
  readonly consultationId: string;
  readonly delay: Delay;
  /** The doctor's own word, which may name a later start than the delay so far. */
  readonly trace: DoctorTrace;
  readonly startsAt: number;
  /** The patient chose to wait: the offer steps back to one quiet line. */
  readonly hasWaited: boolean;
  /** Everything that was paid and is not on its way back, minor units. */
  readonly returnMinor: number;
}

/** One consultation as its patient sees it in a list. */
export interface ConsultationCard {
  readonly id: string;
  readonly doctor: Doctor;
  readonly facts: Facts;
  readonly status: Status;
  readonly createdAt: number;
  readonly email: string;
  readonly door: Door;
  readonly terms: CancellationTerms;
  /** The provider's reason of the latest refused attempt, when nothing was paid since. */
  readonly refusedReason: string | null;
  /** A payment was begun and the provider has not ended it. */
  readonly paymentOpen: boolean;
  readonly delay: DelayView;
  readonly moving: Moving;
  readonly cancelReason: 'asked' | 'doctorLate' | null;
}

export interface ConsultationStory extends ConsultationCard {
  /** There is a call's passport to read. */
  readonly hasPassport: boolean;
  readonly letters: readonly LetterTrace[];
  readonly payments: readonly PaymentTrace[];
  readonly refunds: readonly RefundTrace[];
  readonly moves: readonly MoveTrace[];
  /** When the patient of a late doctor decided to wait. */
  readonly waits: readonly number[];
}

/** The strip above every patient page: a door that can be gone through now. */
export interface OpenDoor {
  readonly consultationId: string;
  readonly doctor: Doctor;
  readonly startsAt: number;
  /** The doctor is in the room. */
  readonly doctorWaits: boolean;
  /** The patient has been in the call: the strip leads back to it. */
  readonly begun: boolean;
}

/** Whose eyes read a call's passport: one of the two who met, or the clinic's staff. */
export type PassportReader = Side | 'staff';

/** What a check of the devices found. */
export interface CheckFound {
  readonly side: Side;
  readonly at: number;
  readonly camera: boolean;
  readonly microphone: boolean;
  /** The test sound was heard; false also when nobody tried. */
  readonly speaker: boolean;
  /** What the network is good for; unknown when it could not be measured. */
  readonly network: 'video' | 'audio' | 'chat' | 'unknown';
}

/** What somebody's last connection check came out as. */
export interface LastCheck extends Checked {
  readonly at: number;
}

/** The consultation that a connection check is about, for one of the two who will meet. */
export interface CheckedVisit {
  readonly consultationId: string;
  readonly role: Side;
  readonly doctor: Doctor;
  readonly patientName: string;
  readonly startsAt: number;
}

/** A room as one of the two who meet in it sees it before and during the call. */
export interface RoomView {
  readonly consultationId: string;
  /** The reader's side. */
  readonly role: Side;
  readonly doctor: Doctor;
  /** «Анна Тестова»: given and family name. */
  readonly patientName: string;
  readonly patientBirthDate: string | null;
  readonly slot: Interval;
  /** Of the reader's side, by `mayEnter`; a room is drawn for `waiting` and `open` only. */
  readonly admission: Extract<Admission, { kind: 'open' | 'waiting' }>;
  /** When the button works for the reader's side. */
  readonly opensAt: number;
  /** When both were first there; null before. */
  readonly startedAt: number | null;
  /** When the reader first entered; null when never. */
  readonly enteredAt: number | null;
  /** Who is in the room as this page is drawn. */
  readonly present: readonly Side[];
  /** The doctor's own word on lateness; null when there was none. */
  readonly late: { readonly minutes: number; readonly at: number } | null;
  /** What the patient's last check found, for the doctor; null when there was none. */
  readonly patientsCheck: CheckFound | null;
  /** For the patient's side. */
  readonly delay: DelayView;
  /** The reader's last connection check for this visit; null when there was none. */
  readonly lastCheck: LastCheck | null;
}

/** A visit that was ended, for one of the two. */
export interface EndedView {
  readonly consultationId: string;
  readonly role: Side;
  readonly doctor: Doctor;
  readonly patientName: string;
  readonly facts: Facts;
  readonly outcome: Outcome;
}

/** One consultation as its doctor sees it in the day's list. */
export interface DeskRow {
  readonly id: string;
  readonly facts: Facts;
  readonly status: Status;
  /** «Анна Тестова»: given and family name. */
  readonly patient: string;
  readonly birthDate: string | null;
  /** Whole minutes past the start without the doctor; null while there are none. */
  readonly lateMinutes: number | null;
  readonly cancelReason: 'asked' | 'doctorLate' | null;
}

/** A visit in person as the clinic has it on record. */
export interface InPersonRecord {
  /** Clinic's date, YYYY-MM-DD. */
  readonly visitedOn: string;
  readonly enteredAt: number;
  readonly enteredBy: string;
  readonly doctor: Bilingual;
}

/** What a doctor may begin from. */
export interface ProtocolTemplate {
  readonly id: string;
  readonly name: string;
  /** The doctor's own, not the specialty's. */
  readonly isOwn: boolean;
  readonly body: TemplateBody;
}

export interface QuickPhrase {
  readonly id: string;
  readonly field: TextField;
  readonly text: string;
}

/** What a patient is asked before the visit. */
export interface Question {
  readonly id: string;
  readonly ru: string;
  readonly en: string;
}

/** What was answered, with the questions as they were then. */
export interface Answered {
  readonly version: number;
  readonly at: number;
  readonly answers: readonly (Question & { readonly answer: string })[];
}

/** One signed version of a protocol, as its doctor reads it. */
export interface SignedProtocol {
  readonly id: string;
  readonly version: number;
  /** Why it amends the version before; null for the first. */
  readonly reason: string | null;
  readonly content: ProtocolContent;
  readonly questionnaire: readonly { readonly question: string; readonly answer: string }[];
  readonly contentHash: string;
  readonly verifyCode: string;
  readonly signedAt: number;
}

/** The visit that a protocol is about. */
export interface ProtocolVisit {
  readonly consultationId: string;
  /** «Анна Тестова»: given and family name. */
  readonly patientName: string;
  readonly patientBirthDate: string | null;
  readonly doctor: Doctor;
  readonly slot: Interval;
  readonly concludedAt: number | null;
}

/** The editor of a protocol: what is written, what the law says of it, and what its doctor may begin from. */
export interface EditorView {
  readonly visit: ProtocolVisit;
  /** Which version it will become; 1 is the first, the others amend. */
  readonly round: number;
  /** The save that the text stands on, 0 when there is none, and when that was. */
  readonly version: number;
  readonly savedAt: number | null;
  readonly draft: Draft;
  readonly guard: Guard;
  readonly records: readonly InPersonRecord[];
  readonly pastSaves: readonly { readonly version: number; readonly at: number }[];
  readonly templates: readonly ProtocolTemplate[];
  readonly phrases: readonly QuickPhrase[];
  readonly answered: Answered | null;
  /** The latest of the patient's card. */
  readonly fromCard: readonly CardEntry[];
  readonly flaws: readonly Flaw[];
  /** What another tab has saved meanwhile. */
  readonly clash: { readonly draft: Draft; readonly at: number | null } | null;
  readonly visitMistake: VisitMistake | null;
  /** The visit took place and is over. */
  readonly maySign: boolean;
}

/** A doctor's visit whose protocol is not signed. */
export interface Unsigned {
  readonly consultationId: string;
  readonly patientName: string;
  readonly startsAt: number;
  readonly concludedAt: number;
}

/** A protocol that is unsigned for days, as the front desk sees it: no patient, no text. */
export interface Overdue {
  readonly doctor: Doctor;
  readonly startsAt: number;
  readonly concludedAt: number;
}

export interface ConsentDocument {
  readonly id: string;
  readonly kind: 'personalData' | 'informedConsent' | 'offer';
  readonly version: number;
  readonly title: Bilingual;
  readonly summary: Bilingual;
  readonly without: Bilingual;
  readonly body: Bilingual;
  /** SHA-256 of the Russian text, hex. */
  readonly hash: string;
  readonly publishedAt: number;
  /** When the viewer signed this version and has not withdrawn it; null otherwise. */
  readonly signedAt: number | null;
}

/** One mistake in a form: the field's name and a key of the words. */
export interface FieldError {
  readonly field: string;
  readonly error: string;
}
