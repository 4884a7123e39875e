// A protocol that is being written: the difference between two drafts, what a template may fill in, and what still prevents signing. Called
// by the editor's island, its routes and its pages.
import { unprintable } from './lettering.ts';
import {
  type Diagnosis,
  EMPTY_PROTOCOL,
  type Guard,
  type ProtocolContent,
  type Shortcoming,
  shortcomingsOf,
  TEXT_FIELDS,
  type TextField,
} from './protocol.ts';
import type { Facts } from './status.ts';

/** What one save stores. An amendment has a reason; the first protocol has none. */
export interface Draft {
  readonly content: ProtocolContent;
  readonly reason: string;
}

export const EMPTY_DRAFT: Draft = { content: EMPTY_PROTOCOL, reason: '' };

/** Length of an amendment's reason, characters. */
const REASON_CHARACTERS = { min: 10, max: 500 } as const;

/** Bytes of one save in UTF-8; the table has the same limit. */
export const DRAFT_BYTES = 65_536;

/** The parts of a draft that an error or a difference can name, in the order of the page. */
export const DRAFT_FIELDS = [
  'reason',
  'complaints',
  'anamnesis',
  'objective',
  'documents',
  'diagnosis',
  'prescriptions',
  'conclusion',
  'recommendations',
  'examinations',
  'inPerson',
] as const;
export type DraftField = (typeof DRAFT_FIELDS)[number];

/** «I10 Эссенциальная гипертензия»: a diagnosis is typed and compared as one line. */
export const diagnosisText = (diagnosis: Diagnosis | null): string =>
  diagnosis === null ? '' : `${diagnosis.code} ${diagnosis.title}`.trim();

/** Parses that line. Whether the clinic's list has the code is checked on signing. */
export function diagnosisOf(line: string): Diagnosis | null {
  const [code = '', ...title] = line.trim().split(/\s+/);
  return code === '' ? null : { code: code.toUpperCase(), title: title.join(' ') };
}

/** One field as text. The need for an in-person visit becomes «+» and when, without words of a language. */
export function fieldText({ content, reason }: Draft, field: DraftField): string {
  if (field === 'reason') return reason;
  if (field === 'diagnosis') return diagnosisText(content.diagnosis);
  if (field === 'inPerson') return content.inPerson.isNeeded ? `+ ${content.inPerson.when}`.trim() : content.inPerson.when;
  return content[field];
}

/** The fields in which two drafts differ, in the order of the page. Different line ends, which a form changes, are ignored. */
export const differing = (mine: Draft, other: Draft): DraftField[] =>
  DRAFT_FIELDS.filter(field => plain(fieldText(mine, field)) !== plain(fieldText(other, field)));

const plain = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd();

/** The content as it is signed: without spaces around texts and without the line ends that a form adds. */
export function tidied(content: ProtocolContent): ProtocolContent {
  const tidy = (text: string) => text.replaceAll('\r\n', '\n').trim();
  const { inPerson, diagnosis } = content;
  return {
    ...content,
    ...Object.fromEntries(TEXT_FIELDS.map(field => [field, tidy(content[field])])),
    inPerson: { isNeeded: inPerson.isNeeded, when: inPerson.isNeeded ? tidy(inPerson.when) : '' },
    diagnosis: diagnosis === null ? null : { code: diagnosis.code, title: diagnosis.title },
  };
}

/** Returns `draft` with one field taken from `other`. */
export function taking(draft: Draft, other: Draft, field: DraftField): Draft {
  if (field === 'reason') return { ...draft, reason: other.reason };
  return { ...draft, content: { ...draft.content, [field]: other.content[field] } };
}

/** Texts that a template fills in, by field. */
export type TemplateBody = Partial<Record<TextField, string>>;

/** Fills the open fields that are empty; existing text is never changed. */
export function filled(content: ProtocolContent, body: TemplateBody, open: readonly TextField[] = TEXT_FIELDS): ProtocolContent {
  const fresh = open.filter(field => content[field].trim() === '' && body[field] !== undefined);
  return { ...content, ...Object.fromEntries(fresh.map(field => [field, body[field]])) };
}

export type Flaw =
  | Shortcoming
  | { readonly field: 'diagnosis'; readonly kind: 'unlisted' }
  | { readonly field: 'reason'; readonly kind: 'reason' }
  /** Signs for which the typeface of the PDF has no glyph. */
  | { readonly field: DraftField; readonly kind: 'unprintable'; readonly signs: string };

export interface Signing {
  readonly guard: Guard;
  /** 1 is the first protocol; later rounds are amendments and need a reason. */
  readonly round: number;
  /** Whether the clinic's list of МКБ-10 contains the code. */
  readonly isListed: boolean;
}

/** What prevents signing, in the order of the page; empty when nothing does. */
export function flawsOf({ content, reason }: Draft, { guard, round, isListed }: Signing): Flaw[] {
  const said = reason.trim().length;
  const isUnlisted = guard.kind === 'open' && content.diagnosis !== null && !isListed;
  const flaws: Flaw[] = [
    ...(round > 1 && (said < REASON_CHARACTERS.min || said > REASON_CHARACTERS.max) ? [{ field: 'reason', kind: 'reason' } as const] : []),
    ...shortcomingsOf(content, guard),
    ...DRAFT_FIELDS.flatMap(field => {
      const signs = unprintable(fieldText({ content, reason }, field));
      return signs.length === 0 ? [] : [{ field, kind: 'unprintable', signs: signs.slice(0, 5).join(' ') } as const];
    }),
    ...(isUnlisted ? [{ field: 'diagnosis', kind: 'unlisted' } as const] : []),
  ];
  return flaws.toSorted((a, b) => DRAFT_FIELDS.indexOf(a.field) - DRAFT_FIELDS.indexOf(b.field));
}

/** A protocol may be written for a visit that is paid and may still take place or took place; not for an absent or failed one. */
export const mayWrite = (facts: Facts): boolean =>
  facts.firmAt !== null && facts.cancelledAt === null && (facts.outcome === null || facts.outcome === 'tookPlace');

/** Only the protocol of a visit that took place may be signed. */
export const maySign = (facts: Facts): boolean => mayWrite(facts) && facts.outcome === 'tookPlace';

export type VisitMistake = 'malformed' | 'future' | 'beforeBirth' | 'tooOld';

/** The oldest in-person visit that may be entered, years. */
const VISIT_YEARS = 10;

/**
 * What is wrong with the date of an in-person visit; null when it is valid. Dates are the clinic's, YYYY-MM-DD, already checked with
 * `isDate`.
 */
export function visitMistake(visitedOn: string, given: { readonly today: string; readonly birthDate: string | null }): VisitMistake | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(visitedOn)) return 'malformed';
  if (visitedOn > given.today) return 'future';
  if (given.birthDate !== null && visitedOn < given.birthDate) return 'beforeBirth';
  const oldest = `${String(Number(given.today.slice(0, 4)) - VISIT_YEARS).padStart(4, '0')}${given.today.slice(4)}`;
  return visitedOn < oldest ? 'tooOld' : null;
}

/** A template that a doctor can start a protocol from. */
export interface ProtocolTemplate {
  readonly id: string;
  readonly name: string;
  /** True for the doctor's own template, false for the specialty's. */
  readonly isOwn: boolean;
  readonly body: TemplateBody;
}

export interface QuickPhrase {
  readonly id: string;
  readonly field: TextField;
  readonly text: string;
}
