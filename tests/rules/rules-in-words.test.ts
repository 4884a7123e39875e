// Figures in words that are figures of a rule: whoever changes the rule is told which sentences say it.
import { expect, test } from 'vitest';
import { wordsOf } from '../../views/words.ts';
import { CARD_FILES_A_DAY } from '../../workflows/rules/card-files.ts';
import { REASON_CHARACTERS, REASON_MS, TREATING_MS } from '../../workflows/rules/card-access.ts';
import { DOCTOR_LATE_MS } from '../../workflows/rules/delay.ts';
import { LIMITS } from '../../workflows/rules/limits.ts';
import { UNSIGNED_DESK_MS } from '../../workflows/rules/protocol.ts';

const HOUR = 3_600_000;

type Said = (words: ReturnType<typeof wordsOf>) => string;

const SAID: readonly (readonly [what: string, figure: number, said: Said])[] = [
  ['minutes until a late doctor’s patient may choose', DOCTOR_LATE_MS / 60_000, w => w.room.live.patient.peerOverdue],
  ['the same for the doctor', DOCTOR_LATE_MS / 60_000, w => w.room.lateHint],
  ['minutes until an absent patient may be recorded', DOCTOR_LATE_MS / 60_000, w => w.room.outcomes.absent.hint],
  ['hours of a card opened with a reason', REASON_MS / HOUR, w => w.card.reasonDo],
  ['days of treating', TREATING_MS / (24 * HOUR), w => w.card.reasonLead('')],
  ['characters of a reason', REASON_CHARACTERS.least, w => w.card.reasonMistake],
  ['hours until the front desk sees an unsigned protocol', UNSIGNED_DESK_MS / HOUR, w => w.protocol.overdueTitle],
  ['files of a day', CARD_FILES_A_DAY, w => w.card.addMistakes.enoughToday],
];

test.each(SAID)('%s: %i', (_, figure, said) => {
  for (const lang of ['ru', 'en'] as const) expect(said(wordsOf(lang))).toMatch(new RegExp(`(?<!\\d)${figure}(?!\\d)`));
});

test('a limit that says a figure says its own', () => {
  for (const lang of ['ru', 'en'] as const)
    for (const [name, sentence] of Object.entries(wordsOf(lang).limits)) {
      const { count, windowMs } = LIMITS[name as keyof typeof LIMITS];
      const own = new Set([count, ...[60_000, HOUR, 24 * HOUR].map(unit => (windowMs ?? 0) / unit)]);
      const figures = [...sentence.matchAll(/\d+/g)].map(([figure]) => Number(figure));
      expect([name, figures.filter(figure => !own.has(figure))]).toEqual([name, []]);
    }
});
