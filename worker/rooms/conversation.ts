// Handles each message of a browser. It does not know sockets: worker/rooms/room.ts passes a Floor for the speaker.
import { assertNever } from '../../workflows/rules/assert-never.ts';
import type { Side } from '../../workflows/rules/admission.ts';
import { noteFault, noteMinute } from '../data/call-passport.ts';
import { ask, type Database } from '../data/db.ts';
import { latenessRead } from '../data/lateness.ts';
import { roomFilesRead } from '../data/room-files.ts';
import type { RoomMemory } from '../data/room-memory.ts';
import type { FromBrowser, FromRoom } from '../../workflows/rules/room-messages.ts';
import { changed, read, rosterOf, type Seat } from '../../workflows/rules/roster.ts';

/** Who sends through a socket, as the edge checked it when the socket was opened. */
export interface Speaker {
  readonly consultationId: string;
  readonly personId: string;
  readonly role: Side;
  readonly passHash: string;
}

export interface Floor {
  readonly db: Database;
  readonly now: number;
  readonly memory: RoomMemory;
  readonly speaker: Speaker;
  /** False when this speaker has reported quality in the last 9 s (pace.ts). */
  readonly mayReport: () => boolean;
  /** False when this side has asked for the whole room too often. */
  readonly mayGreet: () => boolean;
  readonly answer: (message: FromRoom) => void;
  readonly tellAll: (message: FromRoom) => void;
  /** Records that the speaker is in the call. */
  readonly join: () => Promise<void>;
  readonly leave: () => Promise<void>;
}

export async function hear(floor: Floor, message: FromBrowser): Promise<void> {
  const { memory, speaker, now, answer, tellAll } = floor;
  switch (message.type) {
    case 'hello':
      // The browser that greets too often knows the room already: every change is sent to it.
      return floor.mayGreet() ? await welcome(floor) : answer({ type: 'refused', why: 'tooOften' });
    case 'state': {
      const { type: _, ...state } = message;
      const own = new Set(memory.sessions().flatMap(s => (s.role === speaker.role ? [s.id] : [])));
      const isForeign = Object.values(state.tracks).some(track => track !== undefined && !own.has(track.sessionId));
      if (isForeign) return answer({ type: 'refused', why: 'foreignTrack' });
      reseat(floor, seat => changed(seat, state, now));
      return state.inCall ? await floor.join() : undefined;
    }
    case 'chat': {
      const line = memory.say(speaker.role, message.clientId, message.text, now);
      return line ? tellAll({ type: 'chat', line }) : answer({ type: 'refused', why: 'full', clientId: message.clientId });
    }
    case 'seen':
      return reseat(floor, seat => read(seat, Math.min(message.seq, memory.lastSeq())));
    case 'quality': {
      const { loss, rtt, kbpsIn, kbpsOut, kind } = message;
      if (!floor.mayReport()) return;
      const figures = { loss, rttMs: Math.round(rtt), kbpsIn: Math.round(kbpsIn), kbpsOut: Math.round(kbpsOut), kind };
      return await noteMinute(floor.db, speaker.consultationId, speaker.personId, figures, now);
    }
    case 'fault': {
      const side = speaker.role === 'doctor' ? 'clinic' : 'patient';
      return await noteFault(floor.db, { ...speaker, side, kind: message.kind, detail: null }, now);
    }
    case 'callIn':
      if (speaker.role !== 'doctor') return answer({ type: 'refused', why: 'notYours' });
      memory.setWord('calledAt', String(now));
      return tellAll({ type: 'called', at: now });
    case 'leave':
      return await floor.leave();
    default:
      return assertNever(message);
  }
}

/** Everything that the room knows; a browser requests it after each connect. */
async function welcome({ db, now, memory, speaker, answer }: Floor): Promise<void> {
  const { consultationId } = speaker;
  const { files, late } = await ask(db, { files: roomFilesRead(consultationId), late: latenessRead(consultationId) });
  const calledAt = memory.word('calledAt');
  answer({
    type: 'welcome',
    you: speaker.role,
    now,
    roster: rosterOf(memory.seats().map(taken => taken.seat)),
    chat: memory.chat(),
    files,
    late,
    calledAt: calledAt === null ? null : Number(calledAt),
  });
}

function reseat({ memory, speaker, tellAll }: Floor, change: (seat: Seat) => Seat): void {
  const taken = memory.taken(speaker.role);
  if (!taken) return;
  memory.keepSeat(change(taken.seat), taken.attendanceId);
  tellAll({ type: 'roster', roster: rosterOf(memory.seats().map(({ seat }) => seat)) });
}
