// What an emulator POSTs by itself to one address, notices or webhooks: one request for each id at a time, none left when the emulator has closed.

export interface Outgoing {
  /** False while the id is on its way, and for all of them once the emulator closes. */
  mayGo(id: string): boolean;
  /** Tells the status of the answer, or why there was none. */
  send(id: string, body: string, headers: Readonly<Record<string, string>>, told: (answer: string) => void): void;
  /** Resolves when nothing is on its way. */
  ended(): Promise<void>;
}

const DEADLINE_MS = 10_000;

export function createOutgoing(url: string, ending: AbortSignal): Outgoing {
  const onTheirWay = new Map<string, Promise<void>>();
  return {
    mayGo: id => !ending.aborted && !onTheirWay.has(id),
    send(id, body, headers, told) {
      const sent = post(url, body, headers, ending).then(answer => {
        onTheirWay.delete(id);
        told(answer);
      });
      onTheirWay.set(id, sent);
    },
    async ended() {
      await Promise.all(onTheirWay.values());
    },
  };
}

async function post(url: string, body: string, headers: Readonly<Record<string, string>>, ending: AbortSignal): Promise<string> {
  const all = { 'content-type': 'application/json', ...headers };
  const signal = AbortSignal.any([ending, AbortSignal.timeout(DEADLINE_MS)]);
  try {
    const answer = await fetch(url, { method: 'POST', body, headers: all, redirect: 'manual', signal });
    await answer.body?.cancel();
    return String(answer.status);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
