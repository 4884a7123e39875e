// Gosuslugi through an OpenID Connect gateway (a new system may not connect to ESIA directly): authorization code with PKCE, state and
// nonce, and the person from userinfo. Endpoints come from discovery. worker/world.ts creates it.
import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { type Departure, type IdentityPort, IdentityUnavailable, type ProvenPerson, type Return } from './port.ts';

export interface GosuslugiSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const SCOPES = 'openid fullname birthdate gender snils mobile email';
const TIMEOUT_MS = 6_000;
const DISCOVERY_LIFE_MS = 10 * 60_000;

const personSchema = z.object({
  sub: z.string().min(1).max(255),
  family_name: z.string().min(1).max(100),
  given_name: z.string().min(1).max(100),
  middle_name: z.string().max(100).nullish(),
  birthdate: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullish(),
  gender: z.enum(['male', 'female']).nullish(),
  snils: z
    .string()
    .regex(/^\d{3}-\d{3}-\d{3} \d{2}$/)
    .nullish(),
  email: z.email().max(254).nullish(),
  email_verified: z.boolean().nullish(),
  phone_number: z.string().max(20).nullish(),
  phone_number_verified: z.boolean().nullish(),
  trusted: z.boolean(),
});

export function gosuslugi(settings: GosuslugiSettings): IdentityPort {
  const issuer = new URL(settings.issuer);
  const client: oauth.Client = { client_id: settings.clientId };
  const secret = oauth.ClientSecretBasic(settings.clientSecret);
  // Plain http is allowed only when the issuer itself is configured with it, on a laptop.
  const options = { [oauth.allowInsecureRequests]: issuer.protocol === 'http:', signal: () => AbortSignal.timeout(TIMEOUT_MS) };
  let known: { server: oauth.AuthorizationServer; at: number } | null = null;

  async function discover(): Promise<oauth.AuthorizationServer> {
    if (known && Date.now() - known.at < DISCOVERY_LIFE_MS) return known.server;
    const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options));
    known = { server, at: Date.now() };
    return server;
  }

  return {
    async depart(departure, redirectUri) {
      const server = await reached(discover);
      const url = new URL(server.authorization_endpoint ?? '');
      url.search = new URLSearchParams({
        client_id: settings.clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: SCOPES,
        state: departure.state,
        nonce: departure.nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(departure.verifier),
        code_challenge_method: 'S256',
      }).toString();
      return url;
    },

    async arrive(url, departure, redirectUri) {
      const server = await reached(discover);
      let parameters: URLSearchParams;
      try {
        parameters = oauth.validateAuthResponse(server, client, url, departure.state);
      } catch (error) {
        if (!(error instanceof oauth.AuthorizationResponseError)) return { kind: 'stale' };
        if (error.error === 'access_denied') return { kind: 'refused' };
        throw new IdentityUnavailable(`the provider answered ${error.error}`);
      }
      return await exchange(server, parameters, departure, redirectUri);
    },
  };

  async function exchange(
    server: oauth.AuthorizationServer,
    code: URLSearchParams,
    departure: Departure,
    redirectUri: string,
  ): Promise<Return> {
    const answer = await reached(() =>
      oauth.authorizationCodeGrantRequest(server, client, secret, code, redirectUri, departure.verifier, options),
    );
    if (answer.status >= 500) throw new IdentityUnavailable(`the token endpoint answered ${answer.status}`);
    try {
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer, {
        expectedNonce: departure.nonce,
        requireIdToken: true,
      });
      const subject = oauth.getValidatedIdTokenClaims(tokens)?.sub ?? '';
      const info = await reached(() => oauth.userInfoRequest(server, client, tokens.access_token, options));
      if (info.status >= 500) throw new IdentityUnavailable(`the userinfo endpoint answered ${info.status}`);
      return { kind: 'person', person: personOf(await oauth.processUserInfoResponse(server, client, subject, info)) };
    } catch (error) {
      // A used or foreign code or a wrong nonce cannot be repaired by a retry, so signing in must start again.
      if (error instanceof oauth.WWWAuthenticateChallengeError)
        throw new IdentityUnavailable('the provider does not accept our credentials');
      if (error instanceof oauth.ResponseBodyError && error.error === 'invalid_client')
        throw new IdentityUnavailable('the provider does not know us');
      if (error instanceof oauth.ResponseBodyError || error instanceof oauth.OperationProcessingError) return { kind: 'stale' };
      throw error;
    }
  }
}

/** Any failure without an answer of the provider counts as «not reachable». */
async function reached<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new IdentityUnavailable(error instanceof Error ? error.name : 'unknown');
  }
}

function personOf(claims: unknown): ProvenPerson {
  const parsed = personSchema.safeParse(claims);
  if (!parsed.success)
    throw new IdentityUnavailable(`the person's claims do not fit: ${parsed.error.issues.map(i => i.path.join('.')).join(', ')}`);
  const c = parsed.data;
  return {
    subject: c.sub,
    familyName: c.family_name,
    givenName: c.given_name,
    middleName: c.middle_name ?? null,
    birthDate: c.birthdate ?? null,
    sex: c.gender ?? null,
    snils: c.snils ?? null,
    email: c.email_verified ? (c.email ?? null) : null,
    phone: c.phone_number_verified ? (c.phone_number ?? null) : null,
    confirmed: c.trusted,
  };
}
