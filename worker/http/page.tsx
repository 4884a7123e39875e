// Draws a page in one round trip: the viewer, the clinic and the page's own reads are one batch. Called by every route that draws a page.
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import manifest from '../../dist/manifest.json';
import { isZone } from '../../views/format.ts';
import type { Frame } from '../../views/model.ts';
import { ForbiddenPage, NotFoundPage, TooManyPage } from '../../views/index.ts';
import { type RateLimitName, windowEndOf } from '../../workflows/rules/limits.ts';
import { isOfVisit, isOpen, may } from '../../workflows/rules/may.ts';
import { sessionToken } from '../auth/cookies.ts';
import { sha256 } from '../auth/seal.ts';
import { type Answers, askTogether, type Database, given, type Read } from '../data/db.ts';
import type { Asker } from '../data/asker.ts';
import { type Directory, directoryReads } from '../data/doctors.ts';
import type { DoorOpen } from '../data/meetings.ts';
import { touchSession } from '../data/sessions.ts';
import { type SessionViewer, viewerRead } from '../data/viewer.ts';
import { directory, doctorIn } from '../booking/directory.ts';
import { parameterOf } from './form.ts';
import type { HonoEnv } from '../world.ts';
import { isMachine } from './body-limits.ts';
import { sessionOver, strangerOver } from './guards.ts';
import type { OpenDoor } from '../../workflows/rules/admission.ts';
import type { Lang } from '../../workflows/rules/lang.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';

type C = Context<HonoEnv>;

export interface Seen {
  readonly asker: Asker;
  readonly frame: Frame;
  readonly directory: Directory;
  readonly clinic: ClinicSettings;
  readonly viewer: SessionViewer | null;
}

const TOUCH_EVERY_MS = 5 * 60_000;

/** The response for somebody who may not use the route; `broken` in failures.tsx returns it. */
export class TurnedAway extends Error {
  override readonly name = 'TurnedAway';
  readonly answer: Response;
  constructor(answer: Response) {
    super('turned away');
    this.answer = answer;
  }
}

/**
 * Reads the viewer, the clinic and what the page needs in one batch. Throws TurnedAway when the route's `requires` does not allow the
 * viewer.
 */
export async function see<R extends Record<string, Read<unknown>>>(
  c: C,
  reads: (asker: Asker) => R,
): Promise<Seen & { readonly data: Answers<R> }> {
  const seen = await look(c, reads);
  const over = await rateOver(c, seen.viewer);
  if (over !== null) throw new TurnedAway(overLimit(c, seen.frame, over));
  const refusal = refusalOf(c, seen);
  if (refusal !== null) throw new TurnedAway(refusal);
  return seen;
}

/** Posts are counted by session only here, where the session has resolved. One without a cookie was already counted as a stranger's. */
const rateOver = async (c: C, viewer: SessionViewer | null): Promise<RateLimitName | null> =>
  viewer ? await sessionOver(c, viewer.sessionId) : sessionToken(c) === undefined ? null : await strangerOver(c);

/** 429 with the limit in words. */
export function overLimit(c: C, frame: Frame, limit: RateLimitName, retryAt = windowEndOf(limit, c.get('now'))): Response {
  c.header('retry-after', String(Math.max(1, Math.ceil((retryAt - c.get('now')) / 1000))));
  if (isMachine(c.req.path) || c.get('requirement')?.as === 'json' || wantsJson(c)) return c.json({ kind: 'tooMany', limit, retryAt }, 429);
  return drawn(c, <TooManyPage frame={frame} limit={limit} retryAt={retryAt} />, 429);
}

/** The same for a route that requires a signed-in viewer. */
export async function seeViewer<R extends Record<string, Read<unknown>>>(
  c: C,
  reads: (asker: Asker) => R,
): Promise<Seen & { readonly viewer: SessionViewer; readonly data: Answers<R> }> {
  const seen = await see(c, reads);
  if (seen.viewer === null) throw new Error(`${c.req.routePath} requires nobody and shows somebody's own.`);
  return { ...seen, viewer: seen.viewer };
}

function refusalOf(c: C, seen: Seen): Response | null {
  const { requirement } = c.var;
  if (requirement === undefined || isOpen(requirement.act)) return null;
  const { act, as } = requirement;
  if (seen.viewer === null) return as === 'json' || wantsJson(c) ? c.json({ kind: 'signIn' }, 401) : toSignIn(c);
  const { onlyVisit } = seen.viewer;
  if (onlyVisit && !isOfVisit(c.req.path, onlyVisit))
    return as === 'json' || wantsJson(c)
      ? c.json({ kind: 'onlyVisit' }, 403)
      : drawn(c, <ForbiddenPage frame={seen.frame} reason="onlyVisit" />, 403);
  if (may(seen.viewer.roles, act)) return null;
  // That booking exists is not secret, so the page says why it is refused.
  if (act === 'book') return drawn(c, <ForbiddenPage frame={seen.frame} reason="role" />, 403);
  return as === 'json' ? c.json({ kind: 'unknown' }, 404) : stranger(c, seen);
}

/** The same as `see` without the check; called by the pages of failures. */
export async function look<R extends Record<string, Read<unknown>>>(
  c: C,
  reads: (asker: Asker) => R,
): Promise<Seen & { readonly data: Answers<R> }> {
  const token = sessionToken(c);
  const asker: Asker = { tokenHash: token ? await sha256(token) : '', now: c.get('now') };
  const { known, viewer, data } = await askAll(c.get('db'), asker, reads(asker));
  const { clinic } = known;
  if (viewer && c.get('now') - viewer.seenAt > TOUCH_EVERY_MS) c.executionCtx.waitUntil(touchSession(c.get('db'), asker));
  const openDoor = doorOf(known, viewer?.door ?? null);
  return { asker, directory: known, clinic, viewer, frame: { ...frameOf(c, clinic, viewer), openDoor }, data };
}

function doorOf(known: Directory, door: DoorOpen | null): OpenDoor | null {
  const doctor = door && doctorIn(known, door.doctorId);
  return door && doctor ? { ...door, doctor } : null;
}

/** One batch. It contains the directory only when the cached one is too old, and the viewer only when there is a session. */
async function askAll<R extends Record<string, Read<unknown>>>(db: Database, asker: Asker, reads: R) {
  const known = directory.fresh(db, asker.now);
  const own = { viewer: asker.tokenHash === '' ? given(null) : viewerRead(asker) };
  if (known) {
    const [{ viewer }, data] = await askTogether(db, own, reads);
    return { known, viewer, data };
  }
  const [{ viewer, ...read }, data] = await askTogether(db, { ...own, ...directoryReads(asker.now) }, reads);
  return { known: directory.keep(db, read, asker.now), viewer, data };
}

export const nothing = () => ({});

/** Responds with a page or a fragment. */
export function drawn(c: C, node: VNode, status: 200 | 403 | 404 | 409 | 413 | 422 | 429 | 500 | 502 | 503 = 200): Response {
  const html = renderToString(node);
  return c.html(html.startsWith('<html') ? `<!doctype html>${html}` : html, status);
}

export const wantsJson = (c: C): boolean => c.req.header('accept')?.includes('application/json') ?? false;

export const isFragment = (c: C): boolean => c.req.header('hx-request') === 'true' && c.req.header('hx-request-type') !== 'full';

/** The answer to a fragment that reloads itself (views/parts/polling.ts): nothing when it shows `seen` already, so that nothing on the page moves. */
export const polled = (c: C, seen: string, draw: () => VNode): Response =>
  parameterOf(c, 'seen') === seen ? c.body(null, 204) : drawn(c, draw());

/** Redirects: 303 for a form without script, `hx-redirect` for htmx. */
export function goTo(c: C, path: string): Response {
  if (c.req.header('hx-request') !== 'true') return c.redirect(path, 303);
  c.header('hx-redirect', path);
  return c.body(null, 200);
}

export const stranger = (c: C, seen: Seen): Response => drawn(c, <NotFoundPage frame={seen.frame} />, 404);

/** The value of `next` if it is a local path, else null. */
export const localPath = (next: string | null | undefined): string | null =>
  next && /^\/(?![/\\])[\w\-./?=&:%]*$/.test(next) && next.length <= 300 ? next : null;

const toSignIn = (c: C): Response => {
  const next = localPath(c.req.method === 'GET' ? c.req.path : '/appointments');
  return goTo(c, next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in');
};

export function frameOf(c: C, clinic: ClinicSettings, viewer: SessionViewer | null): Frame {
  const url = new URL(c.req.url);
  const zone = getCookie(c, 'zone');
  return {
    lang: langOf(c),
    path: url.pathname + url.search,
    nonce: c.get('nonce'),
    now: c.get('now'),
    clinic,
    zone: zone && isZone(zone) ? zone : null,
    viewer,
    assets: manifest,
    liveReload: c.get('world').settings.LIVE_RELOAD === '1',
  };
}

/** The language: `?lang=`, else the cookie, else Russian, unless the browser accepts English and not Russian. */
export function langOf(c: C): Lang {
  const asked = parameterOf(c, 'lang') ?? getCookie(c, 'lang');
  if (asked === 'en' || asked === 'ru') return asked;
  const accepts = c.req.header('accept-language')?.toLowerCase() ?? '';
  return accepts.includes('en') && !accepts.includes('ru') ? 'en' : 'ru';
}
