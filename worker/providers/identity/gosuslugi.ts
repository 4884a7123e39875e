// Gosuslugi through an OpenID Connect gateway (a new system may not connect to ESIA directly): authorization code with PKCE, state and
// nonce, and the person from userinfo. Endpoints come from discovery. worker/world.ts creates it.
import * as oauth from 'oauth4webapi';
import { dateIn } from '../../booking/zone.ts';
import { personOf } from './claims.ts';
import { type Departure, type IdentityPort, IdentityUnavailable, type Return } from './port.ts';

export interface GosuslugiSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const SCOPES = 'openid fullname birthdate gender snils mobile email';
const TIMEOUT_MS = 6_000;
const DISCOVERY_LIFE_MS = 10 * 60_000;

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
      const userinfo = await oauth.processUserInfoResponse(server, client, subject, info);
      const person = personOf(userinfo, userinfo.sub, dateIn('UTC', Date.now()));
      return person === null ? { kind: 'nameless' } : { kind: 'person', person };
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
    throw new IdentityUnavailable(error instanceof Error ? error.name : 'unknown', error instanceof Error && error.name === 'TimeoutError');
  }
}
