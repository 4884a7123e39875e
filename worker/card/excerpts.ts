// Finds the words of a search in a protocol: the best matching field, and the text around the words with the words marked. Called by
// worker/routes/patient/card.tsx.
import type { SearchField } from '../../views/card/card-view.ts';
import { TEXT_FIELDS } from '../../workflows/rules/protocol.ts';
import type { Signed } from '../data/card-protocols.ts';
import { isWanted, type Query, stemsIn } from './stems.ts';

/** Characters shown before and after the first match. */
const BEFORE = 50;
const AFTER = 110;

export interface Excerpt {
  readonly field: SearchField;
  /** Alternating text: plain, match, plain, … */
  readonly pieces: readonly string[];
}

/** The field with most of the words; null when no field has one, for example after a change of the stemmer. */
export function excerptOf(signed: Signed, query: Query): Excerpt | null {
  const marked = textsOf(signed).map(({ field, text }) => ({
    field,
    text,
    hits: stemsIn(text).filter(({ stem }) => isWanted(query, stem)),
  }));
  const [best] = marked.filter(({ hits }) => hits.length > 0).toSorted((a, b) => distinct(b.hits) - distinct(a.hits));
  return best === undefined ? null : { field: best.field, pieces: cut(best.text, best.hits) };
}

const distinct = (hits: readonly { stem: string }[]): number => new Set(hits.map(({ stem }) => stem)).size;

function textsOf({ content, questionnaire }: Signed): { field: SearchField; text: string }[] {
  return [
    ...TEXT_FIELDS.map(field => ({ field, text: content[field] })),
    { field: 'diagnosis', text: content.diagnosis ? `${content.diagnosis.code} ${content.diagnosis.title}` : '' },
    { field: 'inPerson', text: content.inPerson.when },
    ...questionnaire.map(({ answer }) => ({ field: 'questionnaire' as const, text: answer })),
  ];
}

function cut(text: string, hits: readonly { start: number; end: number }[]): string[] {
  const first = hits[0]?.start ?? 0;
  const from = first <= BEFORE ? 0 : text.indexOf(' ', first - BEFORE) + 1;
  const space = text.lastIndexOf(' ', first + AFTER);
  const to =
    text.length <= first + AFTER || space <= first
      ? Math.max(text.length <= first + AFTER ? text.length : first + AFTER, hits[0]?.end ?? 0)
      : space;
  const shown = hits.filter(({ start, end }) => start >= from && end <= to);
  const ends = [from, ...shown.flatMap(({ start, end }) => [start, end]), to];
  const pieces = ends.slice(1).map((end, i) => text.slice(ends[i], end).replaceAll('\n', ' '));
  return pieces.map((piece, i) =>
    i === 0 && from > 0 ? `… ${piece}` : i === pieces.length - 1 && to < text.length ? `${piece} …` : piece,
  );
}
