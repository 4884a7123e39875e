// Responses to failures: no such page, a foreign form, a body that is too large, too many requests, an error of our own. Called by
// worker/index.ts and the routes.
import type { Context } from 'hono';
import { BrokenPage, ForbiddenPage, NotFoundPage, TooLargePage } from '../../views/index.ts';
import type { Frame } from '../../views/model.ts';
import type { RateLimitName } from '../../workflows/rules/limits.ts';
import type { HonoEnv } from '../world.ts';
import { directory } from '../booking/directory.ts';
import { bodyLimitOf, isMachine } from './body-limits.ts';
import { referenceFor } from './failure.ts';
import { drawn, frameOf, look, nothing, overLimit, TurnedAway } from './page.tsx';
import { SPARE_CLINIC } from './spare-clinic.ts';

type C = Context<HonoEnv>;

export async function notFound(c: C): Promise<Response> {
  if (isMachine(c.req.path)) return c.json({ kind: 'unknown' }, 404);
  const { frame } = await look(c, nothing);
  return drawn(c, <NotFoundPage frame={frame} />, 404);
}

export async function foreign(c: C): Promise<Response> {
  return drawn(c, <ForbiddenPage frame={await anyFrame(c)} reason="foreign" />, 403);
}

export async function tooLarge(c: C): Promise<Response> {
  const { bytes, from } = bodyLimitOf(c.req.path);
  const wantsJson = from === 'script' || c.req.header('accept')?.startsWith('application/json');
  if (wantsJson) return c.json({ kind: 'tooLarge', limitBytes: bytes }, 413);
  return drawn(c, <TooLargePage frame={await anyFrame(c)} limitBytes={bytes} />, 413);
}

/** Drawn without asking D1, so that a flood is cheap to refuse. */
export const tooMany = (c: C, limit: RateLimitName): Response =>
  overLimit(c, frameOf(c, directory.fresh(c.var.db, c.var.now)?.clinic ?? SPARE_CLINIC, null), limit);

/** The response to any error of a route. It must not fail itself, so it is drawn without D1 when D1 does not answer. */
export async function broken(error: Error, c: C): Promise<Response> {
  if (error instanceof TurnedAway) return error.answer;
  const reference = referenceFor(c, error);
  if (isMachine(c.req.path)) return c.json({ kind: 'broken', reference }, 500);
  if (!c.var.world) return c.text(`500 ${reference}`, 500);
  return drawn(c, <BrokenPage frame={await anyFrame(c)} reference={reference} at={c.var.now} />, 500);
}

async function anyFrame(c: C): Promise<Frame> {
  try {
    return (await look(c, nothing)).frame;
  } catch {
    return frameOf(c, SPARE_CLINIC, null);
  }
}
