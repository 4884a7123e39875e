// The words of a language. A page asks for them once and passes nothing else about language on.
import { en } from './words.en.ts';
import { ru, type Words } from './words.ru.ts';
import type { Lang } from '../workflows/rules/lang.ts';

export type { Words } from './words.ru.ts';

/** A key of FieldError.error that has words. */
export type ErrorKey = keyof Words['states']['errors'];

const WORDS: Record<Lang, Words> = { ru, en };

export const wordsOf = (lang: Lang): Words => WORDS[lang];

/** The sentence for a mistake; an unknown key still says something useful. */
export function errorText(words: Words, error: string): string {
  const { errors } = words.states;
  return error in errors ? errors[error as ErrorKey] : errors.unknown;
}

/** The sentence for the provider's reason of a refused payment. */
export const declineText = (words: Words, reason: string | null): string =>
  words.states.declines[reason ?? 'unknown'] ?? words.states.declines.unknown ?? '';
