// Who may enter a room now, by session or by pass, and what a page shows at the entrance. Called by the room routes and the desk; the facts
// come from D1.
import type { Context } from 'hono';
import type { VisitView } from '../../views/room/room-view.ts';
import { type Admission, doorOf, mayEnter, type NotAbsent, type Side, whyNotAbsent } from '../../workflows/rules/admission.ts';
import { idOf } from '../http/address.ts';
import { sha256 } from '../auth/seal.ts';
import { ask, type Database } from '../data/db.ts';
import { clinicRead } from '../data/clinic.ts';
import { type Meeting, meetingRead } from '../data/meetings.ts';
import { passRead, type RoomPass } from '../data/room-passes.ts';
import { passConsultationRead } from '../data/consultations.ts';
import type { Bindings, HonoEnv } from '../world.ts';
import { seeViewer } from '../http/page.tsx';
import type { Room } from './room.ts';
import { isUpcoming } from '../../workflows/rules/status.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
import { fullNameOf } from '../../workflows/rules/person.ts';

export const roomOf = (rooms: Bindings['ROOM'], consultationId: string): DurableObjectStub<Room> =>
  rooms.get(rooms.idFromName(consultationId));

/** What the page of a room is drawn from; built from meetingRead. Instants are ms. */
export interface Entrance extends Meeting {
  readonly admission: Admission;
  readonly notAbsent: NotAbsent | null;
  /** It can be recorded as having taken place. */
  readonly tookPlace: boolean;
  readonly waitingFrom: number;
  readonly joinFrom: number;
  /** IANA time zones of both; the patient's is null when the browser never sent it. */
  readonly clinicZone: string;
  readonly patientZone: string | null;
}

export const entranceOf = (meeting: Meeting, clinic: ClinicSettings, now: number): Entrance => ({
  ...meeting,
  admission: mayEnter(meeting.consultation.facts, meeting.role, now, clinic),
  notAbsent: notAbsentOf(meeting, now),
  tookPlace: meeting.consultation.facts.startedAt !== null || meeting.consultation.isConfirmed,
  ...doorOf(meeting.consultation.facts.startsAt, clinic),
  clinicZone: clinic.zone,
  patientZone: meeting.consultation.zone,
});

/** What may still change while the room is open is left to the answer of the form, so that a page drawn early does not refuse it for ever. */
function notAbsentOf({ consultation, patientCame, doctorStayed }: Meeting, now: number): NotAbsent | null {
  const { facts, isConfirmed } = consultation;
  if (isConfirmed) return 'patientWaited';
  return whyNotAbsent(facts, patientCame) ?? (!doctorStayed && !isUpcoming(facts, now) ? 'notThere' : null);
}

/** For pages that belong to the room. */
export const visitOf = ({ consultation, role, patient }: Entrance): VisitView => ({
  consultationId: consultation.id,
  role,
  doctor: consultation.doctor,
  patientName: fullNameOf(patient),
  startsAt: consultation.facts.startsAt,
});

/** Why the room cannot be entered, for the page that says so. */
export const refusalOf = (entrance: Entrance, admission: Extract<Admission, { kind: 'early' | 'over' }>) => ({
  visit: visitOf(entrance),
  notAbsent: entrance.notAbsent,
  tookPlace: entrance.tookPlace,
  scheduleVersion: entrance.consultation.scheduleVersion,
  admission,
  isDoctorLate: entrance.consultation.cancelReason === 'doctorLate',
});

type Arrival =
  | { readonly kind: 'seen'; readonly entrance: Entrance; readonly sessionId: string; readonly clinic: ClinicSettings }
  | { readonly kind: 'refused'; readonly answer: Response };

/** The consultation in the address for one of its two participants; for anybody else the answer 404. */
export async function seeMeeting(c: Context<HonoEnv>): Promise<Arrival> {
  const seen = await seeViewer(c, asker => ({ meeting: meetingRead(asker, idOf(c)) }));
  const { meeting } = seen.data;
  if (!meeting) return { kind: 'refused', answer: c.json({ kind: 'unknown' }, 404) };
  const { clinic, viewer } = seen;
  return { kind: 'seen', entrance: entranceOf(meeting, clinic, c.var.now), sessionId: viewer.sessionId, clinic };
}

export type PassCheck =
  | { readonly kind: 'live'; readonly pass: RoomPass; readonly admission: Admission }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'replaced' };

/** Whether a pass is valid, and whether its holder may enter now. One round trip. */
export async function checkPass(db: Database, token: string | undefined, now: number): Promise<PassCheck> {
  if (!token || token.length > 100) return { kind: 'unknown' };
  const hash = await sha256(token);
  const { pass, consultation, clinic } = await ask(db, {
    pass: passRead(hash, now),
    consultation: passConsultationRead(hash),
    clinic: clinicRead(),
  });
  if (!pass || !consultation) return { kind: 'unknown' };
  if (pass.replacedAt !== null) return { kind: 'replaced' };
  if (pass.expiresAt <= now) return { kind: 'expired' };
  return { kind: 'live', pass, admission: mayEnter(consultation.facts, pass.role, now, clinic) };
}

/** The waiting room has presence and chat, so its socket is opened like the room's; media needs `open`. */
export const mayBePresent = (admission: Admission): boolean => admission.kind === 'open' || admission.kind === 'waiting';

/** A connection may be checked from the booking, even unpaid, until the visit is over. */
export const mayCheck = (admission: Admission): boolean => admission.kind !== 'over' || admission.why === 'notPaid';

/** The address of the room for this side; the doctor has a page of their own. */
export const roomPathOf = (side: Side, id: string): string =>
  side === 'doctor' ? `/desk/consultations/${id}` : `/consultations/${id}/room`;
