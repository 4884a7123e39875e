// The JSON that a doctor signed, parsed strictly: the protocol's fields and the patient's answers that were signed with them. The activity that prints
// a protocol asks; what does not have this form is not printed by guess.
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

/** Null when it is no signed protocol. */
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
