// What code and schema both know: the names that triggers raise, and limits that guards share with the rules.
import { LONGEST_VISIT_MS } from '../../workflows/rules/interval.ts';
import { beforeEach, expect, test } from 'vitest';
import { askOne, every, RAISES, text } from '../../worker/data/db.ts';
import { CARD_FILES, CARD_FILES_A_DAY } from '../../workflows/rules/card-files.ts';
import { DOCTOR_LATE_MS, DOCTOR_STAY_MS, PATIENT_WAIT_MS } from '../../workflows/rules/delay.ts';
import { LIMITS } from '../../workflows/rules/limits.ts';
import { d1, db, freshClinic } from './d1.ts';

beforeEach(() => freshClinic());

test('every name that a trigger raises is known at the port, and no other', async () => {
  const triggers = await askOne(db, {
    sql: "SELECT sql FROM sqlite_master WHERE type = 'trigger'",
    args: [],
    take: every(row => text(row, 'sql')),
  });
  const raised = triggers.flatMap(sql => [...sql.matchAll(/RAISE\(ABORT, '(\w+)'\)/g)].map(([, name]) => name));

  expect(new Set(raised)).toEqual(new Set(RAISES));
});

test('the limits of the guards are those of the rules', async () => {
  expect(await d1.prepare('SELECT * FROM limits').first()).toEqual({
    late_ms: DOCTOR_LATE_MS,
    card_files: CARD_FILES,
    card_files_a_day: CARD_FILES_A_DAY,
    visit_ms: LONGEST_VISIT_MS,
    stay_ms: DOCTOR_STAY_MS,
    wait_ms: PATIENT_WAIT_MS,
  });
  const { unpaidHoldsOfDay, unpaidHoldsOfInterval, cancellationsOfWeek, filesOfRoom } = LIMITS;
  expect(await d1.prepare('SELECT * FROM counted_limits').first()).toEqual({
    unpaid_holds_of_day: unpaidHoldsOfDay.count,
    unpaid_holds_of_interval: unpaidHoldsOfInterval.count,
    cancellations_of_week: cancellationsOfWeek.count,
    files_of_room: filesOfRoom.count,
  });
});
