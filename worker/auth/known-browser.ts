// The browsers in which somebody has signed in with an address: a sealed cookie of half a year. It signs nobody in. Tries of codes and letters of a
// known browser are counted apart, so a stranger who types the same address cannot lock its owner out. Called by worker/routes/public/sign-in.tsx.
import type { Context } from 'hono';
import { newId } from '../data/ids.ts';
import { asciiOf } from '../letters/address.ts';
import type { HonoEnv } from '../world.ts';
import { keepSealed, sealedCookie } from './cookies.ts';
import { sha256 } from './seal.ts';

type C = Context<HonoEnv>;

const LIFE_MS = 180 * 86_400_000;
/** A family's browser knows a few addresses. */
const ADDRESSES = 5;

interface KnownBrowser {
  readonly id: string;
  /** SHA-256 of the addresses, the last one first. */
  readonly addresses: readonly string[];
}

/** The browser's id if somebody signed in with this address in it; null otherwise. */
export async function knownBrowserOf(c: C, email: string): Promise<string | null> {
  const browser = await sealedCookie<KnownBrowser>(c, 'browser');
  return browser !== null && browser.addresses.includes(await sha256(asciiOf(email))) ? browser.id : null;
}

export async function keepKnownBrowser(c: C, email: string): Promise<void> {
  const browser = await sealedCookie<KnownBrowser>(c, 'browser');
  const address = await sha256(asciiOf(email));
  const addresses = [address, ...(browser?.addresses ?? []).filter(other => other !== address)].slice(0, ADDRESSES);
  await keepSealed(c, 'browser', { id: browser?.id ?? newId(), addresses } satisfies KnownBrowser, LIFE_MS);
}
