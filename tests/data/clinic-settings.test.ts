// Settings that change by a person's word: the one in force is the latest whose instant has come, and none is ever changed or lost.
import { beforeEach, expect, test } from 'vitest';
import { clinicSettingsRead } from '../../worker/data/clinic-settings.ts';
import { askOne } from '../../worker/data/db.ts';
import { DEFAULT_SETTINGS } from '../../workflows/rules/clinic-setting.ts';
import { DAY, NOON } from '../cast.ts';
import { d1, db, freshClinic } from './d1.ts';

beforeEach(() => freshClinic());

const says = (key: string, value: string, since: number) =>
  d1.prepare('INSERT INTO clinic_setting (key, value, since, at) VALUES (?, ?, ?, ?)').bind(key, value, since, NOON).run();
const at = (now: number) => askOne(db, clinicSettingsRead(now));

test('the demo clinic has all its settings', async () => {
  expect(await at(NOON)).toEqual(DEFAULT_SETTINGS);
});

test('a clinic that has entered none has the defaults', async () => {
  expect(await at(0)).toEqual(DEFAULT_SETTINGS);
});

test('a setting with a day ahead is in force from that day, the others stay', async () => {
  await says('claimSecondAboveMinor', '500000', NOON + DAY);

  expect([(await at(NOON)).claimSecondAboveMinor, (await at(NOON + DAY)).claimSecondAboveMinor]).toEqual([1_000_000, 500_000]);
  expect((await at(NOON + DAY)).inn).toBe(DEFAULT_SETTINGS.inn);
});

test('of two from the same instant the later entry is in force', async () => {
  await says('head', 'Первый', NOON);
  await says('head', 'Второй', NOON);

  expect((await at(NOON)).head).toBe('Второй');
});

test('what is no number leaves the default, and a key of a later version is passed over', async () => {
  await says('claimTogetherMinutes', 'пять', NOON);
  await says('somethingNew', '1', NOON);

  expect(await at(NOON)).toEqual(DEFAULT_SETTINGS);
});
