// A protocol that is being written: what of two texts differs, what a template may fill, what still keeps this one from being signed. The editor's
// island, its routes and its pages ask.
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

/** What one save keeps. An amendment says why it is made; the first protocol has no reason. */
export interface Draft {
  readonly content: ProtocolContent;
  readonly reason: string;
}

export const EMPTY_DRAFT: Draft = { content: EMPTY_PROTOCOL, reason: '' };

/** Characters of an amendment's reason. */
const REASON_CHARACTERS = { min: 10, max: 500 } as const;

/** Bytes of one save in UTF-8, as the table takes them. */
export const DRAFT_BYTES = 65_536;

/** Everything of a draft that a person can point at, in the order of the page. */
const DRAFT_FIELDS = [
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

/** What was typed into the line; whether the clinic's list has the code is asked when it is signed. */
export function diagnosisOf(line: string): Diagnosis | null {
  const [code = '', ...title] = line.trim().split(/\s+/);
  return code === '' ? null : { code: code.toUpperCase(), title: title.join(' ') };
}

/** One field as text; a need of a visit in person is «да: в течение 10 дней» without its words: a sign and when. */
export function fieldText({ content, reason }: Draft, field: DraftField): string {
  if (field === 'reason') return reason;
  if (field === 'diagnosis') return diagnosisText(content.diagnosis);
  if (field === 'inPerson') return content.inPerson.isNeeded ? `+ ${content.inPerson.when}`.trim() : content.inPerson.when;
  return content[field];
}

/** The fields in which two drafts differ, in the order of the page. Line ends that a form has changed are no difference. */
export const differing = (mine: Draft, other: Draft): DraftField[] =>
  DRAFT_FIELDS.filter(field => plain(fieldText(mine, field)) !== plain(fieldText(other, field)));

const plain = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd();

/** A content as it is signed: without the spaces around texts and the line ends that a form puts in. */
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

/** Takes one field of the other draft. */
export function taking(draft: Draft, other: Draft, field: DraftField): Draft {
  if (field === 'reason') return { ...draft, reason: other.reason };
  return { ...draft, content: { ...draft.content, [field]: other.content[field] } };
}

/** A template: some of the texts. */
export type TemplateBody = Partial<Record<TextField, string>>;

/** A template fills what is empty and open, and never touches what was written. */
export function filled(content: ProtocolContent, body: TemplateBody, open: readonly TextField[] = TEXT_FIELDS): ProtocolContent {
  const fresh = open.filter(field => content[field].trim() === '' && body[field] !== undefined);
  return { ...content, ...Object.fromEntries(fresh.map(field => [field, body[field]])) };
}

export type Flaw =
  | Shortcoming
  | { readonly field: 'diagnosis'; readonly kind: 'unlisted' }
  | { readonly field: 'reason'; readonly kind: 'reason' };

export interface Signing {
  readonly guard: Guard;
  /** The first protocol is round 1; the others amend it and say why. */
  readonly round: number;
  /** Whether the clinic's МКБ-10 has the code. */
  readonly isListed: boolean;
}

/** What keeps a draft from being signed, in the order of the page. */
export function flawsOf({ content, reason }: Draft, { guard, round, isListed }: Signing): Flaw[] {
  const said = reason.trim().length;
  const isUnlisted = guard.kind === 'open' && content.diagnosis !== null && !isListed;
  const flaws: Flaw[] = [
    ...(round > 1 && (said < REASON_CHARACTERS.min || said > REASON_CHARACTERS.max) ? [{ field: 'reason', kind: 'reason' } as const] : []),
    ...shortcomingsOf(content, guard),
    ...(isUnlisted ? [{ field: 'diagnosis', kind: 'unlisted' } as const] : []),
  ];
  return flaws.toSorted((a, b) => DRAFT_FIELDS.indexOf(a.field) - DRAFT_FIELDS.indexOf(b.field));
}

/** A protocol is written of a visit that is paid and may still take place or did; a missed or failed one has none. */
export const mayWrite = (facts: Facts): boolean =>
  facts.firmAt !== null && facts.cancelledAt === null && (facts.outcome === null || facts.outcome === 'tookPlace');

/** Only what took place is signed. */
export const maySign = (facts: Facts): boolean => mayWrite(facts) && facts.outcome === 'tookPlace';

export type VisitMistake = 'malformed' | 'future' | 'beforeBirth' | 'tooOld';

/** How far back the clinic's own records of a visit in person are taken, years. */
const VISIT_YEARS = 10;

/** What is wrong with the date of a visit in person; null when nothing is. Dates are the clinic's, YYYY-MM-DD, as `isDate` has found them to be. */
export function visitMistake(visitedOn: string, given: { readonly today: string; readonly birthDate: string | null }): VisitMistake | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(visitedOn)) return 'malformed';
  if (visitedOn > given.today) return 'future';
  if (given.birthDate !== null && visitedOn < given.birthDate) return 'beforeBirth';
  const oldest = `${String(Number(given.today.slice(0, 4)) - VISIT_YEARS).padStart(4, '0')}${given.today.slice(4)}`;
  return visitedOn < oldest ? 'tooOld' : null;
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
