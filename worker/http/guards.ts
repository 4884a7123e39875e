// The middleware of every request: size, rate, origin, security headers, the choice of language. Called by worker/index.ts. Machines
// (notices, activities, calls) are exempt from the origin check: they authenticate by a signature or a pass, or the provider is asked
// again.
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { setCookie } from 'hono/cookie';
import { sessionToken } from '../auth/cookies.ts';
import { bodyLimitOf, isMachine } from './body-limits.ts';
import type { HonoEnv } from '../world.ts';

/** The client's network address, by which people without a session are rate-limited. */
export const networkOf = (c: Context<HonoEnv>): string => c.req.header('cf-connecting-ip') ?? 'local';

type Refusal = (c: Context<HonoEnv>) => Response | Promise<Response>;

/** Refuses a body above the limit of its address before it is read. */
export const sizes =
  (tooLarge: Refusal): MiddlewareHandler<HonoEnv> =>
  (c, next) =>
    bodyLimit({ maxSize: bodyLimitOf(c.req.path).takes, onError: () => tooLarge(c) })(c, next);

/** Refuses posts above the rate of a session or a network, before anything is read. */
export const rates =
  (tooMany: Refusal): MiddlewareHandler<HonoEnv> =>
  async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return await next();
    const token = sessionToken(c);
    const { success } = token ? await c.env.PERSON_LIMIT.limit({ key: token }) : await c.env.NETWORK_LIMIT.limit({ key: networkOf(c) });
    return success ? await next() : await tooMany(c);
  };

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
    isForeign(c.req.method, c.req.path, c.req.url, c.req.raw.headers, c.var.world.settings.PUBLIC_URL)
      ? Promise.resolve(foreign(c))
      : next();

/** Sets the headers of every response. The policy allows our own scripts with the nonce, and forms to ourselves and the payment page. */
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
  // Pages are personal: no shared cache and no back-button cache may store them.
  if (!h.has('cache-control')) h.set('cache-control', 'private, no-store');
};

const YEAR_S = 31_536_000;

/** Stores `?lang=` in a cookie, so the next page needs no parameter. */
export const language: MiddlewareHandler<HonoEnv> = async (c, next) => {
  const lang = c.req.query('lang');
  if (lang === 'ru' || lang === 'en')
    setCookie(c, 'lang', lang, { path: '/', sameSite: 'Lax', secure: true, httpOnly: true, maxAge: YEAR_S });
  await next();
};
