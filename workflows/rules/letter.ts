// All letters about a consultation: when the facts require one, to whom it goes, and whether it has a calendar file. A new letter is one
// entry here: the union, the check of the activity, the sender and the history follow from it, and it does not compile until views/letters
// has its text.
import { type ClaimFacts, claimStateOf, type ClaimState } from './claim-state.ts';
import type { Consultation } from './consultation.ts';
import { delayOf } from './delay.ts';
import type { RefundReason } from './refund.ts';
import { isAhead, statusOf } from './status.ts';

/** What the decision about a letter depends on. */
export interface LetterQuestion {
  readonly consultation: Consultation;
  /** The version for which the letter was queued: of the schedule, or of the protocol for a letter about one. */
  readonly version: number;
  /** Why money is returned; null when none is. */
  readonly refundReason: RefundReason | null;
  /** The refund claim that the letter is about; null for a letter about the consultation itself. */
  readonly claim: ClaimFacts | null;
  readonly now: number;
}

interface LetterRule {
  readonly wanted: (question: LetterQuestion) => boolean;
  readonly to: 'patient' | 'doctor';
  /** What the attached calendar file does to the event; null without a file. */
  readonly calendar: 'adds' | 'moves' | 'removes' | null;
  /** A late letter would be wrong, so sending stops after REMINDER_PATIENCE_MS (workflows/clocks.ts). */
  readonly expires: boolean;
}

const status = ({ consultation, now }: LetterQuestion) => statusOf(consultation.facts, now);
const isCurrent = ({ consultation, version }: LetterQuestion): boolean => version === consultation.scheduleVersion;
const isBeforeStart = (question: LetterQuestion): boolean =>
  isAhead(status(question)) && question.now < question.consultation.facts.startsAt && isCurrent(question);
const isPublished = ({ consultation }: LetterQuestion): boolean => consultation.facts.publishedAt !== null;

const isClaim =
  (...states: ClaimState[]) =>
  ({ claim }: LetterQuestion): boolean =>
    claim !== null && states.includes(claimStateOf(claim));

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
  claimMade: { ...PLAIN, wanted: isClaim('demanded') },
  claimUnsigned: { ...PLAIN, wanted: isClaim('demanded') },
  claimSigned: { ...PLAIN, wanted: isClaim('signed', 'inReview', 'waitsForSecond') },
  claimQuestion: { ...PLAIN, wanted: isClaim('moreAsked') },
  claimDecided: { ...PLAIN, wanted: ({ claim }) => claim !== null && claim.decidedAt !== null },
  claimReturned: { ...PLAIN, wanted: isClaim('returned') },
} as const satisfies Record<string, LetterRule>;

export type LetterKind = keyof typeof LETTERS;

export const LETTER_KINDS = Object.keys(LETTERS) as [LetterKind, ...LetterKind[]];

/** The automatic answer to a letter that came in. It is no letter of the visit's story: worker/letters-in/answer.ts writes and sends it. */
export const ANSWER_LETTER = 'claimLetter';

/** The kinds that go to the doctor; they are not part of the patient's history. */
export const DOCTORS_LETTERS: readonly LetterKind[] = LETTER_KINDS.filter(kind => LETTERS[kind].to === 'doctor');

/** A state only moves on to one of a higher rank, because a webhook may come twice or out of order. */
export const LETTER_RANKS = { queued: 0, sent: 1, delayed: 2, delivered: 3, failed: 4, bounced: 4, complained: 5 } as const;
export type LetterState = keyof typeof LETTER_RANKS;
export const LETTER_STATES = Object.keys(LETTER_RANKS) as [LetterState, ...LetterState[]];

/** Why a letter with the state «failed» has ended. */
export const LETTER_ENDS = ['refused', 'suppressed', 'notNeeded', 'tooLate'] as const;
export type LetterEnd = (typeof LETTER_ENDS)[number];

/** The kinds that are not sent late. */
export const EXPIRING_LETTERS: readonly LetterKind[] = LETTER_KINDS.filter(kind => LETTERS[kind].expires);

/** The delivery state of one letter. Instants are ms. */
export interface LetterTrace {
  readonly kind: LetterKind;
  readonly queuedAt: number;
  readonly sentAt: number | null;
  readonly state: LetterState;
  readonly why: LetterEnd | null;
  readonly stateAt: number;
  readonly to: string;
}
