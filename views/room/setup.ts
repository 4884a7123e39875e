// The data that the page passes to the room's script: who, when, and sentences in the reader's language. It is JSON in the page.
import type { Side } from '../../workflows/rules/admission.ts';
import type { CheckSetup } from '../check/setup.ts';
import { doctorName } from '../parts/person.tsx';
import type { Frame } from '../model.ts';
import type { RoomView } from './room-view.ts';
import type { RoomWords } from '../words/room.ru.ts';
import { wordsOf } from '../words.ts';

type LiveWords = RoomWords['live']['both'] & RoomWords['live']['patient'] & CheckSetup['words'];

export interface RoomSetup extends CheckSetup {
  readonly consultationId: string;
  readonly role: Side;
  readonly zone: string;
  readonly startsAt: number;
  readonly opensAt: number;
  readonly startedAt: number | null;
  readonly enteredAt: number | null;
  readonly present: readonly Side[];
  readonly late: RoomView['late'];
  /** The server's clock when the page was drawn. */
  readonly now: number;
  /** «40 минут», in the grammatical form after «из». */
  readonly total: string;
  readonly peerName: string;
  readonly words: LiveWords;
}

export function setupOf(frame: Frame, view: RoomView): RoomSetup {
  const { room, check } = wordsOf(frame.lang);
  const { consultationId, role, slot, opensAt, startedAt, enteredAt, present, late } = view;
  return {
    consultationId,
    role,
    zone: frame.clinic.zone,
    startsAt: slot.startsAt,
    opensAt,
    startedAt,
    enteredAt,
    present,
    late,
    now: frame.now,
    total: room.outOf(Math.round((slot.endsAt - slot.startsAt) / 60_000)),
    peerName: role === 'patient' ? doctorName(view.doctor, frame.lang) : view.patientName,
    words: { ...check.live, ...room.live.both, ...room.live[role] },
  };
}
