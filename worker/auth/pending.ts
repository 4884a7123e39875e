// What one browser has begun and not finished: departures to Gosuslugi, codes that were sent. Each is in a sealed cookie of its own, because tabs that
// wrote one cookie would overwrite each other, also when they ask at the same time. Called by the sign-in routes and worker/booking/address.ts.
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { HonoEnv } from '../world.ts';
import { dropSealed, keepSealed, sealedCookie } from './cookies.ts';

type C = Context<HonoEnv>;

export type PendingKind = 'departure' | 'code' | 'address' | 'claim';

/** A request's headers hold some 8 KB. More tabs than this are not signed in at once; the oldest one begins anew. */
const KEPT = 4;
const PREFIX = '__Host-';

/** Keeps a value under its kind and key, and forgets the oldest beyond four of the kind. The key has letters, digits, «-» and «_». */
export async function keepPending(c: C, kind: PendingKind, key: string, value: unknown, lifeMs: number): Promise<void> {
  const before = namesOf(c, kind);
  const own = before.find(name => keyOf(name) === key);
  const others = before.filter(name => name !== own);
  for (const name of others.slice(KEPT - 1)) dropSealed(c, name);
  await keepSealed(c, own ?? `${kind}.${c.var.now.toString(36)}.${key}`, value, lifeMs);
}

/** The value of a key; null when there is none that is still good. */
export async function pendingOf<T>(c: C, kind: PendingKind, key: string): Promise<T | null> {
  const name = namesOf(c, kind).find(known => keyOf(known) === key);
  return name === undefined ? null : await sealedCookie<T>(c, name);
}

/** All values of a kind, the latest first. */
export async function pendingsOf<T>(c: C, kind: PendingKind): Promise<T[]> {
  const values = await Promise.all(namesOf(c, kind).map(name => sealedCookie<T>(c, name)));
  return values.filter(value => value !== null);
}

export function dropPending(c: C, kind: PendingKind, key: string): void {
  for (const name of namesOf(c, kind)) if (keyOf(name) === key) dropSealed(c, name);
}

/** Names of the cookies of a kind, the latest first: a name has the instant of its making. */
const namesOf = (c: C, kind: PendingKind): string[] =>
  Object.keys(getCookie(c))
    .filter(name => name.startsWith(`${PREFIX}${kind}.`))
    .map(name => name.slice(PREFIX.length))
    .sort()
    .reverse();

const keyOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
