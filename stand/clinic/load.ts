// Loads the demo clinic into the local D1 once; a second run changes nothing. Runs after the migrations, before the edge. Settings that a
// journey shortens come as CLINIC_<NAME> in the environment.
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { namesIn, onlyDatabaseIn, placesIn, storeIn } from '../backup/places.ts';
import { type ClinicOverrides, demoClinic, demoSettings, type Statement } from './clinic.ts';
import { demoProtocols } from './protocols.ts';

const standDir = process.env.STAND_DIR ?? '.stand';
const { database: folder } = placesIn(storeIn(standDir), namesIn(fileURLToPath(new URL('../..', import.meta.url))));
const database = new DatabaseSync(onlyDatabaseIn(folder));
if (isEmpty('clinic')) load(await demoClinic(Date.now(), overrides()));
// A clinic that was loaded before protocols existed.
if (isEmpty('questionnaire')) load(demoProtocols(Date.now()));
// A clinic that was loaded before claims existed.
if (isEmpty('clinic_setting')) load(demoSettings());
database.close();

function isEmpty(table: 'clinic' | 'clinic_setting' | 'questionnaire'): boolean {
  const { n } = database.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number };
  return n === 0;
}

function load(statements: readonly Statement[]): void {
  database.exec('BEGIN');
  for (const { sql, args } of statements) database.prepare(sql).run(...args);
  database.exec('COMMIT');
}

function overrides(): ClinicOverrides {
  const read = (name: string): number | undefined => (process.env[name] === undefined ? undefined : Number(process.env[name]));
  return {
    holdMinutes: read('CLINIC_HOLD_MINUTES'),
    joinMinutes: read('CLINIC_JOIN_MINUTES'),
    waitingMinutes: read('CLINIC_WAITING_MINUTES'),
    leadMinutes: read('CLINIC_LEAD_MINUTES'),
  };
}
