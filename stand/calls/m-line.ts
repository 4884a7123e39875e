// One m-line of a session's SDP and what it carries: a track that the browser publishes or one that it subscribes to. The list of them,
// kept by negotiation.ts, is all the state that descriptions are written from.
import type { Codec, Kind } from './codecs.ts';
import type { Publication } from './publication.ts';
import type { Subscription } from './subscription.ts';

export interface MLine {
  readonly kind: Kind;
  readonly mid: string;
  /** Seen from the SFU. */
  readonly role: 'receives' | 'sends';
  /** An inactive line may live again, a rejected slot is only good for another mid. */
  state: 'live' | 'inactive' | 'rejected';
  /** False when it was in an offer that nobody answered: the browser may know it or not. */
  isConfirmed: boolean;
  codec: Codec;
  readonly extensions: ReadonlyMap<string, number>;
  /** Repeated when the line is rejected. */
  offeredPayloadTypes: readonly number[];
  /** What the browser said it sends, on a line that receives. */
  ssrc?: number;
  repairSsrc?: number;
  publication?: Publication;
  subscription?: Subscription;
}

export function isCarrying({ state, publication, subscription }: MLine): boolean {
  return state !== 'rejected' && (publication?.isOpen === true || subscription?.isOpen === true);
}

/** Ends what the line carries; the line itself stays in the SDP. */
export function stopLine(line: MLine): void {
  line.publication?.close();
  line.subscription?.close();
  if (line.state === 'live') line.state = 'inactive';
}
