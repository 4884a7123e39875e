// Parses what the editor posts: a form without script, JSON from its island. Called by the routes of the protocol.
import { z } from 'zod';
import { DRAFT_BYTES, type Draft, diagnosisOf } from '../../workflows/rules/protocol-draft.ts';
import { type ProtocolContent, TEXT_FIELDS } from '../../workflows/rules/protocol.ts';

/** A text with the round and the save it is based on. */
export interface Typed {
  readonly round: number;
  readonly version: number;
  readonly draft: Draft;
}

const count = z.int().min(0).max(100_000);
const line = z.string().max(300);
const words = z.string().max(60_000);

const content = z.object({
  ...(Object.fromEntries(TEXT_FIELDS.map(field => [field, words])) as Record<(typeof TEXT_FIELDS)[number], typeof words>),
  inPerson: z.object({ isNeeded: z.boolean(), when: line }),
  diagnosis: z.object({ code: line, title: line }).nullable(),
});

const typed = z.object({
  round: count,
  version: count,
  content,
  reason: z.string().max(2_000).default(''),
});

/** Parses the island's JSON; null when it is malformed. */
export function typedIn(body: unknown): Typed | null {
  const parsed = typed.safeParse(body);
  if (!parsed.success) return null;
  const { round, version, reason } = parsed.data;
  return { round, version, draft: { content: parsed.data.content, reason } };
}

/** Parses a form. Fields closed by law are not in the form, so they come out empty. */
export function typedOf(form: URLSearchParams): Typed {
  const text = (name: string) => form.get(name) ?? '';
  const texts = Object.fromEntries(TEXT_FIELDS.map(field => [field, text(field)])) as Pick<ProtocolContent, (typeof TEXT_FIELDS)[number]>;
  return {
    round: countOf(form.get('round')),
    version: countOf(form.get('version')),
    draft: {
      content: {
        ...texts,
        inPerson: { isNeeded: form.get('inPersonNeeded') !== null, when: text('inPersonWhen') },
        diagnosis: diagnosisOf(text('diagnosis')),
      },
      reason: text('reason'),
    },
  };
}

const countOf = (text: string | null): number => (/^\d{1,5}$/.test(text ?? '') ? Number(text) : 0);

/** Whether the draft is larger than the table allows in one row (DRAFT_BYTES). */
export const isTooLarge = ({ draft }: Typed): boolean => new TextEncoder().encode(JSON.stringify(draft)).length > DRAFT_BYTES;
