// What a browser and its Room say to each other over the socket: two closed unions. The room parses every message; the browser takes these
// types. Instants are ms, loss is 0 to 1.
import { z } from 'zod';
import type { Side } from '../../workflows/rules/admission.ts';
import type { Lateness } from '../../workflows/rules/delay.ts';
import type { Outcome } from '../../workflows/rules/status.ts';
import type { Seat } from '../../workflows/rules/roster.ts';
import type { FileType } from '../../workflows/rules/file-type.ts';

const MESSAGE_BYTES = 8 * 1024;
export const MESSAGES_A_SECOND = 20;
/** What may come at once after a silence: a few seconds' worth. */
export const MESSAGES_AT_ONCE = 100;
const CHAT_CHARACTERS = 2000;
/** A line of spaces and control characters alone says nothing. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}]/u;

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

const name = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\w.:-]+$/);
const track = z.object({ sessionId: name, trackName: name });

/** What kinds of faults a browser may report; a closed list, so that no text of a person gets in. */
const FAULT_KINDS = [
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

const schema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello') }),
  z.object({
    type: z.literal('state'),
    /** In the call, with or without a camera and a microphone; in the waiting room nothing is told. A page from before a deploy does not say. */
    inCall: z.boolean().default(true),
    mic: z.boolean(),
    cam: z.boolean(),
    screen: z.boolean(),
    tracks: z.object({ mic: track.optional(), cam: track.optional(), screen: track.optional() }),
  }),
  z.object({ type: z.literal('chat'), clientId: z.uuid(), text: z.string().trim().max(CHAT_CHARACTERS).regex(VISIBLE) }),
  z.object({ type: z.literal('seen'), seq: z.int().nonnegative() }),
  z.object({
    type: z.literal('quality'),
    loss: z.number().min(0).max(1),
    rtt: z.number().min(0).max(60_000),
    kbpsIn: z.number().min(0).max(1_000_000),
    kbpsOut: z.number().min(0).max(1_000_000),
    kind: z.enum(['video', 'audio', 'none']),
  }),
  z.object({ type: z.literal('fault'), kind: z.enum(FAULT_KINDS) }),
  z.object({ type: z.literal('callIn') }),
  z.object({ type: z.literal('leave') }),
]);

export type FromBrowser = z.infer<typeof schema>;
export type SeatState = Omit<Extract<FromBrowser, { type: 'state' }>, 'type'>;

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

export type Parsed =
  | { readonly kind: 'message'; readonly message: FromBrowser }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'garbage' };

/** A raw frame as a message; what is too large is not looked into. */
export function parseMessage(raw: string | ArrayBuffer): Parsed {
  if (typeof raw !== 'string' || raw.length > MESSAGE_BYTES || new TextEncoder().encode(raw).length > MESSAGE_BYTES)
    return { kind: 'tooLarge' };
  try {
    const parsed = schema.safeParse(JSON.parse(raw));
    return parsed.success ? { kind: 'message', message: parsed.data } : { kind: 'garbage' };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'garbage' };
    throw error;
  }
}
