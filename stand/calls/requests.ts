// The requests of the Calls API as schemas of its contract; unknown fields are refused. Rules that a schema cannot express, such as which
// fields belong together, are in push.ts, pull.ts and tracks.ts.
import { z } from 'zod';
import { invalidParams } from './refusal.ts';

/** The most tracks in one call (developers.cloudflare.com/realtime/sfu/platform/limits). */
const MOST_TRACKS = 64;

const sessionDescription = z.strictObject({ type: z.enum(['offer', 'answer']), sdp: z.string() });

const simulcast = z.strictObject({
  preferredRid: z.string().optional(),
  priorityOrdering: z.enum(['none', 'asciibetical']).optional(),
  ridNotAvailable: z.enum(['none', 'asciibetical']).optional(),
});

const track = z.strictObject({
  location: z.enum(['local', 'remote']).optional(),
  mid: z.string().optional(),
  sessionId: z.string().optional(),
  trackName: z.string().min(1).optional(),
  bidirectionalMediaStream: z.boolean().optional(),
  kind: z.string().optional(),
  simulcast: simulcast.optional(),
});

export const newSession = z.strictObject({ sessionDescription: sessionDescription.optional() });

export const newTracks = z.strictObject({
  sessionDescription: sessionDescription.optional(),
  tracks: z.array(track).optional(),
  autoDiscover: z.boolean().optional(),
});

export const renegotiate = z.strictObject({ sessionDescription });

export const closeTracks = z.strictObject({
  tracks: z.array(z.strictObject({ mid: z.string().min(1) })).min(1),
  force: z.boolean(),
  sessionDescription: sessionDescription.optional(),
});

export const updateTracks = z.strictObject({ tracks: z.array(track).min(1), sessionDescription: sessionDescription.optional() });

export const iceServers = z.strictObject({ ttl: z.int().positive() });

export type Track = z.infer<typeof track>;
export type NewTracks = z.infer<typeof newTracks>;
export type Renegotiate = z.infer<typeof renegotiate>;
export type CloseTracks = z.infer<typeof closeTracks>;
export type UpdateTracks = z.infer<typeof updateTracks>;

export function checkCount(tracks: readonly unknown[]): void {
  if (tracks.length < 1 || tracks.length > MOST_TRACKS) throw invalidParams(`From 1 to ${MOST_TRACKS} tracks are expected.`);
}
