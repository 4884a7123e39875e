// The data that the page passes to the check's script; a room's page passes it together with its own data (room/setup.ts).
import type { Frame } from '../model.ts';
import type { CheckWords } from '../words/check.ru.ts';
import { wordsOf } from '../words.ts';

export interface CheckSetup {
  /** The consultation that stores the result; null when it is not stored. */
  readonly consultationId: string | null;
  readonly words: CheckWords['live'];
}

export const checkSetupOf = (frame: Frame, consultationId: string | null): CheckSetup => ({
  consultationId,
  words: wordsOf(frame.lang).check.live,
});
