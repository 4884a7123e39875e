// Parses the messages of a browser and limits their size and rate. The unions are in workflows/rules/room-messages.ts. Called by room.ts
// and pace.ts.
import { z } from 'zod';
import { jsonIn } from '../../workflows/rules/text.ts';
import { FAULT_KINDS, type FromBrowser } from '../../workflows/rules/room-messages.ts';

const MESSAGE_BYTES = 8 * 1024;
export const MESSAGES_A_SECOND = 20;
/** Messages that may come at once after a pause: 5 seconds' worth. */
export const MESSAGES_AT_ONCE = 100;
const CHAT_CHARACTERS = 2000;
/** A chat line must have a visible character, not only spaces and control characters. */
const VISIBLE = /[^\s\p{Cc}\p{Cf}]/u;

const name = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[\w.:-]+$/);
const track = z.object({ sessionId: name, trackName: name });

const schema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello') }),
  z.object({
    type: z.literal('state'),
    /** In the call, with or without camera and microphone. A page loaded before a deploy does not send it, and then it counts as true. */
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
]) satisfies z.ZodType<FromBrowser>;

export type Parsed =
  | { readonly kind: 'message'; readonly message: FromBrowser }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'garbage' };

/** Parses a raw frame; one that is too large is not parsed. */
export function parseMessage(raw: string | ArrayBuffer): Parsed {
  if (typeof raw !== 'string' || raw.length > MESSAGE_BYTES || new TextEncoder().encode(raw).length > MESSAGE_BYTES)
    return { kind: 'tooLarge' };
  const parsed = schema.safeParse(jsonIn(raw));
  return parsed.success ? { kind: 'message', message: parsed.data } : { kind: 'garbage' };
}
