// The RoomPass of this tab: asked for on arrival, renewed before it ends, kept in the tab's own storage so that a reload stays the same device.
import { setup } from './setup.ts';

export type Permit =
  | { readonly kind: 'pass'; readonly pass: string; readonly expiresAt: number }
  | { readonly kind: 'closed' }
  | { readonly kind: 'over' }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'unreachable' };

interface Kept {
  readonly pass: string | null;
  /** The call was joined here and not left: a reload goes straight back into it. */
  readonly isJoined: boolean;
  /** The last line of the chat that was read here; the room forgets it with the seat. */
  readonly seen?: number;
}

const KEY = `room-${setup.consultationId}`;

export const keptPass = (): Kept => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '') as Kept;
  } catch {
    return { pass: null, isJoined: false };
  }
};

export const keepPass = (kept: Partial<Kept>): void => sessionStorage.setItem(KEY, JSON.stringify({ ...keptPass(), ...kept }));

/** Renews the pass of this tab, or takes a new one, which sends another device away. `anew` takes it even when this tab was sent away itself. */
export async function takePass(anew = false): Promise<Permit> {
  const held = anew ? null : keptPass().pass;
  let answer: Response;
  try {
    answer = await fetch(`/consultations/${setup.consultationId}/room/pass`, {
      method: 'POST',
      headers: held === null ? {} : { 'x-room-pass': held },
      signal: AbortSignal.timeout(10_000),
    });
  } catch {
    return { kind: 'unreachable' };
  }
  if (answer.status === 403 && held !== null) return await takePass(true);
  if (answer.status !== 200 && answer.status !== 409) return { kind: answer.status === 401 ? 'over' : 'unreachable' };
  return permitOf(answer.status, await answer.json());
}

function permitOf(status: number, body: { kind?: string; pass?: string; expiresAt?: number }): Permit {
  if (status === 200 && body.pass !== undefined) {
    keepPass({ pass: body.pass });
    return { kind: 'pass', pass: body.pass, expiresAt: body.expiresAt ?? Date.now() };
  }
  if (body.kind === 'over' || body.kind === 'replaced') return { kind: body.kind };
  // The door was open when this page was drawn: the visit has moved since, and the server shows where to.
  return { kind: body.kind === 'early' ? 'over' : 'closed' };
}
