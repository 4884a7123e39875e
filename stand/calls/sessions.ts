// All sessions of the stand by id, with their shared clock and limits. api.ts opens and finds them, desk.ts lists and ends them.
import { Refusal, sessionIsGone } from './refusal.ts';
import { type Loses, Session } from './session.ts';
import { Transport } from './transport.ts';

/** Calls per second to one session (developers.cloudflare.com/realtime/sfu/platform/limits). */
const MOST_CALLS = 50;

export interface Sessions {
  readonly now: () => number;
  all(): readonly Session[];
  open(): Promise<Session>;
  /** Throws a Refusal when there is no such session. */
  find(id: string): Session;
  look(id: string): Session | undefined;
  /** Counts a call to the session. Throws a Refusal when there are too many. */
  count(id: string): void;
  tick(): void;
  /** Closes every session; nobody opens another. */
  end(): void;
  /** Resolves when the sockets of all closed sessions are closed. */
  ended(): Promise<void>;
}

export function createSessions(hostIp: string, now: () => number, loses: Loses): Sessions {
  const sessions = new Map<string, Session>();
  const calls = new Map<string, number[]>();
  const closing = new Set<Promise<void>>();
  let isEnding = false;
  const forget = ({ id }: Session, closed: Promise<void>) => {
    sessions.delete(id);
    calls.delete(id);
    closing.add(closed);
    void closed.then(() => closing.delete(closed));
  };
  const look = (id: string) => sessions.get(id);
  return {
    now,
    all: () => [...sessions.values()],
    async open() {
      const transport = await Transport.open(hostIp);
      if (isEnding) {
        await transport.close();
        throw sessionIsGone();
      }
      const session = new Session(transport, now, loses, forget);
      sessions.set(session.id, session);
      return session;
    },
    look,
    find(id) {
      const session = look(id);
      if (session === undefined) throw sessionIsGone();
      return session;
    },
    count(id) {
      const lately = (calls.get(id) ?? []).filter(at => now() - at < 1000);
      if (lately.length >= MOST_CALLS)
        throw new Refusal(429, 'too_many_requests', `More than ${MOST_CALLS} calls a second to one session.`);
      calls.set(id, [...lately, now()]);
    },
    tick() {
      for (const session of sessions.values()) session.tick();
    },
    end() {
      isEnding = true;
      for (const session of sessions.values()) session.close();
    },
    async ended() {
      await Promise.all(closing);
    },
  };
}
