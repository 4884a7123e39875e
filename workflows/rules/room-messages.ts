// Messages between a browser and its Room over the WebSocket: two closed unions, and the codes with which the room closes a socket. The
// room parses every message (worker/rooms/messages.ts); the browser imports these types. Instants are ms, loss is 0 to 1.
import type { Side } from './admission.ts';
import type { Lateness } from './delay.ts';
import type { FileType } from './file.ts';
import type { Seat } from './roster.ts';
import type { Outcome } from './status.ts';

/** The subprotocol of the room's socket, and the beginning of the one that carries the pass. */
export const ROOM_PROTOCOL = 'room';
export const PASS_PROTOCOL = 'pass.';

/** Why the room closed a socket. After any other code the browser reconnects by itself. */
export const CLOSE = {
  /** The same person came with another device. Do not reconnect. */
  replaced: 4001,
  /** The consultation is over or was moved to another time. Do not reconnect. */
  ended: 4002,
  /** The session of this socket has ended. The browser reconnects, and asks the person to sign in if there is no other session. */
  signedOut: 4003,
  /** More than 20 messages a second for several seconds. */
  flood: 4008,
  /** A message over 8 KB, or not text. */
  tooLarge: 4009,
} as const;

/** Kinds of faults that a browser may report. The list is closed so that no free text enters the passport. */
export const FAULT_KINDS = [
  'cameraRefused',
  'microphoneRefused',
  'cameraMissing',
  'microphoneMissing',
  'cameraBusy',
  'mediaLost',
  'noRemoteMedia',
  'videoOff',
  'callsRefused',
] as const;

interface Track {
  readonly sessionId: string;
  readonly trackName: string;
}

/** The state of one side as its browser reports it. `tracks` are what it publishes at the call server. */
export interface SeatState {
  /** In the call, with or without camera and microphone; false in the waiting room. */
  readonly inCall: boolean;
  readonly mic: boolean;
  readonly cam: boolean;
  readonly screen: boolean;
  readonly tracks: { readonly mic?: Track | undefined; readonly cam?: Track | undefined; readonly screen?: Track | undefined };
}

export type FromBrowser =
  | { readonly type: 'hello' }
  | ({ readonly type: 'state' } & SeatState)
  /** `clientId` is a UUID made by the browser; a repeated message with the same one is the same line. */
  | { readonly type: 'chat'; readonly clientId: string; readonly text: string }
  | { readonly type: 'seen'; readonly seq: number }
  | {
      readonly type: 'quality';
      readonly loss: number;
      /** Round trip, ms. */
      readonly rtt: number;
      readonly kbpsIn: number;
      readonly kbpsOut: number;
      readonly kind: 'video' | 'audio' | 'none';
    }
  | { readonly type: 'fault'; readonly kind: (typeof FAULT_KINDS)[number] }
  | { readonly type: 'callIn' }
  | { readonly type: 'leave' };

export interface ChatLine {
  /** Increases by one for each line of a room; `seen` refers to it. */
  readonly seq: number;
  /** The sender's id of the message; a repeated message is the same line. */
  readonly clientId: string;
  readonly from: Side;
  readonly text: string;
  readonly at: number;
}

export interface RoomFile {
  readonly id: string;
  readonly from: Side;
  readonly name: string;
  readonly type: FileType;
  readonly bytes: number;
  readonly at: number;
}

export type Refusal = 'garbage' | 'notYours' | 'foreignTrack' | 'full' | 'tooOften';

export type FromRoom =
  | {
      readonly type: 'welcome';
      /** The receiver's own name in the roster. */
      readonly you: Side;
      readonly now: number;
      readonly roster: readonly Seat[];
      readonly chat: readonly ChatLine[];
      readonly files: readonly RoomFile[];
      readonly late: Lateness | null;
      readonly calledAt: number | null;
    }
  | { readonly type: 'roster'; readonly roster: readonly Seat[] }
  | { readonly type: 'chat'; readonly line: ChatLine }
  | { readonly type: 'file'; readonly file: RoomFile }
  | { readonly type: 'late'; readonly late: Lateness }
  | { readonly type: 'called'; readonly at: number }
  /** The offer to the patient of a late doctor has changed; the page loads the new one from the server. */
  | { readonly type: 'delay' }
  | { readonly type: 'ended'; readonly outcome: Outcome | null }
  /** The visit was moved: the browser leaves the room and loads the next page from the server. */
  | { readonly type: 'moved' }
  | { readonly type: 'replaced' }
  | { readonly type: 'refused'; readonly why: Refusal; readonly clientId?: string };
