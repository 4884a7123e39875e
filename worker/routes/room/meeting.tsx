// The page of a room for its patient and its doctor. The waiting room and the call are one document; this decides which it shows.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { DoctorRoomPage, EndedPage, RoomPage, RoomRefusedPage } from '../../../views/index.ts';
import type { RoomView } from '../../../views/room/room-view.ts';
import type { Side } from '../../../workflows/rules/admission.ts';
import { idOf } from '../../http/address.ts';
import { delayViewOf } from '../../booking/talon.ts';
import { lastCheckRead, patientsCheckRead } from '../../data/device-checks.ts';
import { editorOf, editorReads } from '../../protocol/editor.ts';
import { fromCardLook } from '../../data/from-card.ts';
import { meetingRead } from '../../data/meetings.ts';
import type { HonoEnv } from '../../world.ts';
import { drawn, seeViewer, stranger } from '../../http/page.tsx';
import { type Entrance, entranceOf, refusalOf, roomPathOf, visitOf } from '../../rooms/entrance.ts';
import { fullNameOf } from '../../../workflows/rules/person.ts';

export const meeting = new Hono<HonoEnv>()
  .get('/consultations/:id/room', requires('signedIn'), c => draw(c, 'patient'))
  .get('/desk/consultations/:id', requires('desk'), c => draw(c, 'doctor'));

async function draw(c: Context<HonoEnv>, side: Side): Promise<Response> {
  const id = idOf(c);
  const seen = await seeViewer(c, asker => ({
    meeting: meetingRead(asker, id),
    lastCheck: lastCheckRead(asker, id),
    patientsCheck: patientsCheckRead(asker, id),
    ...editorReads(asker, id),
    ...(side === 'doctor' ? fromCardLook(asker, id) : {}),
  }));
  const role = seen.data.meeting?.role;
  // The doctor has a separate page with the same room in it.
  if (role === 'doctor' && side === 'patient') return c.redirect(roomPathOf(role, id), 303);
  if (!seen.data.meeting || role !== side) return stranger(c, seen);
  const entrance = entranceOf(seen.data.meeting, seen.clinic, c.var.now);
  const { admission, consultation } = entrance;
  if (admission.kind === 'waiting' || admission.kind === 'open') {
    const { lastCheck, patientsCheck } = seen.data;
    const view = { ...viewOf(entrance, admission, c.var.now), lastCheck, patientsCheck };
    if (side === 'patient') return drawn(c, <RoomPage frame={seen.frame} view={view} />);
    return drawn(c, <DoctorRoomPage frame={seen.frame} view={view} editor={editorOf(seen.data.meeting, seen.data, seen.clinic.zone)} />);
  }
  const { facts } = consultation;
  const { outcome } = facts;
  if (admission.kind === 'over' && outcome !== null)
    return drawn(c, <EndedPage frame={seen.frame} view={{ ...visitOf(entrance), facts, outcome }} />);
  return drawn(c, <RoomRefusedPage frame={seen.frame} {...refusalOf(entrance, admission)} />);
}

const viewOf = (entrance: Entrance, admission: RoomView['admission'], now: number): Omit<RoomView, 'lastCheck' | 'patientsCheck'> => ({
  consultationId: entrance.consultation.id,
  role: entrance.role,
  doctor: entrance.consultation.doctor,
  patientName: fullNameOf(entrance.patient),
  patientBirthDate: entrance.patient.birthDate,
  slot: entrance.consultation.facts,
  admission,
  // A doctor may enter when the waiting room opens.
  opensAt: entrance.role === 'doctor' ? entrance.waitingFrom : entrance.joinFrom,
  startedAt: entrance.consultation.facts.startedAt,
  notAbsent: entrance.notAbsent,
  tookPlace: entrance.tookPlace,
  scheduleVersion: entrance.consultation.scheduleVersion,
  enteredAt: entrance.role === 'doctor' ? entrance.consultation.doctorEnteredAt : entrance.consultation.facts.enteredAt,
  present: entrance.present,
  late: entrance.late,
  delay: delayViewOf(entrance.consultation, now),
});
