// The clinic's settings, one row. Every page reads it.
import { both, number, type Read, type Row, text } from './db.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
export const clinicRead = (): Read<ClinicSettings> => ({
  sql: 'SELECT * FROM clinic WHERE id = 1',
  args: [],
  take: rows => {
    const row = rows[0];
    if (!row) throw new Error('The clinic has no settings row: load the demo clinic or insert one.');
    return clinicOf(row);
  },
});

const clinicOf = (row: Row): ClinicSettings => ({
  name: both(row, 'name'),
  legalName: text(row, 'legal_name'),
  licence: text(row, 'licence'),
  address: text(row, 'address'),
  phone: text(row, 'phone'),
  zone: text(row, 'zone'),
  holdMinutes: number(row, 'hold_minutes'),
  leadMinutes: number(row, 'lead_minutes'),
  waitingMinutes: number(row, 'waiting_minutes'),
  joinMinutes: number(row, 'join_minutes'),
  freeHours: number(row, 'free_hours'),
  keptPercent: number(row, 'kept_percent'),
  vatCode: number(row, 'vat_code'),
});
