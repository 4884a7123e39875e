// A call with facts of every kind, written as the room, the doors and the clocks write them. Used by the tests of the passport.
import { callDeviceOf } from '../../workflows/rules/call-device.ts';
import { write } from '../../worker/data/db.ts';
import { enterRoom, leaveRoom } from '../../worker/data/attendance.ts';
import { keepsDevice } from '../../worker/data/call-devices.ts';
import { noteFault, noteMinute, type Quality } from '../../worker/data/call-passport.ts';
import { conclude } from '../../worker/data/conclusions.ts';
import { keepsCheck } from '../../worker/data/device-checks.ts';
import { saysLate } from '../../worker/data/lateness.ts';
import type { Side } from '../../workflows/rules/admission.ts';
import { MAKETOVA, MINUTE } from '../cast.ts';
import { db } from '../data/d1.ts';
import { joins, type Meeting } from './meeting.ts';

const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1';
const COMPUTER = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/138.0.0.0 YaBrowser/25.8.0.0 Safari/537.36';
const FINE: Quality = { loss: 0.004, rttMs: 60, kbpsIn: 900, kbpsOut: 850, kind: 'video' };

/** One of the two participants, in the room's form. */
export const holderOf = (visit: Meeting, role: Side) => ({
  consultationId: visit.id,
  personId: role === 'patient' ? visit.anna.id : MAKETOVA.id,
  role,
});

/**
 * Anna came five minutes early, the doctor announced a delay and was three minutes late, the connection broke for both once and for Anna
 * once; three minutes of figures each. Not ended.
 */
export async function call(visit: Meeting): Promise<void> {
  const at = (minutes: number) => visit.startsAt + minutes * MINUTE;
  const [anna, doctor] = [holderOf(visit, 'patient'), holderOf(visit, 'doctor')];
  const check = { camera: true, microphone: true, speaker: false, network: 'video', details: '{"kbps":4000,"rttMs":40}' } as const;
  await write(db, [
    keepsCheck(visit.id, anna.personId, { ...check, camera: false, network: 'chat', details: '{"kbps":0,"rttMs":0}' }, at(-6)),
    keepsCheck(visit.id, anna.personId, check, at(-5)),
    keepsDevice(anna, callDeviceOf(PHONE), at(-5)),
    keepsDevice(doctor, callDeviceOf(COMPUTER), at(3)),
    saysLate(visit.id, doctor.personId, { minutes: 5, at: at(-1) }),
  ]);
  await joins(anna, at(-5), at(-1));
  await joins(doctor, at(3), at(3));
  for (const minute of [4, 5, 6]) {
    await noteMinute(db, visit.id, anna.personId, minute === 5 ? { ...FINE, loss: 0.12, rttMs: 310, kind: 'audio' } : FINE, at(minute));
    await noteMinute(db, visit.id, doctor.personId, FINE, at(minute));
  }
  const lost = { consultationId: visit.id, kind: 'mediaLost', detail: null };
  await noteFault(db, { ...lost, personId: anna.personId, side: 'patient' }, at(8));
  await noteFault(db, { ...lost, personId: doctor.personId, side: 'clinic' }, at(8) + 4_000);
  await noteFault(db, { ...lost, personId: anna.personId, side: 'patient' }, at(12));
}

/** Anna leaves a minute before the doctor ends it, twenty-five minutes after the start. */
export async function ended(visit: Meeting): Promise<void> {
  const at = (minutes: number) => visit.startsAt + minutes * MINUTE;
  const entered = await enterRoom(db, holderOf(visit, 'patient'), at(24));
  if ('attendanceId' in entered) await leaveRoom(db, visit.id, entered.attendanceId, at(24), at(24));
  const sessionId = '01930000-0000-7000-8000-000000020001';
  await conclude(db, { consultationId: visit.id, personId: MAKETOVA.id, sessionId, outcome: 'tookPlace', version: 1 }, at(25));
}
