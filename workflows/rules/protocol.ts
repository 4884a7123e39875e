// The doctor's protocol: its fields, which of them the law keeps closed, and what is still missing before signing. Called by the editor,
// the signing route, the PDF and the pages of a protocol.
import type { Bilingual } from './lang.ts';

/** A code of МКБ-10 with the title that the clinic's list had when the code was chosen. */
export interface Diagnosis {
  readonly code: string;
  readonly title: string;
}

/** What a doctor writes. Texts are plain; newlines separate paragraphs. */
export interface ProtocolContent {
  readonly complaints: string;
  readonly anamnesis: string;
  /** What the doctor saw by video. */
  readonly objective: string;
  /** Analyses and documents that the doctor read. */
  readonly documents: string;
  readonly conclusion: string;
  readonly recommendations: string;
  readonly examinations: string;
  readonly inPerson: { readonly isNeeded: boolean; readonly when: string };
  /** Allowed only with a recorded in-person visit in this clinic; the same holds for `prescriptions`. */
  readonly diagnosis: Diagnosis | null;
  readonly prescriptions: string;
}

export const TEXT_FIELDS = [
  'complaints',
  'anamnesis',
  'objective',
  'documents',
  'conclusion',
  'recommendations',
  'examinations',
  'prescriptions',
] as const satisfies readonly (keyof ProtocolContent)[];
export type TextField = (typeof TEXT_FIELDS)[number];

export const EMPTY_PROTOCOL: ProtocolContent = {
  complaints: '',
  anamnesis: '',
  objective: '',
  documents: '',
  conclusion: '',
  recommendations: '',
  examinations: '',
  inPerson: { isNeeded: false, when: '' },
  diagnosis: null,
  prescriptions: '',
};

/** Length of one text field, characters. */
export const FIELD_CHARACTERS = 5_000;

/** An in-person visit that the clinic has recorded. */
export interface InPersonVisit {
  /** Clinic's date, YYYY-MM-DD. */
  readonly visitedOn: string;
}

/** `open` names the in-person visit that permits a diagnosis and a prescription. */
export type Guard = { readonly kind: 'locked' } | { readonly kind: 'open'; readonly visitedOn: string };

/**
 * Whether a diagnosis and a prescription may be written: only after an in-person visit in this clinic, not later than the day of the
 * consultation (Federal Law 323-FZ, art. 36.2, parts 2 and 3). `date` is the clinic's date of the consultation. The latest such visit is
 * named.
 */
export function guardOf(visits: readonly InPersonVisit[], date: string): Guard {
  const before = visits.filter(({ visitedOn }) => visitedOn <= date).toSorted((a, b) => b.visitedOn.localeCompare(a.visitedOn));
  const [latest] = before;
  return latest === undefined ? { kind: 'locked' } : { kind: 'open', visitedOn: latest.visitedOn };
}

/** The guard as it was when a version was signed: only visits entered by `signedAt` (ms) count. `date` is as in guardOf. */
export const guardAtSigning = (
  records: readonly (InPersonVisit & { readonly enteredAt: number })[],
  date: string,
  signedAt: number,
): Guard =>
  guardOf(
    records.filter(({ enteredAt }) => enteredAt <= signedAt),
    date,
  );

export type Shortcoming =
  | { readonly field: 'complaints' | 'conclusion' | 'recommendations'; readonly kind: 'empty' }
  | { readonly field: TextField; readonly kind: 'tooLong' }
  | { readonly field: 'inPerson'; readonly kind: 'when' }
  /** Closed by law but filled in: by a template, an older draft or a forged form. */
  | { readonly field: 'diagnosis' | 'prescriptions'; readonly kind: 'locked' };

/** What prevents signing, in the order of the fields; empty when nothing does. */
export function shortcomingsOf(content: ProtocolContent, guard: Guard): Shortcoming[] {
  const isEmpty = (text: string) => text.trim() === '';
  const needed = (['complaints', 'conclusion', 'recommendations'] as const).filter(field => isEmpty(content[field]));
  const long = TEXT_FIELDS.filter(field => content[field].length > FIELD_CHARACTERS);
  const isLocked = guard.kind === 'locked';
  return [
    ...needed.map(field => ({ field, kind: 'empty' }) as const),
    ...long.map(field => ({ field, kind: 'tooLong' }) as const),
    ...(content.inPerson.isNeeded && isEmpty(content.inPerson.when) ? [{ field: 'inPerson', kind: 'when' } as const] : []),
    ...(isLocked && content.diagnosis !== null ? [{ field: 'diagnosis', kind: 'locked' } as const] : []),
    ...(isLocked && !isEmpty(content.prescriptions) ? [{ field: 'prescriptions', kind: 'locked' } as const] : []),
  ];
}

/** How long after the conclusion the doctor is reminded of an unsigned protocol, and after how long the front desk sees it, ms. */
export const UNSIGNED_NAG_MS = 24 * 3_600_000;
export const UNSIGNED_DESK_MS = 72 * 3_600_000;

/** An in-person visit that the clinic has recorded. */
export interface InPersonRecord {
  /** Clinic's date, YYYY-MM-DD. */
  readonly visitedOn: string;
  readonly enteredAt: number;
  readonly enteredBy: string;
  readonly doctor: Bilingual;
}

/** One signed version of a protocol as its doctor reads it. */
export interface SignedProtocol {
  readonly id: string;
  readonly version: number;
  /** Why it amends the previous version; null for the first. */
  readonly reason: string | null;
  readonly content: ProtocolContent;
  readonly questionnaire: readonly { readonly question: string; readonly answer: string }[];
  readonly contentHash: string;
  readonly verifyCode: string;
  readonly signedAt: number;
}
