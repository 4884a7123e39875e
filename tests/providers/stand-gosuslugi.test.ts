// The stand's Gosuslugi against an independent OpenID Connect client: what the cabinet can rely on when a patient signs in.
import * as oauth from 'oauth4webapi';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveGosuslugi } from '../../stand/gosuslugi/gosuslugi.ts';
import { people, type Person } from '../../stand/gosuslugi/people.ts';

const client = { id: 'clinic', secret: 'a secret of the tests', redirectUris: ['http://127.0.0.1:9/return'] };
const relyingParty: oauth.Client = { client_id: client.id };
const http = { [oauth.allowInsecureRequests]: true };
const redirectUri = 'http://127.0.0.1:9/return';

let stand: Awaited<ReturnType<typeof serveGosuslugi>>;
let server: oauth.AuthorizationServer;

beforeAll(async () => {
  stand = await serveGosuslugi({ port: 0, client, slowMs: 300 });
  const issuer = new URL(stand.url);
  server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, http));
});
afterAll(() => stand.close());

test('a confirmed person signs in and the cabinet reads who they are', async () => {
  const { callback, verifier, nonce } = await signIn('Тестова');

  const tokens = await exchange(callback, verifier, nonce);
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  const answer = await oauth.userInfoRequest(server, relyingParty, tokens.access_token, http);
  const person = await oauth.processUserInfoResponse(server, relyingParty, claims?.sub ?? '', answer);

  expect(person).toMatchObject({
    sub: '1000000001',
    given_name: 'Анна',
    family_name: 'Тестова',
    middle_name: 'Петровна',
    birthdate: '1958-03-14',
    gender: 'female',
    snils: '999-000-001 15',
    email: 'anna@example.ru',
    email_verified: true,
    phone_number: '+70000000001',
    trusted: true,
  });
  expect(claims).not.toHaveProperty('snils');
  expect(claims).toMatchObject({ trusted: true, iss: stand.url, nonce });
});

test('the secret may be sent in the body as well', async () => {
  const { callback, verifier, nonce } = await signIn('Макетов');

  const tokens = await exchange(callback, verifier, nonce, oauth.ClientSecretPost(client.secret));

  expect(oauth.getValidatedIdTokenClaims(tokens)?.sub).toBe('1000000004');
});

test('an unconfirmed account says so and an account without e-mail has none', async () => {
  const kira = await claimsOf('Черновикова');
  const oleg = await claimsOf('Безпочтов');

  expect(kira.trusted).toBe(false);
  expect(oleg.trusted).toBe(true);
  expect(oleg).not.toHaveProperty('email');
});

test('a person who refuses comes back with access_denied and no code', async () => {
  const byName = await signIn('Отказов').catch((error: unknown) => error);
  const byButton = await signIn(undefined).catch((error: unknown) => error);

  expect(byName).toMatchObject({ error: 'access_denied' });
  expect(byButton).toMatchObject({ error: 'access_denied' });
});

test('a code is worth nothing with another verifier, with another secret, or a second time', async () => {
  const first = await signIn('Условнов');
  const stolen = exchange(first.callback, oauth.generateRandomCodeVerifier(), first.nonce);
  await expect(stolen).rejects.toMatchObject({ error: 'invalid_grant' });

  const second = await signIn('Условнов');
  const stranger = exchange(second.callback, second.verifier, second.nonce, oauth.ClientSecretBasic('not the secret'));
  await expect(stranger).rejects.toMatchObject({ status: 401 });

  const third = await signIn('Условнов');
  await exchange(third.callback, third.verifier, third.nonce);
  const again = exchange(third.callback, third.verifier, third.nonce);
  await expect(again).rejects.toMatchObject({ error: 'invalid_grant' });
});

test('a request without PKCE or with an unknown return address is refused', async () => {
  const bare = await fetch(
    `${stand.url}/authorize?client_id=clinic&response_type=code&scope=openid&redirect_uri=${encodeURIComponent(redirectUri)}`,
    { redirect: 'manual' },
  );
  const foreign = await fetch(`${stand.url}/authorize?client_id=clinic&response_type=code&scope=openid&redirect_uri=http://evil.example/`, {
    redirect: 'manual',
  });

  expect(new URL(bare.headers.get('location') ?? '').searchParams.get('error')).toBe('invalid_request');
  expect(foreign.status).toBe(400);
});

test('two people sign in one after another in the same browser', async () => {
  const browser = new Browser();

  const igor = await signIn('Пробников', browser);
  const zoya = await signIn('Наброскова', browser);

  expect(oauth.getValidatedIdTokenClaims(await exchange(igor.callback, igor.verifier, igor.nonce))?.sub).toBe('1000000002');
  expect(oauth.getValidatedIdTokenClaims(await exchange(zoya.callback, zoya.verifier, zoya.nonce))?.sub).toBe('1000000003');
});

test('the slow one is slow and the failing one fails at the token endpoint', async () => {
  const tikhon = await signIn('Медленный');
  const began = performance.now();
  await exchange(tikhon.callback, tikhon.verifier, tikhon.nonce);
  expect(performance.now() - began).toBeGreaterThan(290);

  const sboy = await signIn('Сбоев');
  await expect(exchange(sboy.callback, sboy.verifier, sboy.nonce)).rejects.toMatchObject({ cause: { status: 500 } });
});

test('a fault strikes as many times as it is told and garbage is refused with a sentence', async () => {
  const put = (body: object) =>
    fetch(`${stand.url}/__stand/faults`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

  const switched = await put({ kind: 'error', on: 'jwks', count: 1, status: 503 });
  const statuses = [(await fetch(`${stand.url}/jwks`)).status, (await fetch(`${stand.url}/jwks`)).status];
  const garbage = await put({ kind: 'earthquake' });
  const elsewhere = await put({ kind: 'drop' });

  expect(await switched.json()).toEqual({ faults: [{ kind: 'error', on: 'jwks', count: 1, ms: 1000, status: 503 }] });
  expect(statuses).toEqual([503, 200]);
  expect([garbage.status, elsewhere.status]).toEqual([400, 400]);
  expect((await elsewhere.json()).message).toContain('Сбоя «drop» у этого эмулятора нет');
});

test('every made-up person has a valid SNILS that was never issued', () => {
  for (const { snils } of people) {
    const digits = snils.replaceAll(/\D/g, '');
    const sum = [...digits].slice(0, 9).reduce((total, digit, index) => total + Number(digit) * (9 - index), 0);
    expect(Number(digits.slice(9))).toBe((sum % 101) % 100);
    expect(digits.startsWith('999')).toBe(true);
  }
});

/** Goes through the pages as a browser does. `familyName` undefined presses «Отказаться». Throws the provider's error. */
async function signIn(familyName: Person['familyName'] | undefined, browser = new Browser()) {
  const [verifier, nonce, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomNonce(), oauth.generateRandomState()];
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = new URLSearchParams({
    client_id: client.id,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid fullname birthdate gender snils mobile email',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    nonce,
    state,
  }).toString();
  const asked = await browser.go(url.href);
  const pick = await browser.go(asked);
  const sub = people.find(person => person.familyName === familyName)?.sub;
  const resume = await browser.go(pick, new URLSearchParams(sub === undefined ? { refuse: 'yes' } : { sub }));
  const back = new URL(await browser.go(resume));
  return { callback: oauth.validateAuthResponse(server, relyingParty, back, state), verifier, nonce };
}

async function exchange(callback: URLSearchParams, verifier: string, nonce: string, auth = oauth.ClientSecretBasic(client.secret)) {
  const answer = await oauth.authorizationCodeGrantRequest(server, relyingParty, auth, callback, redirectUri, verifier, http);
  const tokens = await oauth.processAuthorizationCodeResponse(server, relyingParty, answer, { expectedNonce: nonce, requireIdToken: true });
  await oauth.validateApplicationLevelSignature(server, answer, http);
  return tokens;
}

async function claimsOf(familyName: string) {
  const { callback, verifier, nonce } = await signIn(familyName);
  const tokens = await exchange(callback, verifier, nonce);
  const answer = await oauth.userInfoRequest(server, relyingParty, tokens.access_token, http);
  return oauth.processUserInfoResponse(server, relyingParty, oauth.skipSubjectCheck, answer);
}

/** Keeps cookies and returns the next address, or the page's own when the person must act on it. */
class Browser {
  private readonly cookies = new Map<string, string>();

  async go(url: string, form?: URLSearchParams): Promise<string> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, {
      method: form ? 'POST' : 'GET',
      body: form,
      headers: { cookie, accept: 'text/html' },
      redirect: 'manual',
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      this.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const location = answer.headers.get('location');
    return location === null ? url : new URL(location, url).href;
  }
}
