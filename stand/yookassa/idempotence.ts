// Idempotence-Key: for a day the same key with the same request gives the same answer, and with another request an error. Refusals are
// stored too, so a corrected request needs a new key.
import { createHash } from 'node:crypto';
import { badRequest, Refusal } from './refusal.ts';
import type { Shop } from './shop.ts';

const DAY = 24 * 3_600_000;
/** The characters of the contract: from «+» to «_» in ASCII order, which includes digits and capitals, and small letters. */
const allowed = /^[+-_a-z]{1,64}$/;

/** Runs `act` once per key. Throws a Refusal when the key is missing, malformed or used for something else. */
export function once(
  shop: Shop,
  key: string | undefined,
  request: readonly unknown[],
  act: () => object,
): { status: number; body: object } {
  if (key === undefined || !allowed.test(key))
    throw badRequest('Idempotence-Key is missing or longer than 64 characters.', 'Idempotence-Key');
  const { keys } = shop.books;
  const fingerprint = createHash('sha256').update(canonical(request)).digest('hex');
  const known = keys[key];
  if (known !== undefined && shop.now() < known.at + DAY) {
    if (known.fingerprint !== fingerprint) throw badRequest('Idempotence key duplicated', 'Idempotence-Key');
    return known;
  }
  const answer = run(act);
  keys[key] = { ...answer, fingerprint, at: shop.now() };
  return answer;
}

export function forgetOldKeys(shop: Shop): void {
  const { keys } = shop.books;
  for (const [key, { at }] of Object.entries(keys)) if (shop.now() >= at + DAY) delete keys[key];
}

function run(act: () => object): { status: number; body: object } {
  try {
    // A copy, because the stored answer must not change when the object changes.
    return { status: 200, body: structuredClone(act()) };
  } catch (error) {
    if (error instanceof Refusal && error.status < 500) return { status: error.status, body: error.body };
    throw error;
  }
}

/** JSON with sorted keys, because their order in a request has no meaning. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
