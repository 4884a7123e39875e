// Every letter about a consultation: when the facts want it, to whom it goes, whether a calendar file goes with it. A new letter is an entry here; the
// union, the activity's check, the sender and the history of letters follow from it, and its words do not compile until they stand in views/letters.
import type { Consultation } from './consultation.ts';
import { delayOf } from './delay.ts';
import type { RefundReason } from './refund.ts';
import { isAhead, statusOf } from './status.ts';

/** What decides whether a letter is wanted. */
export interface LetterQuestion {
  readonly consultation: Consultation;
  /** The version that the letter was ordered for: of the schedule, or of the protocol for a letter about one. */
  readonly version: number;
  /** Why money goes back; null when none does. */
  readonly refundReason: RefundReason | null;
  readonly now: number;
}

interface LetterRule {
  readonly wanted: (question: LetterQuestion) => boolean;
  readonly to: 'patient' | 'doctor';
  /** What the calendar file of the letter does to the event; null without a file. */
  readonly calendar: 'adds' | 'moves' | 'removes' | null;
  /** Sent late it would say something untrue, so its sending is given up after minutes. */
  readonly expires: boolean;
}

const status = ({ consultation, now }: LetterQuestion) => statusOf(consultation.facts, now);
const isCurrent = ({ consultation, version }: LetterQuestion): boolean => version === consultation.scheduleVersion;
const isBeforeStart = (question: LetterQuestion): boolean =>
  isAhead(status(question)) && question.now < question.consultation.facts.startsAt && isCurrent(question);
const isPublished = ({ consultation }: LetterQuestion): boolean => consultation.facts.publishedAt !== null;

const PLAIN = { to: 'patient', calendar: null, expires: false } as const;

export const LETTERS = {
  booked: { ...PLAIN, wanted: question => status(question) === 'reserved' },
  paid: { ...PLAIN, calendar: 'adds', wanted: question => isAhead(status(question)) },
  lapsed: { ...PLAIN, wanted: question => status(question) === 'lapsed' && question.consultation.facts.takenMinor === 0 },
  returned: { ...PLAIN, wanted: ({ refundReason }) => refundReason !== null && refundReason !== 'cancelled' },
  cancelled: { ...PLAIN, calendar: 'removes', wanted: question => status(question) === 'cancelled' },
  rescheduled: { ...PLAIN, calendar: 'moves', wanted: isBeforeStart },
  doctorLate: {
    ...PLAIN,
    wanted: question => {
      const { consultation, now } = question;
      return delayOf(consultation.facts, consultation.trace, now).kind === 'offered' && isCurrent(question);
    },
  },
  unsigned: { ...PLAIN, to: 'doctor', wanted: question => status(question) === 'concluded' },
  protocolReady: { ...PLAIN, wanted: isPublished },
  protocolAmended: { ...PLAIN, wanted: isPublished },
  reminder24h: { ...PLAIN, expires: true, wanted: isBeforeStart },
  reminder1h: { ...PLAIN, expires: true, wanted: isBeforeStart },
  reminder10m: { ...PLAIN, expires: true, wanted: isBeforeStart },
} as const satisfies Record<string, LetterRule>;

export type LetterKind = keyof typeof LETTERS;

export const LETTER_KINDS = Object.keys(LETTERS) as [LetterKind, ...LetterKind[]];

/** The kinds that go to the doctor; the patient's history leaves them out. */
export const DOCTORS_LETTERS: readonly LetterKind[] = LETTER_KINDS.filter(kind => LETTERS[kind].to === 'doctor');

export const LETTER_STATES = ['queued', 'sent', 'delivered', 'delayed', 'bounced', 'complained', 'failed'] as const;
type LetterState = (typeof LETTER_STATES)[number];

/** What became of one letter. Instants are ms. */
export interface LetterTrace {
  readonly kind: LetterKind;
  readonly queuedAt: number;
  readonly sentAt: number | null;
  readonly state: LetterState;
  readonly stateAt: number;
  readonly to: string;
}
