// The clinic's settings that change by a person's word and keep their history: requisites, the address of claims, limits. The one in force is the latest
// whose instant has come. Called by worker/claims/, worker/routes/finance/ and worker/letters-in/.
import {
  type ClaimSettings,
  DEFAULT_SETTINGS,
  SETTING_KEYS,
  type SettingChange,
  type SettingKey,
} from '../../workflows/rules/clinic-setting.ts';
import { AS_ASKER, type Asker, asArgs, ME } from './asker.ts';
import { audited } from './audit.ts';
import { type Database, number, every, type Read, type Row, text, textOrNull, type Write, write } from './db.ts';

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

const SHOWN = 100;

/** The latest entries, for the owner; none for anybody else. */
export const settingHistoryRead = (asker: Asker): Read<SettingChange[]> => ({
  sql: `${AS_ASKER} SELECT h.id, h.key, h.value, h.since, h.at, (SELECT trim(w.given_name || ' ' || w.family_name) FROM person w WHERE w.id = h.person_id) AS by
    FROM clinic_setting h WHERE EXISTS (SELECT 1 FROM role a WHERE a.person_id = ${ME} AND a.role = 'owner') ORDER BY h.id DESC LIMIT ${SHOWN}`,
  args: asArgs(asker),
  take: rows => rows.flatMap(changeOf),
});

function changeOf(row: Row): SettingChange[] {
  const key = SETTING_KEYS.find(one => one === row.key);
  const entry = {
    id: number(row, 'id'),
    value: text(row, 'value'),
    since: number(row, 'since'),
    at: number(row, 'at'),
    by: textOrNull(row, 'by'),
  };
  return key === undefined ? [] : [{ key, ...entry }];
}

export interface Setting {
  readonly key: SettingKey;
  readonly value: string;
}

/** Who enters settings, from which instant, and the latest entry that their form showed. */
export interface SettingsEntry {
  readonly personId: string;
  readonly sessionId: string;
  readonly since: number;
  readonly seen: number;
}

/** Writes all entries or none. False when somebody has entered another one since the form was drawn, or this is not the owner. */
export async function entersSettings(db: Database, settings: readonly Setting[], entry: SettingsEntry, now: number): Promise<boolean> {
  const { personId, sessionId, since, seen } = entry;
  // The rows of this batch are counted too, so each entry knows how many stand before it.
  const writes = settings.flatMap(({ key, value }, i): Write[] => [
    {
      sql: `INSERT INTO clinic_setting (key, value, since, at, person_id) SELECT ?1, ?2, ?3, ?4, ?5
        WHERE (SELECT coalesce(max(o.id), 0) FROM clinic_setting o) = ?6 + ?7
          AND EXISTS (SELECT 1 FROM role a WHERE a.person_id = ?5 AND a.role = 'owner')`,
      args: [key, value, since, now, personId, seen, i],
    },
    audited({ now, personId, sessionId, act: 'clinic.set', kind: 'clinic', id: key, detail: value }, 'changes() > 0'),
  ]);
  const changed = await write(db, writes);
  return changed.every((n, i) => i % 2 === 1 || n === 1);
}
