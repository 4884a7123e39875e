// The kinds of devices that the two participants used: one row for each pass given to a new device. worker/routes/room/room.ts writes it,
// passports.ts reads it.
import type { Side } from '../../workflows/rules/admission.ts';
import { BROWSERS, type CallDevice, DEVICE_KINDS, SYSTEMS } from '../../workflows/rules/call-device.ts';
import { every, number, type Read, text, type Write } from './db.ts';
import type { Which } from './which.ts';
import { newId } from './ids.ts';
import type { PassHolder } from './room-passes.ts';

export const keepsDevice = (holder: PassHolder, device: CallDevice, now: number): Write => ({
  sql: 'INSERT INTO call_device (id, consultation_id, person_id, role, at, browser, system, kind) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)',
  args: [newId(), holder.consultationId, holder.personId, holder.role, now, device.browser, device.system, device.kind],
});

export interface UsedDevice extends CallDevice {
  readonly role: Side;
  readonly at: number;
}

export const callDevicesRead = (which: Which): Read<UsedDevice[]> => ({
  sql: `${which.with} SELECT * FROM call_device WHERE consultation_id = ${which.id} ORDER BY at, id`,
  args: which.args,
  take: every(row => ({
    role: text(row, 'role') === 'doctor' ? 'doctor' : 'patient',
    at: number(row, 'at'),
    browser: BROWSERS.find(browser => browser === row.browser) ?? 'other',
    system: SYSTEMS.find(system => system === row.system) ?? 'other',
    kind: DEVICE_KINDS.find(kind => kind === row.kind) ?? 'computer',
  })),
});
