// The address for letters about a booking. One that is not verified is confirmed first by a code from a letter, so that nobody can have the clinic write
// to a stranger. Called by worker/routes/patient/consultations.tsx.
import type { Context } from 'hono';
import type { FieldError } from '../../views/model.ts';
import { dropPending, keepPending, pendingsOf } from '../auth/pending.ts';
import { sha256 } from '../auth/seal.ts';
import { sendCode, useCode } from '../auth/sign-in-code.ts';
import { asciiOf } from '../letters/address.ts';
import { confirmAddress } from '../data/confirmed-addresses.ts';
import { newId } from '../data/ids.ts';
import { CODE_LIFE_MS } from '../data/sign-in-codes.ts';
import { mayTry } from '../data/throttle.ts';
import type { SessionViewer } from '../data/viewer.ts';
import type { Seen } from '../http/page.tsx';
import type { HonoEnv } from '../world.ts';

type C = Context<HonoEnv>;

interface Sent {
  readonly id: string;
  readonly email: string;
  readonly personId: string;
  /** The code before. */
  readonly replaces: string | null;
}

/**
 * Null when the typed code confirmed the address; otherwise what the form says beside the code, after a letter was sent if there was none that still
 * works. A limit is an error too.
 */
export async function confirmTyped(
  c: C,
  seen: Seen & { readonly viewer: SessionViewer },
  email: string,
  code: string,
): Promise<FieldError | null> {
  const sent = (await pendingsOf<Sent>(c, 'address')).find(kept => kept.email === email && kept.personId === seen.viewer.id) ?? null;
  if (sent === null) return await sendLetter(c, seen, email, null, 'addressCode');
  if (code === '') return { field: 'code', error: 'addressCode' };
  const tried = await useCode(c.var.db, { ...sent, purpose: 'address' }, code, false, c.var.now);
  switch (tried.kind) {
    case 'right':
      await confirmAddress(c.var.db, seen.asker, asciiOf(email));
      dropPending(c, 'address', sent.id);
      return null;
    case 'wrong':
      return tried.triesLeft > 0
        ? { field: 'code', error: 'addressCodeWrong' }
        : await sendLetter(c, seen, email, sent.id, 'addressCodeOver');
    case 'over':
      return await sendLetter(c, seen, email, sent.id, 'addressCodeOver');
    case 'tooMany':
      return { field: 'code', error: 'wrongCodesOfAddress' };
  }
}

async function sendLetter(
  c: C,
  { viewer, clinic, frame }: Seen & { readonly viewer: SessionViewer },
  email: string,
  replaces: string | null,
  error: string,
): Promise<FieldError> {
  if (!(await mayTry(c.var.db, 'addressCodesOfPerson', viewer.id, c.var.now))) return { field: 'email', error: 'addressCodesOfPerson' };
  if (!(await mayTry(c.var.db, 'codesToAddress', await sha256(asciiOf(email)), c.var.now)))
    return { field: 'email', error: 'codesToAddress' };
  const sent: Sent = { id: newId(), email, personId: viewer.id, replaces };
  const letter = { ...sent, purpose: 'address', lang: frame.lang } as const;
  c.executionCtx.waitUntil(sendCode(c.var.db, c.var.world, clinic, letter, c.var.now));
  if (replaces !== null) dropPending(c, 'address', replaces);
  await keepPending(c, 'address', sent.id, sent, CODE_LIFE_MS);
  return { field: 'code', error };
}
