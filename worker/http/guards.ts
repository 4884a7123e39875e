// The middleware of every request: size, rate, origin, security headers, the choice of language. Called by worker/index.ts. Machines
// (notices, activities, calls) are exempt from the origin check: they authenticate by a signature or a pass, or the provider is asked
// again.
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { setCookie } from 'hono/cookie';
import { type CountedLimit, type RateLimitName, UNKNOWN_NETWORK_TIMES } from '../../workflows/rules/limits.ts';
import { sessionToken } from '../auth/cookies.ts';
import { mayTry } from '../data/throttle.ts';
import { bodyLimitOf, isMachine } from './body-limits.ts';
import { isWithin } from './edge-limit.ts';
import { networkOf } from './network.ts';
import { parameterOf } from './form.ts';
import type { HonoEnv } from '../world.ts';

type Refusal = (c: Context<HonoEnv>) => Response | Promise<Response>;

/** Refuses a body above the limit of its address before it is read. The body of a GET is never read. */
export const sizes =
  (tooLarge: Refusal): MiddlewareHandler<HonoEnv> =>
  (c, next) =>
    isRead(c) ? next() : bodyLimit({ maxSize: bodyLimitOf(c.req.path).takes, onError: () => tooLarge(c) })(c, next);

/**
 * Refuses requests above the rate of a network, before anything is read. A cookie proves nothing yet, so it does not exempt: `see` in page.tsx
 * counts posts by session after the session resolved, and as a stranger's when it did not.
 */
export const rates =
  (tooMany: (c: Context<HonoEnv>, limit: RateLimitName) => Response): MiddlewareHandler<HonoEnv> =>
  async (c, next) => {
    const network = networkOf(c);
    const all = network === null ? 'requestsOfUnknown' : isRead(c) ? 'readsOfNetwork' : 'postsOfNetwork';
    if (!(await isWithin(c, all, network ?? 'unknown'))) return tooMany(c, all);
    if (sessionToken(c) === undefined && !isMachine(c.req.path)) {
      const over = await strangerOver(c);
      if (over !== null) return tooMany(c, over);
    }
    return await next();
  };

const isRead = (c: Context<HonoEnv>): boolean => c.req.method === 'GET' || c.req.method === 'HEAD';

/** Counts a post without a live session; the limit that it exceeds, or null. */
export async function strangerOver(c: Context<HonoEnv>): Promise<RateLimitName | null> {
  if (isRead(c)) return null;
  const network = networkOf(c);
  const limit = network === null ? 'postsOfUnknownStrangers' : 'postsOfStrangers';
  return (await isWithin(c, limit, network ?? 'unknown')) ? null : limit;
}

/** Counts a post of a live session; the limit that it exceeds, or null. */
export async function sessionOver(c: Context<HonoEnv>, sessionId: string): Promise<RateLimitName | null> {
  return isRead(c) || (await isWithin(c, 'postsOfSession', sessionId)) ? null : 'postsOfSession';
}

/** Counts a try of the client's network in D1; true while it is within the limit. */
export async function mayNetworkTry(c: Context<HonoEnv>, limit: CountedLimit): Promise<boolean> {
  const network = networkOf(c);
  return await mayTry(c.get('db'), limit, network ?? 'unknown', c.get('now'), network === null ? UNKNOWN_NETWORK_TIMES : 1);
}

/**
 * Whether a form was not posted by our own pages. Browsers send Sec-Fetch-Site or Origin. A client that sends neither is not a browser, so
 * it has no session that another site could misuse; the cookie is also SameSite=Lax.
 */
function isForeign(method: string, path: string, url: string, headers: Headers, publicUrl: string): boolean {
  if (method === 'GET' || method === 'HEAD' || isMachine(path)) return false;
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') return true;
  const origin = headers.get('origin');
  return origin !== null && origin !== new URL(publicUrl).origin && origin !== new URL(url).origin;
}

export const ownForms =
  (foreign: Refusal): MiddlewareHandler<HonoEnv> =>
  (c, next) =>
    isForeign(c.req.method, c.req.path, c.req.url, c.req.raw.headers, c.get('world').settings.PUBLIC_URL)
      ? Promise.resolve(foreign(c))
      : next();

/** Sets the headers of every response. The policy allows our own scripts with the nonce, and forms to ourselves. */
export const headers: MiddlewareHandler<HonoEnv> = async (c, next) => {
  await next();
  const { PUBLIC_URL } = c.get('world').settings;
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${c.get('nonce')}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "media-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    // Browsers judge redirects of a posted form by this too, also those of another site. A form that leads away is answered with a page of our own,
    // which goes on by a link (views/payment/checkout-page.tsx).
    "form-action 'self'",
    ...(PUBLIC_URL.startsWith('https:') ? ['upgrade-insecure-requests'] : []),
  ];
  const h = c.res.headers;
  h.set('content-security-policy', policy.join('; '));
  h.set('x-content-type-options', 'nosniff');
  if (!h.has('referrer-policy')) h.set('referrer-policy', 'same-origin');
  h.set('x-frame-options', 'DENY');
  h.set('cross-origin-opener-policy', 'same-origin');
  h.set('cross-origin-resource-policy', 'same-origin');
  h.set('permissions-policy', 'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()');
  if (PUBLIC_URL.startsWith('https:')) h.set('strict-transport-security', 'max-age=63072000; includeSubDomains; preload');
  // Pages are personal: no shared cache and no back-button cache may store them.
  if (!h.has('cache-control')) h.set('cache-control', 'private, no-store');
};

const YEAR_S = 31_536_000;

/** Stores `?lang=` in a cookie, so the next page needs no parameter. */
export const language: MiddlewareHandler<HonoEnv> = async (c, next) => {
  const lang = parameterOf(c, 'lang');
  if (lang === 'ru' || lang === 'en')
    setCookie(c, 'lang', lang, { path: '/', sameSite: 'Lax', secure: true, httpOnly: true, maxAge: YEAR_S });
  await next();
};
