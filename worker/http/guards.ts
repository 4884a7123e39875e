// What every request passes: size, origin, security headers, the canonical language switch. Machines (notices, activities) prove themselves
// by signature or by being asked again, so forms' rules are not for them.
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { setCookie } from 'hono/cookie';
import { sessionToken } from '../auth/cookies.ts';
import { bodyLimitOf, isMachine } from './body-limits.ts';
import type { HonoEnv } from '../world.ts';

/** Where a request comes from: the unit in which people without a session are counted. */
export const networkOf = (c: Context<HonoEnv>): string => c.req.header('cf-connecting-ip') ?? 'local';

type Refusal = (c: Context<HonoEnv>) => Response | Promise<Response>;

/** Bodies past the limit of their address are refused before they are read. */
export const sizes =
  (tooLarge: Refusal): MiddlewareHandler<HonoEnv> =>
  (c, next) =>
    bodyLimit({ maxSize: bodyLimitOf(c.req.path).takes, onError: () => tooLarge(c) })(c, next);

/** Posts past what a person or a network can mean are refused, before anything is read or asked. */
export const rates =
  (tooMany: Refusal): MiddlewareHandler<HonoEnv> =>
  async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return await next();
    const token = sessionToken(c);
    const { success } = token ? await c.env.PERSON_LIMIT.limit({ key: token }) : await c.env.NETWORK_LIMIT.limit({ key: networkOf(c) });
    return success ? await next() : await tooMany(c);
  };

/**
 * A form may come only from our own pages. Browsers say where from in Sec-Fetch-Site and Origin; a client that says neither is no browser
 * and carries no session that somebody else could ride on (the cookie is SameSite=Lax besides).
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
    isForeign(c.req.method, c.req.path, c.req.url, c.req.raw.headers, c.var.world.settings.PUBLIC_URL)
      ? Promise.resolve(foreign(c))
      : next();

/** Headers of every answer; the policy allows our own scripts by nonce and forms to ourselves and the payment page. */
export const headers: MiddlewareHandler<HonoEnv> = async (c, next) => {
  await next();
  const { settings, payment } = c.var.world;
  const { PUBLIC_URL } = settings;
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${c.var.nonce}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "media-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    `form-action 'self' ${payment.pageOrigin}`,
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
  // Pages are somebody's own: nothing of them stays in a shared or a back-button cache.
  if (!h.has('cache-control')) h.set('cache-control', 'private, no-store');
};

const YEAR_S = 31_536_000;

/** `?lang=` is remembered, so that the next page needs no parameter. */
export const language: MiddlewareHandler<HonoEnv> = async (c, next) => {
  const lang = c.req.query('lang');
  if (lang === 'ru' || lang === 'en')
    setCookie(c, 'lang', lang, { path: '/', sameSite: 'Lax', secure: true, httpOnly: true, maxAge: YEAR_S });
  await next();
};
