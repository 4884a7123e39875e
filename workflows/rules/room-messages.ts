// What a browser and its Room say to each other over the socket: two closed unions, and why the room closes a socket. The room parses every
// message (worker/rooms/messages.ts); the browser imports these types. Instants are ms, loss is 0 to 1.
import type { Side } from './admission.ts';
import type { Lateness } from './delay.ts';
import type { FileType } from './file.ts';
import type { Seat } from './roster.ts';
import type { Outcome } from './status.ts';

/** Why the room closed a socket. A browser comes back by itself after any other code. */
export const CLOSE = {
  /** The same person came with another device. Not to be reopened by itself. */
  replaced: 4001,
  /** The consultation is over, or moved to another time. Not to be reopened. */
  ended: 4002,
  /** The session that came in has ended. The browser comes back, and is asked to sign in when it has no other one. */
  signedOut: 4003,
  /** More than 20 messages a second for seconds on end. */
  flood: 4008,
  /** A message over 8 KB, or not text. */
  tooLarge: 4009,
} as const;

/** What kinds of faults a browser may report; a closed list, so that no text of a person gets in. */
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

/** What a browser says of its own side. `tracks` are what it publishes at the call server. */
export interface SeatState {
  /** In the call, with or without a camera and a microphone; false in the waiting room. */
  readonly inCall: boolean;
  readonly mic: boolean;
  readonly cam: boolean;
  readonly screen: boolean;
  readonly tracks: { readonly mic?: Track | undefined; readonly cam?: Track | undefined; readonly screen?: Track | undefined };
}

export type FromBrowser =
  | { readonly type: 'hello' }
  | ({ readonly type: 'state' } & SeatState)
  /** `clientId` is a UUID of the browser's own: a repeated message is the same line. */
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
  /** Grows by one in a room; `seen` refers to it. */
  readonly seq: number;
  /** The sender's own id of the message: a repeated one is the same line. */
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

export type Refusal = 'garbage' | 'notYours' | 'foreignTrack' | 'full';

export type FromRoom =
  | {
      readonly type: 'welcome';
      /** Who the reader is: the participant's name in the roster. */
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
  /** What is offered to the patient of a late doctor has changed; the page asks the server what it is now. */
  | { readonly type: 'delay' }
  | { readonly type: 'ended'; readonly outcome: Outcome | null }
  /** To another time: the room is left, the page asks the server what comes next. */
  | { readonly type: 'moved' }
  | { readonly type: 'replaced' }
  | { readonly type: 'refused'; readonly why: Refusal; readonly clientId?: string };
