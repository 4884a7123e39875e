// The clinic's settings that change by a person's word and keep their history: requisites, the address of claims, limits. The one in force is the latest
// whose instant has come. Called by worker/claims/, worker/routes/finance/ and worker/letters-in/.
import { type ClaimSettings, DEFAULT_SETTINGS, SETTING_KEYS, type SettingKey } from '../../workflows/rules/clinic-setting.ts';
import { every, type Read, type Row, text } from './db.ts';

/** SQL: the value of a setting that is in force at an instant, or the default. */
export const settingAt = (key: SettingKey, instant: string): string =>
  `coalesce((SELECT s.value FROM clinic_setting s WHERE s.key = '${key}' AND s.since <= ${instant} ORDER BY s.since DESC, s.id DESC LIMIT 1), '${DEFAULT_SETTINGS[key]}')`;

/** All settings in force now, with the defaults for those that nobody has entered. */
export const clinicSettingsRead = (now: number): Read<ClaimSettings> => ({
  sql: `SELECT s.key, s.value FROM clinic_setting s WHERE s.since <= ?1
    AND NOT EXISTS (SELECT 1 FROM clinic_setting l WHERE l.key = s.key AND l.since <= ?1 AND (l.since, l.id) > (s.since, s.id))`,
  args: [now],
  take: rows => settingsOf(every(entryOf)(rows)),
});

type Entry = readonly [key: string, value: string];
const entryOf = (row: Row): Entry => [text(row, 'key'), text(row, 'value')];

/** Unknown keys are those of a later version of the program. A number that is none leaves the default. */
export function settingsOf(entries: readonly Entry[]): ClaimSettings {
  const found = new Map(entries);
  const valueOf = (key: SettingKey): string | number => {
    const [value, otherwise] = [found.get(key), DEFAULT_SETTINGS[key]];
    if (value === undefined) return otherwise;
    if (typeof otherwise === 'string') return value;
    return /^\d+$/.test(value) ? Number(value) : otherwise;
  };
  return Object.fromEntries(SETTING_KEYS.map(key => [key, valueOf(key)])) as unknown as ClaimSettings;
}
