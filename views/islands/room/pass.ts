// The RoomPass of this tab: requested on arrival, renewed before it expires, and kept in sessionStorage so that a reload stays the same
// device. Called by socket.ts, visit.ts and chat.ts.
import { setup } from './setup.ts';

export type Permit =
  | { readonly kind: 'pass'; readonly pass: string; readonly expiresAt: number }
  | { readonly kind: 'closed' }
  | { readonly kind: 'over' }
  | { readonly kind: 'replaced' }
  | { readonly kind: 'unreachable' };

interface Kept {
  readonly pass: string | null;
  /** The call was joined in this tab and not left, so a reload returns straight to it. */
  readonly isJoined: boolean;
  /** The number of the last chat line read in this tab; the room forgets its own copy with the seat. */
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

/**
 * Renews this tab's pass, or takes a new one, which disconnects another device. `anew` takes a new one even when this tab was disconnected
 * that way.
 */
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
  // «early» means that the appointment was moved after this page was drawn with an open door. The page is reloaded, and the server shows
  // the new time.
  return { kind: body.kind === 'early' ? 'over' : 'closed' };
}
