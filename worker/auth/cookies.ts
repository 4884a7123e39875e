// The cookies: the session, the sealed state of a Gosuslugi sign-in, the address that a code was sent to. Called by the sign-in and
// handover routes, worker/http/page.tsx and worker/http/guards.ts.
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { HonoEnv } from '../world.ts';

type C = Context<HonoEnv>;

// SameSite=Lax, because people return from Gosuslugi and from the payment page by a link.
const HOST = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', prefix: 'host' } as const;

export const sessionToken = (c: C): string | undefined => getCookie(c, 'session', 'host');
export const keepSession = (c: C, token: string, maxAgeMs: number): void =>
  setCookie(c, 'session', token, { ...HOST, maxAge: Math.floor(maxAgeMs / 1000) });
export const dropSession = (c: C): void => {
  deleteCookie(c, 'session', HOST);
};

/** A sealed value that only we can read; null when it is missing, not ours, or expired. */
export async function sealedCookie<T>(c: C, name: string): Promise<T | null> {
  const value = getCookie(c, name, 'host');
  if (!value) return null;
  const opened = await c.var.world.seal.open(value, name);
  if (opened === null) return null;
  const { until, value: kept } = JSON.parse(opened) as { until: number; value: T };
  return until > c.var.now ? kept : null;
}

export async function keepSealed(c: C, name: string, value: unknown, lifeMs: number): Promise<void> {
  const text = JSON.stringify({ until: c.var.now + lifeMs, value });
  setCookie(c, name, await c.var.world.seal.seal(text, name), { ...HOST, maxAge: Math.floor(lifeMs / 1000) });
}

export const dropSealed = (c: C, name: string): void => {
  deleteCookie(c, name, HOST);
};
