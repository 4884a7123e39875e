// The OpenID Connect provider of the stand's Gosuslugi, like the gateways through which clinics reach the real one: code flow with PKCE for
// one confidential client. Personal claims are only in userinfo, never in the id_token; `trusted` is in both.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, interactionPolicy, Provider } from 'oidc-provider';
import { page, policy } from '../page.ts';
import { errorBody, shell } from './pages.ts';
import { type Person, personBy } from './people.ts';
import type { Shelf } from './shelf.ts';

export interface Client {
  readonly id: string;
  readonly secret: string;
  readonly redirectUris: readonly string[];
}

/** `slowMs` is how long the token answer for a slow person takes, unless `ending` aborts. */
export function createProvider(issuer: string, client: Client, shelf: Shelf, slowMs: number, ending: AbortSignal): Provider {
  const provider = new Provider(issuer, {
    adapter: (model: string) => shelf.adapter(model),
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: client.redirectUris,
        grant_types: ['authorization_code'],
        response_types: ['code'],
        // oidc-provider also accepts client_secret_post from a client registered with client_secret_basic.
        token_endpoint_auth_method: 'client_secret_basic',
        id_token_signed_response_alg: 'RS256',
      },
    ],
    jwks: { keys: shelf.keys.jwks },
    cookies: {
      keys: shelf.keys.cookies,
      // Cookies of 127.0.0.1 are shared by all its ports, so these names must differ from the cabinet's own.
      names: { session: sessionCookie, interaction: 'gosuslugi_interaction', resume: 'gosuslugi_resume' },
    },
    routes: { authorization: '/authorize', token: '/token', userinfo: '/userinfo', jwks: '/jwks' },
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    enabledJWA: { idTokenSigningAlgValues: ['RS256'] },
    pkce: { required: () => true },
    scopes: ['openid'],
    claims: {
      openid: ['sub', 'trusted'],
      fullname: ['name', 'given_name', 'family_name', 'middle_name'],
      birthdate: ['birthdate'],
      gender: ['gender'],
      snils: ['snils'],
      mobile: ['phone_number', 'phone_number_verified'],
      email: ['email', 'email_verified'],
    },
    ttl: { AuthorizationCode: 60, AccessToken: 300, IdToken: 300, Interaction: 900, Session: 900, Grant: 900 },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
    },
    clientBasedCORS: () => false,
    expiresWithSession: () => false,
    interactions: { policy: [askEachTime()], url: (_: Context, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: Context, sub: string) => accountOf(personBy(sub)),
    loadExistingGrant: grantWhatIsAsked,
    renderError: (ctx: Context, out: { error: string; error_description?: string }) => drawError(ctx, out),
  });
  provider.use((ctx, next) => misbehave(ctx, next, () => sleep(slowMs, undefined, { signal: ending }).catch(() => undefined)));
  return provider;
}

export const sessionCookie = 'gosuslugi_session';

function askEachTime(): interactionPolicy.Prompt {
  const check = new interactionPolicy.Check(
    'ask_each_time',
    'a person is picked at each sign-in',
    ctx => ctx.oidc.result?.login === undefined,
  );
  return new interactionPolicy.Prompt({ name: 'login', requestable: true }, check);
}

async function grantWhatIsAsked({ oidc }: Context) {
  if (oidc.account === undefined) return undefined;
  const grant = new oidc.provider.Grant({ accountId: oidc.account.accountId, clientId: oidc.client.clientId });
  grant.addOIDCScope(oidc.params.scope ?? 'openid');
  await grant.save();
  return grant;
}

function accountOf(person: Person | undefined) {
  if (person === undefined) return undefined;
  return { accountId: person.sub, claims: async () => claimsOf(person) };
}

function claimsOf({ sub, familyName, givenName, middleName, birthdate, gender, snils, phone, email, trusted }: Person) {
  const personal = { birthdate, gender, snils, phone_number: phone, phone_number_verified: true };
  const names = {
    name: `${familyName} ${givenName} ${middleName}`,
    given_name: givenName,
    family_name: familyName,
    middle_name: middleName,
  };
  return { sub, trusted, ...names, ...personal, ...(email === undefined ? {} : { email, email_verified: true }) };
}

async function misbehave(ctx: Context, next: () => Promise<void>, beSlow: () => Promise<void>): Promise<void> {
  await next();
  if (ctx.oidc?.route !== 'token') return;
  const manner = personBy(ctx.oidc.account?.accountId ?? '')?.manner;
  if (manner === 'slow') await beSlow();
  if (manner === 'fails') {
    ctx.status = 500;
    ctx.body = { error: 'server_error', error_description: 'this person always fails' };
  }
}

async function drawError(ctx: Context, { error, error_description = '' }: { error: string; error_description?: string }): Promise<void> {
  ctx.type = 'html';
  ctx.set('Content-Security-Policy', policy());
  ctx.body = String(await page({ ...shell, title: 'Вход не получился', body: errorBody(error, error_description) }));
}
