// The words of a language. A page calls `wordsOf` with the frame's language.
import type { LimitName } from '../workflows/rules/limits.ts';
import { en } from './words.en.ts';
import { ru, type Words } from './words.ru.ts';
import type { Lang } from '../workflows/rules/lang.ts';

export type { Words } from './words.ru.ts';

/** A key of FieldError.error that has its own sentence. */
type ErrorKey = keyof Words['states']['errors'];

const WORDS: Record<Lang, Words> = { ru, en };

export const wordsOf = (lang: Lang): Words => WORDS[lang];

/** The sentence for an error or a limit; an unknown key gets a general one. */
export function errorText(words: Words, error: string): string {
  const { errors } = words.states;
  if (error in errors) return errors[error as ErrorKey];
  return error in words.limits ? words.limits[error as LimitName] : errors.unknown;
}

/** The sentence for the provider's reason of a refused payment; an unknown reason gets a general one. */
export const declineText = (words: Words, reason: string | null): string =>
  words.states.declines[reason ?? 'unknown'] ?? words.states.declines.unknown ?? '';
