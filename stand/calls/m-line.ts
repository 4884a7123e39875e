// One m-line of a session's SDP and the track that it carries, published by the browser or subscribed to. negotiation.ts keeps the list of
// them, which is the only state from which descriptions are written.
import type { Codec, Kind } from './codecs.ts';
import type { Publication } from './publication.ts';
import type { Subscription } from './subscription.ts';

export interface MLine {
  readonly kind: Kind;
  readonly mid: string;
  /** From the SFU's point of view. */
  readonly role: 'receives' | 'sends';
  /** An inactive line can become live again; a rejected one can only be reused under another mid. */
  state: 'live' | 'inactive' | 'rejected';
  /** False when it was only in an offer without an answer: the browser may or may not have it. */
  isConfirmed: boolean;
  codec: Codec;
  readonly extensions: ReadonlyMap<string, number>;
  /** Written again when the line is rejected. */
  offeredPayloadTypes: readonly number[];
  /** The source that the browser announced, on a line that receives. */
  ssrc?: number;
  repairSsrc?: number;
  publication?: Publication;
  subscription?: Subscription;
}

export function isCarrying({ state, publication, subscription }: MLine): boolean {
  return state !== 'rejected' && (publication?.isOpen === true || subscription?.isOpen === true);
}

/** Stops the track of the line; the line itself stays in the SDP. */
export function stopLine(line: MLine): void {
  line.publication?.close();
  line.subscription?.close();
  if (line.state === 'live') line.state = 'inactive';
}
