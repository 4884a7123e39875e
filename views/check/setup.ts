// What the island of a check is told by the page; a room's page tells it together with the rest (room/setup.ts).
import type { Frame } from '../model.ts';
import type { CheckWords } from '../words/check.ru.ts';
import { wordsOf } from '../words.ts';

export interface CheckSetup {
  /** With which the result is kept; null when it is kept nowhere. */
  readonly consultationId: string | null;
  readonly words: CheckWords['live'];
}

export const checkSetupOf = (frame: Frame, consultationId: string | null): CheckSetup => ({
  consultationId,
  words: wordsOf(frame.lang).check.live,
});
