// The reference of a failure: a person can read it out to support, and it finds the line in the log. Called by failures.tsx and
// worker/routes/patient/payment.tsx.
import type { Context } from 'hono';
import type { HonoEnv } from '../world.ts';

// No letters that look like digits, because it is read out.
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/**
 * Logs the failure under a new reference, for example «7F3K-22», and returns it. The log has the route's pattern, never an address with ids
 * or texts.
 */
export function referenceFor(c: Context<HonoEnv>, error: unknown): string {
  const letters = [...crypto.getRandomValues(new Uint8Array(6))].map(byte => ALPHABET[byte % ALPHABET.length]).join('');
  const reference = `${letters.slice(0, 4)}-${letters.slice(4)}`;
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  console.error(JSON.stringify({ reference, method: c.req.method, route: c.req.routePath, name, message, stack }));
  return reference;
}
