// What the editor posts, parsed: a form without script, JSON from its island. The protocol's routes ask.
import { z } from 'zod';
import { DRAFT_BYTES, type Draft, diagnosisOf } from '../../workflows/rules/protocol-draft.ts';
import { type ProtocolContent, TEXT_FIELDS } from '../../workflows/rules/protocol.ts';

/** A text typed upon a save of a round. */
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

/** The island's JSON; null when it is none. */
export function typedIn(body: unknown): Typed | null {
  const parsed = typed.safeParse(body);
  if (!parsed.success) return null;
  const { round, version, reason } = parsed.data;
  return { round, version, draft: { content: parsed.data.content, reason } };
}

/** A form's fields. What the law keeps closed is no part of the form, so it comes as empty. */
export function typedOf(form: URLSearchParams): Typed {
  const text = (name: string) => (form.get(name) ?? '').replaceAll('\r\n', '\n');
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

/** The table takes no more in one row. */
export const isTooLarge = ({ draft }: Typed): boolean => new TextEncoder().encode(JSON.stringify(draft)).length > DRAFT_BYTES;
