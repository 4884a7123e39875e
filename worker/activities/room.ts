// The activities about the room: note a missing participant, close the room. Called by worker/routes/machines/activities.ts.
import { ask } from '../data/db.ts';
import { noteMissing } from '../data/call-passport.ts';
import { consultationRead } from '../data/consultations.ts';
import type { Bindings } from '../world.ts';
import type { Ports } from '../money/payments.ts';
import { closeForGood } from '../rooms/closing.ts';
import { roomOf } from '../rooms/entrance.ts';
import type { About, Activities } from '../../workflows/activities.ts';
import { UnknownConsultation } from './standing.ts';

type Scheduled = Parameters<Activities['noteDoctorLate']>[0];
type Noted = Awaited<ReturnType<Activities['noteDoctorLate']>>;

/** The patient who waits in the room is shown the current offer at once. */
export async function noteDoctorLate(ports: Ports, rooms: Bindings['ROOM'], of: Scheduled): Promise<Noted> {
  const answer = await noted(ports, of, { kind: 'doctorLate', role: 'doctor' });
  if (answer.kind === 'noted') await roomOf(rooms, of.consultationId).announce({ type: 'delay' });
  return answer;
}

export const notePatientAbsent = (ports: Ports, of: Scheduled): Promise<Noted> =>
  noted(ports, of, { kind: 'patientAbsent', role: 'patient' });

async function noted(ports: Ports, of: Scheduled, who: Parameters<typeof noteMissing>[2]): Promise<Noted> {
  const isNoted = await noteMissing(ports.db, of.consultationId, who, of.scheduleVersion, ports.now);
  return { kind: isNoted ? 'noted' : 'untrue' };
}

export async function closeRoom(ports: Ports, rooms: Bindings['ROOM'], { consultationId }: About): Promise<{ kind: 'closed' }> {
  const { consultation } = await ask(ports.db, { consultation: consultationRead(consultationId) });
  if (!consultation) throw new UnknownConsultation(consultationId);
  await closeForGood(rooms, ports.world.video, consultationId, consultation.facts.outcome);
  return { kind: 'closed' };
}
