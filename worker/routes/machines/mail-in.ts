// Takes in letters from a poller: POST /mail/in?from=…&to=…, the letter itself as the body, signed as activities are. The signature covers the envelope and the
// digest of the body; the body is compared with it after it was stored, so a letter is never whole in memory.
import { type Context, Hono } from 'hono';
import { digestIn, parseKeys, verifySigned } from '../../auth/message-signature.ts';
import { isNewNonce } from '../../data/applied.ts';
import { bytesOf, parameterOf } from '../../http/form.ts';
import { requires } from '../../http/requires.ts';
import { judgeSoon } from '../../letters-in/soon.ts';
import { takeLetter, type Taken } from '../../letters-in/take.ts';
import type { HonoEnv } from '../../world.ts';

export const mailIn = new Hono<HonoEnv>().post('/mail/in', requires('machine'), async c => {
  const keys = parseKeys(c.var.world.settings.EDGE_KEYS);
  const verdict = await verifySigned(c.req.raw, null, keys, c.var.now, async (nonce, until) => !(await isNewNonce(c.var.db, nonce, until)));
  if (verdict.kind === 'refused') return c.json(verdict, 401);
  const [raw, digest] = [bytesOf(c), digestIn(c.req.raw.headers)];
  if (raw === null || digest === null) return c.json({ kind: 'malformed' }, 400);
  const envelope = { door: 'poller', from: parameterOf(c, 'from') ?? '', to: parameterOf(c, 'to') ?? '' } as const;
  const size = Number(c.req.header('content-length') ?? Number.NaN);
  if (!Number.isSafeInteger(size)) return c.json({ kind: 'malformed' }, 411);
  const taken = await takeLetter({ db: c.var.db, files: c.env.FILES, now: c.var.now }, envelope, raw, size, digest);
  if (taken.kind === 'taken') judgeSoon(c, taken.id);
  return answered(c, taken);
});

/** A poller tries again after 503 only: the others are final for this letter. */
function answered(c: Context<HonoEnv>, { kind }: Taken): Response {
  if (kind === 'taken' || kind === 'again') return c.json({ kind });
  if (kind === 'cut') return c.json({ kind }, 503);
  return c.json({ kind }, kind === 'tooLarge' ? 413 : 400);
}
