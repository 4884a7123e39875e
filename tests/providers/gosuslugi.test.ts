// The adapter of Gosuslugi against the stand's strict OpenID Connect provider: success, refusal, an expired attempt, errors.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { serveGosuslugi } from '../../stand/gosuslugi/gosuslugi.ts';
import { people } from '../../stand/gosuslugi/people.ts';
import { gosuslugi } from '../../worker/providers/identity/gosuslugi.ts';
import { type Departure, IdentityUnavailable } from '../../worker/providers/identity/port.ts';

const RETURN = 'http://clinic.test/sign-in/gosuslugi/return';
const CLIENT = { id: 'clinic', secret: 'a secret of the tests', redirectUris: [RETURN] };

let stand: Awaited<ReturnType<typeof serveGosuslugi>>;
let departures = 0;

beforeEach(async () => {
  stand = await serveGosuslugi({ port: 0, client: CLIENT, slowMs: 500 });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await stand.close();
});

describe('a person comes back', () => {
  test('with everything that Gosuslugi has verified', async () => {
    expect(await comesBack('Тестова')).toEqual({
      kind: 'person',
      person: {
        subject: '1000000001',
        familyName: 'Тестова',
        givenName: 'Анна',
        middleName: 'Петровна',
        birthDate: '1958-03-14',
        sex: 'female',
        snils: '999-000-001 15',
        email: 'anna@example.ru',
        phone: '+70000000001',
        confirmed: true,
      },
    });
  });

  test('with an account that is not confirmed', async () => {
    expect(await comesBack('Черновикова')).toMatchObject({ kind: 'person', person: { givenName: 'Кира', confirmed: false } });
  });

  test('without an e-mail', async () => {
    expect(await comesBack('Безпочтов')).toMatchObject({ kind: 'person', person: { givenName: 'Олег', email: null, confirmed: true } });
  });

  test.each(['Отказов', null])('having refused (%s)', async familyName => {
    expect(await comesBack(familyName)).toEqual({ kind: 'refused' });
  });
});

describe('a return is stale', () => {
  test('when its state is another one’s', async () => {
    const departure = newDeparture();
    const back = await walk(departure, 'Тестова');

    expect(await adapter().arrive(back, { ...departure, state: newDeparture().state }, RETURN)).toEqual({ kind: 'stale' });
  });

  test('when its nonce is another one’s', async () => {
    const departure = newDeparture();
    const back = await walk(departure, 'Тестова');

    expect(await adapter().arrive(back, { ...departure, nonce: newDeparture().nonce }, RETURN)).toEqual({ kind: 'stale' });
  });

  test('when its verifier is another one’s: a stolen code is worth nothing', async () => {
    const departure = newDeparture();
    const back = await walk(departure, 'Тестова');

    expect(await adapter().arrive(back, { ...departure, verifier: newDeparture().verifier }, RETURN)).toEqual({ kind: 'stale' });
  });

  test('when its code was spent', async () => {
    const departure = newDeparture();
    const back = await walk(departure, 'Тестова');
    await adapter().arrive(back, departure, RETURN);

    expect(await adapter().arrive(back, departure, RETURN)).toEqual({ kind: 'stale' });
  });

  test.each(['', '?code=made-up', '?state=x', '?error=server_error', '?code=a&code=b&state=x'])('when it is «%s»', async query => {
    expect(await adapter().arrive(new URL(RETURN + query), newDeparture(), RETURN)).toEqual({ kind: 'stale' });
  });
});

describe('Gosuslugi is unavailable', () => {
  test('when nobody answers', async () => {
    const departure = newDeparture();
    const back = await walk(departure, 'Тестова');
    await stand.close();

    await expect(adapter().depart(departure, RETURN)).rejects.toThrow(IdentityUnavailable);
    await expect(adapter().arrive(back, departure, RETURN)).rejects.toThrow(IdentityUnavailable);
  });

  test('when the person’s token fails', async () => {
    await expect(comesBack('Сбоев')).rejects.toThrow(IdentityUnavailable);
  });

  test('when it takes too long, and says that it was the time', async () => {
    const departure = newDeparture();
    const port = adapter();
    const back = await walk(departure, 'Медленный', port);
    const { timeout } = AbortSignal;
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout.call(AbortSignal, 50));

    await expect(port.arrive(back, departure, RETURN)).rejects.toThrow(/Timeout/);
  });

  test.each(['discovery', 'token', 'userinfo'])('when %s answers with an error', async place => {
    const departure = newDeparture();
    const back = await walk(departure, 'Тестова');
    await fault({ kind: 'error', on: place, status: 503 });

    await expect(adapter().arrive(back, departure, RETURN)).rejects.toThrow(IdentityUnavailable);
  });

  test('for a moment only: the next try goes through', async () => {
    const port = adapter();
    await fault({ kind: 'error', on: 'discovery', count: 1 });

    await expect(port.depart(newDeparture(), RETURN)).rejects.toThrow(IdentityUnavailable);
    expect((await port.depart(newDeparture(), RETURN)).origin).toBe(stand.url);
  });
});

const adapter = () => gosuslugi({ issuer: stand.url, clientId: CLIENT.id, clientSecret: CLIENT.secret });

function newDeparture(): Departure {
  departures += 1;
  return { state: `state-${departures}`, nonce: `nonce-${departures}`, verifier: `verifier-${departures}-`.padEnd(43, 'x') };
}

async function comesBack(familyName: string | null) {
  const departure = newDeparture();
  return await adapter().arrive(await walk(departure, familyName), departure, RETURN);
}

/** Goes through the pages of Gosuslugi as a browser does; null presses «Отказаться». Returns the return address. */
async function walk(departure: Departure, familyName: string | null, port = adapter()): Promise<URL> {
  const cookies = new Map<string, string>();
  const go = async (url: string, form?: URLSearchParams): Promise<string> => {
    const cookie = [...cookies].map(pair => pair.join('=')).join('; ');
    const answer = await fetch(url, { method: form ? 'POST' : 'GET', body: form, headers: { cookie }, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return new URL(answer.headers.get('location') ?? '', url).href;
  };
  const sub = people.find(person => person.familyName === familyName)?.sub;
  const interaction = await go((await port.depart(departure, RETURN)).href);
  return new URL(await go(await go(interaction, new URLSearchParams(sub === undefined ? { refuse: 'yes' } : { sub }))));
}

async function fault(body: object): Promise<void> {
  const answer = await fetch(`${stand.url}/__stand/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
}
