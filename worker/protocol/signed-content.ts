// Parses the signed JSON strictly: the protocol's fields and the patient's answers. Called by render.ts, which does not print content of
// another form.
import { z } from 'zod';
import { EMPTY_PROTOCOL, type ProtocolContent } from '../../workflows/rules/protocol.ts';

const words = z.string().default('');

const schema = z.object({
  complaints: words,
  anamnesis: words,
  objective: words,
  documents: words,
  conclusion: words,
  recommendations: words,
  examinations: words,
  inPerson: z.object({ isNeeded: z.boolean(), when: z.string() }).default(EMPTY_PROTOCOL.inPerson),
  diagnosis: z.object({ code: z.string(), title: z.string() }).nullable().default(null),
  prescriptions: words,
  questionnaire: z.array(z.object({ question: z.string(), answer: z.string() })).default([]),
});

export interface SignedText {
  readonly content: ProtocolContent;
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
}

/** Null when it is not a signed protocol. */
export function signedTextOf(canonical: string): SignedText | null {
  const parsed = schema.safeParse(jsonOf(canonical));
  if (!parsed.success) return null;
  const { questionnaire, ...content } = parsed.data;
  return { content, answers: questionnaire };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
