// Network faults between browsers and this SFU, which stand/faults.ts does not cover: a share of media packets lost, or every packet for
// some time. desk.ts switches them; transport.ts checks them for each packet.
import { z } from 'zod';

const number = (min: number, max: number) => z.preprocess(blank, z.coerce.number().min(min).max(max));
const session = z.preprocess(blank, z.string().optional());
const request = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('loss'), share: number(0, 1), session }),
  z.strictObject({ kind: z.literal('blackhole'), ms: number(0, 600_000), session }),
]);

export type NetworkFault =
  /** Loses RTP and RTCP in both directions; connectivity checks and handshakes pass. */
  | { readonly kind: 'loss'; readonly share: number; readonly session?: string }
  /** Loses everything in both directions. */
  | { readonly kind: 'blackhole'; readonly until: number; readonly session?: string };

export interface Network {
  current(): readonly NetworkFault[];
  /** Switches the fault of an unparsed request. Returns a sentence when the request is invalid. */
  put(asked: unknown): string | undefined;
  clear(): void;
  /** Whether this packet of this session is lost. */
  loses(session: string, isMedia: boolean): boolean;
}

/** Whether a request is for a network fault and not for a fault of the API. */
export const isNetworkFault = (asked: unknown) => z.looseObject({ kind: z.enum(['loss', 'blackhole']) }).safeParse(asked).success;

export function createNetwork(now: () => number, exists: (session: string) => boolean): Network {
  let faults: NetworkFault[] = [];
  return {
    current: () => (faults = faults.filter(fault => fault.kind === 'loss' || fault.until > now())),
    put(body) {
      const asked = request.safeParse(body);
      if (!asked.success) return `Не понимаю, какой сбой включить: ${z.prettifyError(asked.error)}`;
      const { data } = asked;
      if (data.session !== undefined && !exists(data.session)) return 'Такого сеанса нет.';
      const fault: NetworkFault = data.kind === 'loss' ? data : { kind: 'blackhole', until: now() + data.ms, session: data.session };
      const others = faults.filter(({ kind, session: whose }) => kind !== fault.kind || whose !== fault.session);
      faults = fault.kind === 'loss' && fault.share === 0 ? others : [...others, fault];
    },
    clear() {
      faults = [];
    },
    loses: (id, isMedia) => faults.some(fault => (fault.session ?? id) === id && strikes(fault, isMedia, now)),
  };
}

function strikes(fault: NetworkFault, isMedia: boolean, now: () => number): boolean {
  return fault.kind === 'blackhole' ? now() < fault.until : isMedia && Math.random() < fault.share;
}

function blank(value: unknown): unknown {
  return value === '' ? undefined : value;
}
