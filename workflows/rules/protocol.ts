// The doctor's protocol: its fields, what the law keeps closed in it, and what is still missing before it can be signed. The editor, the signing route
// and the page of a protocol ask.
import type { Bilingual } from './lang.ts';

/** A code of МКБ-10 with its title as the clinic's list had it when it was chosen. */
export interface Diagnosis {
  readonly code: string;
  readonly title: string;
}

/** What a doctor writes. Texts are plain, paragraphs are separated by newlines. */
export interface ProtocolContent {
  readonly complaints: string;
  readonly anamnesis: string;
  /** What was seen by video. */
  readonly objective: string;
  /** Analyses and papers that were looked at. */
  readonly documents: string;
  readonly conclusion: string;
  readonly recommendations: string;
  readonly examinations: string;
  readonly inPerson: { readonly isNeeded: boolean; readonly when: string };
  /** Both only with an in-person visit in this clinic on record. */
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

/** Characters that one text field holds. */
export const FIELD_CHARACTERS = 5_000;

/** A visit in person as the clinic has it on record. */
export interface InPersonVisit {
  /** Clinic's date, YYYY-MM-DD. */
  readonly visitedOn: string;
}

/** `open` names the visit that opens the fields. */
export type Guard = { readonly kind: 'locked' } | { readonly kind: 'open'; readonly visitedOn: string };

/**
 * Whether a diagnosis and a prescription may be written: only after a visit in person in this clinic, not later than the day of the consultation
 * (323-ФЗ, art. 36.2, parts 2 and 3). `date` is the clinic's date of the consultation. The latest such visit is named.
 */
export function guardOf(visits: readonly InPersonVisit[], date: string): Guard {
  const before = visits.filter(({ visitedOn }) => visitedOn <= date).toSorted((a, b) => b.visitedOn.localeCompare(a.visitedOn));
  const [latest] = before;
  return latest === undefined ? { kind: 'locked' } : { kind: 'open', visitedOn: latest.visitedOn };
}

/** What the law opened when a version was signed: of the visits on record only those that had been entered by then count. `date` is as in guardOf. */
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
  /** Closed by law and yet filled: from a template, an older draft, or a forged form. */
  | { readonly field: 'diagnosis' | 'prescriptions'; readonly kind: 'locked' };

/** What keeps a protocol from being signed, in the order of its fields; empty when nothing does. */
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

/** How long after the end of the visit the doctor is reminded of an unsigned protocol, and when the front desk sees it, ms. */
export const UNSIGNED_NAG_MS = 24 * 3_600_000;
export const UNSIGNED_DESK_MS = 72 * 3_600_000;

/** A visit in person as the clinic has it on record. */
export interface InPersonRecord {
  /** Clinic's date, YYYY-MM-DD. */
  readonly visitedOn: string;
  readonly enteredAt: number;
  readonly enteredBy: string;
  readonly doctor: Bilingual;
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
