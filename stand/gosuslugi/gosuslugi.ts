// The stand's Gosuslugi: a strict OpenID Connect provider, a page where a made-up person is chosen, and the fault switches. stand/up.ts
// serves it on port 8801; the cabinet reaches it at GOSUSLUGI_ISSUER.
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { errors, type InteractionResult, type Provider } from 'oidc-provider';
import { createFaults, faultRoutes } from '../faults.ts';
import { page, policy } from '../page.ts';
import { serve } from '../serve.ts';
import { deskBody, errorBody, pickPage, shell } from './pages.ts';
import { people, personBy } from './people.ts';
import { type Client, createProvider, sessionCookie } from './provider.ts';
import { type Keys, openShelf } from './shelf.ts';

export interface GosuslugiOptions {
  /** Where the cabinet and browsers reach it; the issuer of its tokens. */
  readonly issuer: string;
  readonly client: Client;
  /** Signing and cookie keys; generated and kept when absent. */
  readonly keys?: Keys;
  /** The folder for its state between starts. */
  readonly dir?: string;
  /** The clock for stored data; oidc-provider itself uses the system clock. */
  readonly now?: () => number;
  /** How long Тихон Медленный waits for a token, milliseconds. */
  readonly slowMs?: number;
}

type Env = { Bindings: HttpBindings };

function createGosuslugi({ issuer, client, keys, dir, now = Date.now, slowMs = 8000 }: GosuslugiOptions, ending: AbortSignal): Hono<Env> {
  const shelf = openShelf(now, dir, keys);
  const provider = createProvider(issuer, client, shelf, slowMs, ending);
  const answer = provider.callback();
  const places = ['discovery', 'jwks', 'authorize', 'token', 'userinfo'];
  const faults = createFaults({ delay: places, error: places }, ending);
  const app = new Hono<Env>();

  app.route(
    '/__stand',
    faultRoutes(
      faults,
      shell,
      () => deskBody(issuer, client.id, client.redirectUris, shelf.signIns),
      () => ({ issuer, people, signIns: shelf.signIns }),
    ),
  );
  app.get('/', c => c.redirect('/__stand'));

  app.get('/interaction/:uid', c =>
    atInteraction(c, provider, async ({ uid, params }) => {
      c.header('Content-Security-Policy', policy(...client.redirectUris.map(uri => new URL(uri).origin)));
      return c.html(page({ ...shell, title: 'Вход', body: pickPage(uid, params.scope?.split(' ') ?? []) }));
    }),
  );
  app.post('/interaction/:uid', c =>
    atInteraction(c, provider, async () => {
      const { sub } = await c.req.parseBody();
      const person = typeof sub === 'string' ? personBy(sub) : undefined;
      const end = person === undefined || person.manner === 'refuses' ? 'refused' : 'signedIn';
      shelf.note({ at: now(), sub: person?.sub, end });
      const result: InteractionResult =
        person === undefined || end === 'refused' ? refusal : { login: { accountId: person.sub, remember: false } };
      return c.redirect(await provider.interactionResult(c.env.incoming, c.env.outgoing, result), 303);
    }),
  );

  app.all('*', async c => {
    const place = placeOf(c.req.path);
    await faults.pause(place);
    const fault = faults.take('error', place);
    if (fault !== undefined) return Response.json({ error: 'server_error' }, { status: fault.status });
    forgetSession(c.env.incoming.headers);
    await answer(c.env.incoming, c.env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
  return app;
}

const refusal = { error: 'access_denied', error_description: 'the person refused to share data' };

async function atInteraction(
  c: Context<Env>,
  provider: Provider,
  draw: (found: Awaited<ReturnType<Provider['interactionDetails']>>) => Promise<Response>,
) {
  try {
    return await draw(await provider.interactionDetails(c.env.incoming, c.env.outgoing));
  } catch (error) {
    if (!(error instanceof errors.SessionNotFound)) throw error;
    c.header('Content-Security-Policy', policy());
    return c.html(
      page({ ...shell, title: 'Вход устарел', body: errorBody('session_not_found', 'Этот вход уже закончен или устарел.') }),
      400,
    );
  }
}

function placeOf(path: string): string {
  return path === '/.well-known/openid-configuration' ? 'discovery' : (path.split('/')[1] ?? '');
}

/**
 * Removes the provider's session cookie. With it, oidc-provider would first sign out the last person when another one is chosen in the same
 * browser.
 */
function forgetSession(headers: { cookie?: string }): void {
  headers.cookie = headers.cookie
    ?.split('; ')
    .filter(cookie => !cookie.startsWith(sessionCookie))
    .join('; ');
}

/** Port 0 takes any free port; without `issuer` the issuer is the address on which it listens. */
export const serveGosuslugi = (options: Omit<GosuslugiOptions, 'issuer'> & { readonly port: number; readonly issuer?: string }) =>
  serve(options.port, (url, ending) => ({ app: createGosuslugi({ ...options, issuer: options.issuer ?? url }, ending) }));
