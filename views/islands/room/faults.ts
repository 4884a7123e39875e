// Reports faults of this browser for the call's passport: kinds from a closed list, each at most once a minute, kept until they could be
// sent. Used by on-air.ts and visit.ts.
import type { FromBrowser } from '../../../workflows/rules/room-messages.ts';

type Fault = Extract<FromBrowser, { type: 'fault' }>['kind'];

const EVERY_MS = 60_000;

export class Faults {
  private readonly waiting = new Set<Fault>();
  private readonly toldAt = new Map<Fault, number>();

  private readonly send: (message: FromBrowser) => boolean;

  constructor(send: (message: FromBrowser) => boolean) {
    this.send = send;
  }

  note(kind: Fault): void {
    const now = Date.now();
    if (now - (this.toldAt.get(kind) ?? 0) < EVERY_MS) return;
    this.toldAt.set(kind, now);
    this.waiting.add(kind);
    this.flush();
  }

  flush(): void {
    for (const kind of this.waiting) if (this.send({ type: 'fault', kind })) this.waiting.delete(kind);
  }
}
