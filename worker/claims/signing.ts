// Signs an application by a code from a letter. The code belongs to the browser that asked for it and to the form that it was asked for: the sealed cookie
// holds the version and the hash of the PDF. Called by worker/routes/patient/claims.tsx.
import type { Context } from 'hono';
import type { FieldError } from '../../views/model.ts';
import { dropPending, keepPending, pendingsOf } from '../auth/pending.ts';
import { sha256 } from '../auth/seal.ts';
import { sendCode, useCode } from '../auth/sign-in-code.ts';
import { signByCode } from '../data/claim-signing.ts';
import { newId } from '../data/ids.ts';
import type { OwnClaim } from '../data/own-claims.ts';
import { CODE_LIFE_MS } from '../data/sign-in-codes.ts';
import { mayTry } from '../data/throttle.ts';
import type { SessionViewer } from '../data/viewer.ts';
import type { Seen } from '../http/page.tsx';
import { asciiOf } from '../letters/address.ts';
import { portsOf } from '../money/payments.ts';
import type { HonoEnv } from '../world.ts';
import { printed } from './application.ts';

type C = Context<HonoEnv>;
type Signer = Seen & { readonly viewer: SessionViewer };

interface Sent {
  readonly id: string;
  readonly claimId: string;
  readonly version: number;
  readonly sha256: string;
  readonly email: string;
  readonly personId: string;
  readonly replaces: string | null;
}

/** `asked`: a code was sent, or the typed one was wrong. `closed`: the claim is decided or withdrawn. */
export type Signing = { readonly kind: 'signed' | 'closed' } | { readonly kind: 'asked'; readonly errors: readonly FieldError[] };

/** One press: sends a code when none is on its way for this form, else tries the typed one. */
export async function signWith(c: C, seen: Signer, claim: OwnClaim, code: string): Promise<Signing> {
  const sent = (await pendingsOf<Sent>(c, 'claim')).find(
    kept => kept.claimId === claim.id && kept.version === claim.form.version && kept.personId === seen.viewer.id,
  );
  if (sent === undefined) return await sends(c, seen, claim, null, []);
  if (code === '') return { kind: 'asked', errors: [{ field: 'code', error: 'addressCode' }] };
  const tried = await useCode(c.var.db, { ...sent, purpose: 'claim' }, code, false, c.var.now);
  switch (tried.kind) {
    case 'right':
      dropPending(c, 'claim', sent.id);
      return await signs(c, seen, claim, sent);
    case 'wrong':
      if (tried.triesLeft > 0) return { kind: 'asked', errors: [{ field: 'code', error: 'addressCodeWrong' }] };
      return await sends(c, seen, claim, sent.id, [{ field: 'code', error: 'addressCodeOver' }]);
    case 'over':
      return await sends(c, seen, claim, sent.id, [{ field: 'code', error: 'addressCodeOver' }]);
    case 'tooMany':
      return { kind: 'asked', errors: [{ field: 'code', error: 'wrongCodesOfAddress' }] };
  }
}

async function signs(c: C, { viewer }: Signer, claim: OwnClaim, sent: Sent): Promise<Signing> {
  const { id: claimId, consultationId } = claim;
  const { version, sha256: hash, email } = sent;
  const signed = await signByCode(
    c.var.db,
    { claimId, consultationId, version, sha256: hash, email, personId: viewer.id, sessionId: viewer.sessionId },
    c.var.now,
  );
  if (signed === 'signed') return { kind: 'signed' };
  return signed === 'over' ? { kind: 'closed' } : { kind: 'asked', errors: [{ field: 'code', error: 'addressCodeOver' }] };
}

async function sends(c: C, { viewer, clinic, frame }: Signer, claim: OwnClaim, replaces: string | null, errors: readonly FieldError[]) {
  const { email } = claim;
  if (!(await mayTry(c.var.db, 'addressCodesOfPerson', viewer.id, c.var.now))) return limited('addressCodesOfPerson');
  if (!(await mayTry(c.var.db, 'codesToAddress', await sha256(asciiOf(email)), c.var.now))) return limited('codesToAddress');
  const { sha256: hash } = await printed(portsOf(c), c.env.FILES, claim);
  const sent: Sent = { id: newId(), claimId: claim.id, version: claim.form.version, sha256: hash, email, personId: viewer.id, replaces };
  const letter = { id: sent.id, email, replaces, purpose: 'claim', lang: frame.lang } as const;
  c.executionCtx.waitUntil(sendCode(c.var.db, c.var.world, clinic, letter, c.var.now));
  if (replaces !== null) dropPending(c, 'claim', replaces);
  await keepPending(c, 'claim', sent.id, sent, CODE_LIFE_MS);
  return { kind: 'asked', errors } as const;
}

const limited = (error: string): Signing => ({ kind: 'asked', errors: [{ field: 'email', error }] });
