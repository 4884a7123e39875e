// Signing in and out: Gosuslugi, the code from a letter, consents, sessions; what is throttled and what is never revealed.
import { beforeEach, describe, expect, test } from 'vitest';
import { sha256 } from '../../worker/auth/seal.ts';
import { ABSOLUTE_MS, IDLE_MS } from '../../worker/data/sessions.ts';
import { CODE_LIFE_MS } from '../../worker/data/sign-in-codes.ts';
import type { ProvenPerson } from '../../worker/providers/identity/port.ts';
import { MailRefused, MailUnavailable } from '../../worker/providers/mail/port.ts';
import { DAY, MINUTE, NOON, patient } from '../cast.ts';
import { sweep } from '../../worker/data/retention.ts';
import { count, d1, db, freshClinic, patients, run } from '../data/d1.ts';
import { cookieFrom, jarAfter, Product, PUBLIC_URL, wordsOf } from './product.ts';

let product: Product;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
});

const ANNA: ProvenPerson = {
  subject: '1000000001',
  familyName: 'Тестова',
  givenName: 'Анна',
  middleName: null,
  birthDate: '1958-05-05',
  sex: 'female',
  snils: '112-233-445 95',
  email: 'Anna@example.ru',
  phone: '+70000000001',
  confirmed: true,
};

/** The address to which Gosuslugi sends the person back after this departure. */
const returnOf = (away: Response): string =>
  `/sign-in/gosuslugi/return?code=c&state=${new URL(away.headers.get('location') ?? '').searchParams.get('state')}`;

async function comesBack(person: ProvenPerson | 'refused' | 'stale') {
  product.arrives = person;
  const away = await product.get('/sign-in/gosuslugi?next=/appointments');
  return await product.request(returnOf(away), { cookies: jarAfter(away) });
}

/** With `cookies` the same browser asks again. */
async function asksForCode(email: string, cookies: Record<string, string> = {}) {
  const response = await product.post('/sign-in/code', { email }, null, { cookies });
  return {
    response,
    cookies: jarAfter(response, cookies),
    code: /\b\d{6}\b/.exec(product.mails.at(-1)?.text ?? '')?.[0] ?? '',
  };
}

describe('through Gosuslugi', () => {
  test('a person is taken over with everything verified, SNILS sealed and masked', async () => {
    const response = await comesBack(ANNA);

    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/consents?came=gosuslugi&next=%2Fappointments');
    const row = await d1.prepare("SELECT * FROM person WHERE family_name = 'Тестова'").first<Record<string, string>>();
    expect(row).toMatchObject({
      given_name: 'Анна',
      birth_date: '1958-05-05',
      sex: 'female',
      email: 'anna@example.ru',
      snils_masked: '•••-•••-••5 95',
    });
    expect(JSON.stringify(row)).not.toContain('112-233-445');
  });

  test('the second time it is the same person, and an account confirmed meanwhile may book', async () => {
    await comesBack({ ...ANNA, confirmed: false });
    await comesBack(ANNA);

    expect(await count("SELECT count(*) AS n FROM person WHERE family_name = 'Тестова'")).toBe(1);
    expect(await count("SELECT count(*) AS n FROM identity WHERE provider = 'gosuslugi' AND confirmed = 1")).toBe(1);
  });

  test.each(['refused', 'stale'] as const)('%s: back to the sign-in page, which says what happened, with no session', async kind => {
    const response = await comesBack(kind);

    expect(response.headers.get('location')).toBe(`/sign-in?error=${kind}`);
    expect((await product.get(`/sign-in?error=${kind}`)).status).toBe(200);
    expect(await count('SELECT count(*) AS n FROM session')).toBe(0);
  });

  test('a return that this browser did not leave for is refused', async () => {
    product.arrives = ANNA;

    const response = await product.get('/sign-in/gosuslugi/return?code=c&state=s');

    expect(response.headers.get('location')).toBe('/sign-in?error=stale');
    expect(await count('SELECT count(*) AS n FROM session')).toBe(0);
  });

  test('nobody is led out of the cabinet by the address to come back to', async () => {
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
      product.arrives = ANNA;
      const away = await product.get(`/sign-in/gosuslugi?next=${encodeURIComponent(next)}`);
      const back = await product.request(returnOf(away), { cookies: jarAfter(away) });
      expect(back.headers.get('location')).toBe('/consents?came=gosuslugi');
    }
  });
});

describe('in several tabs of one browser', () => {
  const departs = (next: string, jar: Record<string, string>) =>
    product.request(`/sign-in/gosuslugi?next=${encodeURIComponent(next)}`, { cookies: jar });

  test('each return from Gosuslugi leads to its own place, also when both tabs left at the same moment', async () => {
    product.arrives = ANNA;
    const [card, history] = await Promise.all([departs('/card', {}), departs('/appointments/history', {})]);
    let jar = jarAfter(history, jarAfter(card));

    const first = await product.request(returnOf(card), { cookies: jar });
    jar = jarAfter(first, jar);
    const second = await product.request(returnOf(history), { cookies: jar });

    expect(first.headers.get('location')).toBe('/consents?came=gosuslugi&next=%2Fcard');
    expect(second.headers.get('location')).toBe('/consents?came=gosuslugi&next=%2Fappointments%2Fhistory');
  });

  test('a return that is opened again leads to its own place, and to signing in when the session has ended', async () => {
    product.arrives = ANNA;
    const away = await departs('/card', {});
    const came = await product.request(returnOf(away), { cookies: jarAfter(away) });
    const jar = jarAfter(came, jarAfter(away));
    product.arrives = 'stale';

    expect((await product.request(returnOf(away), { cookies: jar })).headers.get('location')).toBe('/card');
    delete jar['__Host-session'];
    expect((await product.request(returnOf(away), { cookies: jar })).headers.get('location')).toBe('/sign-in?error=stale');
  });

  test('a browser remembers four departures, and the oldest begins anew', async () => {
    product.arrives = ANNA;
    let jar: Record<string, string> = {};
    const tabs: Response[] = [];
    for (const next of ['/a', '/b', '/c', '/d', '/e']) {
      const away = await departs(next, jar);
      jar = jarAfter(away, jar);
      tabs.push(away);
      product.now += 1000;
    }
    const [oldest, second] = tabs.map(returnOf);

    expect(Object.keys(jar)).toHaveLength(4);
    expect((await product.request(oldest ?? '', { cookies: jar })).headers.get('location')).toBe('/sign-in?error=stale');
    expect((await product.request(second ?? '', { cookies: jar })).headers.get('location')).toContain('next=%2Fb');
  });

  test('each code page takes its own code and leads to its own place; a code entered twice leads there too', async () => {
    await patients(2);
    const one = await product.post('/sign-in/code', { email: 'patient1@example.ru', next: '/card' });
    const code = /\b\d{6}\b/.exec(product.mails.at(-1)?.text ?? '')?.[0] ?? '';
    const other = await product.post('/sign-in/code', { email: 'patient2@example.ru', next: '/appointments' }, null, {
      cookies: jarAfter(one),
    });
    const jar = jarAfter(other, jarAfter(one));
    const page = await (await product.request(one.headers.get('location') ?? '', { cookies: jar })).text();
    expect(page).toContain('name="next" value="/card"');

    const fields = { email: 'patient1@example.ru', code, next: '/card' };
    const entered = await product.post('/sign-in/code', fields, null, { cookies: jar });
    const again = await product.post('/sign-in/code', fields, null, { cookies: jarAfter(entered, jar) });

    expect(entered.headers.get('location')).toBe('/consents?came=code&next=%2Fcard');
    expect(again.headers.get('location')).toBe('/card');
  });

  test('two tabs that ask for a code to one address get one letter, and each its own place', async () => {
    await patients(1);
    const one = await product.post('/sign-in/code', { email: 'patient1@example.ru', next: '/card' });

    const other = await product.post('/sign-in/code', { email: 'patient1@example.ru', next: '/help' }, null, { cookies: jarAfter(one) });

    expect(product.mails).toHaveLength(1);
    expect(other.headers.get('location')).toMatch(/^\/sign-in\/code\?of=[0-9a-f-]{36}&next=%2Fhelp$/);
  });
});

describe('by a code from a letter', () => {
  test('it opens the cabinet of the identified person, once', async () => {
    await patients(1);
    const { response, cookies, code } = await asksForCode('Patient1@Example.ru ');

    const entered = await product.post('/sign-in/code', { code }, null, { cookies });
    const again = await product.post('/sign-in/code', { code }, null, { cookies });

    expect(response.headers.get('location')).toMatch(/^\/sign-in\/code\?of=[0-9a-f-]{36}$/);
    expect(entered.headers.get('location')).toBe('/consents?came=code');
    expect(cookieFrom(entered, 'session')).toHaveLength(43);
    expect(again.status).toBe(422);
  });

  test('a letter that the provider is too busy for is sent again under the same key', async () => {
    await patients(1);
    product.mailFaults.push(new MailUnavailable('rate_limit_exceeded (429)', 0), new MailUnavailable('rate_limit_exceeded (429)', 0));

    const { cookies, code } = await asksForCode('patient1@example.ru');

    expect(product.mails).toHaveLength(1);
    const page = await product.request('/sign-in/code', { cookies });
    expect(wordsOf(await page.text())).toContain('Мы отправили его на patient1@example.ru');
    expect((await product.post('/sign-in/code', { code }, null, { cookies })).status).toBe(303);
  });

  test('a letter that cannot be sent is said to be so and may be asked for again at once', async () => {
    await patients(1);
    const first = await asksForCode('patient1@example.ru');
    product.now += 2 * MINUTE;
    product.mailFaults.push(new MailRefused('validation_error (422)'));

    const second = await asksForCode('patient1@example.ru', first.cookies);

    const page = wordsOf(await (await product.request('/sign-in/code', { cookies: second.cookies })).text());
    expect(page).toContain('Письмо на patient1@example.ru не ушло');
    expect(page).not.toContain('Мы отправили его');
    expect(page).not.toContain('Можно будет через');
    const third = await asksForCode('patient1@example.ru', second.cookies);
    expect(product.mails).toHaveLength(2);
    expect((await product.post('/sign-in/code', { code: third.code }, null, { cookies: third.cookies })).status).toBe(303);
  });

  test('the code before works until the next letter was taken, and not after it', async () => {
    await patients(1);
    const first = await asksForCode('patient1@example.ru');
    product.now += 2 * MINUTE;
    product.mailFaults.push(new MailRefused('validation_error (422)'));
    const second = await asksForCode('patient1@example.ru', first.cookies);
    expect((await product.post('/sign-in/code', { code: first.code }, null, { cookies: second.cookies })).status).toBe(303);

    product.now += 2 * MINUTE;
    const third = await asksForCode('patient1@example.ru');
    product.now += 2 * MINUTE;
    const fourth = await asksForCode('patient1@example.ru', third.cookies);
    expect((await product.post('/sign-in/code', { code: third.code }, null, { cookies: fourth.cookies })).status).toBe(422);
    expect((await product.post('/sign-in/code', { code: fourth.code }, null, { cookies: fourth.cookies })).status).toBe(303);
  });

  test('known and unknown addresses get the same answer; the unknown one learns the rest only with the code', async () => {
    await patients(1);

    const known = await asksForCode('patient1@example.ru');
    const unknown = await asksForCode('nobody@example.ru');

    expect(unknown.response.status).toBe(known.response.status);
    const pathOf = ({ response }: typeof known) => response.headers.get('location')?.replace(/[0-9a-f-]{36}/, 'id');
    expect(pathOf(unknown)).toBe(pathOf(known));
    expect(product.mails[0]?.subject.replace(/\d/g, '')).toBe(product.mails[1]?.subject.replace(/\d/g, ''));
    const page = await product.post('/sign-in/code', { code: unknown.code }, null, { cookies: unknown.cookies });
    expect(page.status).toBe(403);
    expect(await count('SELECT count(*) AS n FROM session WHERE way = ?1', 'code')).toBe(0);
  });

  test('an unconfirmed account does not come in by a code, nor does an address of two people', async () => {
    const kira = await patient(7, NOON, { identified: false, email: 'kira@example.ru' });
    const one = await patient(8, NOON, { email: 'both@example.ru' });
    const two = await patient(9, NOON, { email: 'both@example.ru' });
    await run([kira, one, two].flatMap(p => p.statements));

    for (const email of ['kira@example.ru', 'both@example.ru']) {
      const { cookies, code } = await asksForCode(email);
      expect((await product.post('/sign-in/code', { code }, null, { cookies })).status).toBe(403);
    }
  });

  test('staff of the clinic come in this way', async () => {
    const { cookies, code } = await asksForCode('b.primerov@example.ru');

    const entered = await product.post('/sign-in/code', { code }, null, { cookies });
    const onward = await product.request('/consents?came=code', { cookies: { '__Host-session': cookieFrom(entered, 'session') } });

    expect(onward.headers.get('location')).toBe('/desk');
  });

  test('five wrong tries spend the code, the right one after them too', async () => {
    await patients(1);
    const { cookies, code } = await asksForCode('patient1@example.ru');
    const wrong = code === '000000' ? '111111' : '000000';

    for (let i = 0; i < 5; i++) expect((await product.post('/sign-in/code', { code: wrong }, null, { cookies })).status).toBe(422);

    expect((await product.post('/sign-in/code', { code }, null, { cookies })).status).toBe(422);
    expect(await count('SELECT count(*) AS n FROM session WHERE way = ?1', 'code')).toBe(0);
  });

  test('twenty at once with the right code are one entry', async () => {
    await patients(1);
    const { cookies, code } = await asksForCode('patient1@example.ru');

    const responses = await Promise.all(Array.from({ length: 20 }, () => product.post('/sign-in/code', { code }, null, { cookies })));

    expect(responses.filter(r => r.status === 303)).toHaveLength(1);
    expect(await count("SELECT count(*) AS n FROM session WHERE way = 'code'")).toBe(1);
  });

  test.each([
    [CODE_LIFE_MS - 1, 303],
    [CODE_LIFE_MS, 422],
  ])('after %i ms the answer is %i', async (ms, status) => {
    await patients(1);
    const { cookies, code } = await asksForCode('patient1@example.ru');
    product.now += ms;

    expect((await product.post('/sign-in/code', { code }, null, { cookies })).status).toBe(status);
  });

  test('a malformed address or code is said beside its field and kept', async () => {
    const page = await product.post('/sign-in/code', { email: 'anna.example.ru' });
    const html = await page.text();
    expect(page.status).toBe(422);
    expect(html).toContain('value="anna.example.ru"');
    expect(html).toContain('aria-invalid="true"');

    const { cookies } = await asksForCode('patient1@example.ru');
    const short = await product.post('/sign-in/code', { code: '4821' }, null, { cookies });
    expect(short.status).toBe(422);
    expect(await short.text()).toContain('value="4821"');
  });

  test('one address gets five letters in a quarter of an hour and then a wait with its end', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 7; i++) statuses.push((await product.post('/sign-in/code', { email: 'patient1@example.ru' })).status);

    expect(statuses).toEqual([303, 303, 303, 303, 303, 429, 429]);
    expect(product.mails).toHaveLength(5);
  });
});

describe('a code belongs to the browser that asked for it', () => {
  const wrongFor = (code: string) => (code === '000000' ? '111111' : '000000');

  test('a stranger who asks for a code to the same address does not spoil the genuine one', async () => {
    await patients(1);
    const genuine = await asksForCode('patient1@example.ru');
    await asksForCode('patient1@example.ru');

    const entered = await product.post('/sign-in/code', { code: genuine.code }, null, { cookies: genuine.cookies });

    expect(entered.headers.get('location')).toBe('/consents?came=code');
  });

  test('a stranger who types wrong codes uses up only a code of their own', async () => {
    await patients(1);
    const genuine = await asksForCode('patient1@example.ru');
    const strange = await asksForCode('patient1@example.ru');
    for (let i = 0; i < 6; i++) await product.post('/sign-in/code', { code: wrongFor(strange.code) }, null, { cookies: strange.cookies });

    const entered = await product.post('/sign-in/code', { code: genuine.code }, null, { cookies: genuine.cookies });

    expect(entered.status).toBe(303);
  });

  test('the code of one browser is none in another', async () => {
    await patients(1);
    const genuine = await asksForCode('patient1@example.ru');
    const strange = await asksForCode('patient1@example.ru');

    const refused = await product.post('/sign-in/code', { code: genuine.code }, null, { cookies: strange.cookies });

    expect(refused.status).toBe(genuine.code === strange.code ? 303 : 422);
  });

  test('a new code in the same browser replaces the one before', async () => {
    await patients(1);
    const first = await asksForCode('patient1@example.ru');
    product.now += 2 * MINUTE;
    await product.post('/sign-in/code', {}, null, { cookies: first.cookies });

    expect((await product.post('/sign-in/code', { code: first.code }, null, { cookies: first.cookies })).status).toBe(422);
  });

  test('fifty wrong codes a day are all, the owner gets one letter, and a browser that knows the address still gets in', async () => {
    await patients(1);
    const first = await asksForCode('patient1@example.ru');
    const entered = await product.post('/sign-in/code', { code: first.code }, null, { cookies: first.cookies });
    const known = { '__Host-browser': cookieFrom(entered, 'browser') };
    const strange = await asksForCode('patient1@example.ru');
    const guess = () => product.post('/sign-in/code', { code: wrongFor(strange.code) }, null, { cookies: strange.cookies });
    for (let i = 0; i < 50; i++) expect((await guess()).status).toBe(422);
    const letters = product.mails.length;

    const refused = await guess();
    await guess();
    const resent = await product.post('/sign-in/code', { email: 'patient1@example.ru' }, null, { cookies: known });
    const code = /\b\d{6}\b/.exec(product.mails.at(-1)?.text ?? '')?.[0] ?? '';
    const cookies = jarAfter(resent, known);

    expect(refused.status).toBe(429);
    expect(wordsOf(await refused.text())).toContain('мы написали его владельцу');
    expect(product.mails.slice(letters).map(mail => mail.subject.replace(/\d/g, ''))).toEqual([
      'Кто-то подбирает код для входа',
      'Код для входа: ',
    ]);
    expect((await product.post('/sign-in/code', { code }, null, { cookies })).status).toBe(303);
  });

  test('a stranger who asks for letters does not take them from a browser that knows the address, nor from another network', async () => {
    await patients(1);
    const first = await asksForCode('patient1@example.ru');
    const entered = await product.post('/sign-in/code', { code: first.code }, null, { cookies: first.cookies });
    for (let i = 0; i < 6; i++) await product.post('/sign-in/code', { email: 'patient1@example.ru' });

    const known = { '__Host-browser': cookieFrom(entered, 'browser') };
    expect((await product.post('/sign-in/code', { email: 'patient1@example.ru' }, null, { cookies: known })).status).toBe(303);
    const elsewhere = { 'cf-connecting-ip': '198.51.100.77' };
    expect((await product.post('/sign-in/code', { email: 'patient1@example.ru' }, null, { headers: elsewhere })).status).toBe(303);
  });
});

describe('a session', () => {
  test('is a __Host- cookie, kept only as a hash, and ends after idling or growing old', async () => {
    const response = await comesBack(ANNA);
    const token = cookieFrom(response, 'session');
    const line = response.headers.getSetCookie().find(c => c.startsWith('__Host-session=')) ?? '';

    expect(line).toMatch(/Secure/);
    expect(line).toMatch(/HttpOnly/);
    expect(line).toMatch(/SameSite=Lax/);
    expect(await count('SELECT count(*) AS n FROM session WHERE token_hash = ?1', await sha256(token))).toBe(1);
    const page = () => product.request('/appointments', { cookies: { '__Host-session': token } });
    expect((await page()).status).toBe(200);
    product.now = NOON + IDLE_MS;
    expect((await page()).status).toBe(303);
  });

  test('moves its idle end as it is used, up to the absolute one', async () => {
    const token = cookieFrom(await comesBack(ANNA), 'session');
    const page = () => product.request('/appointments', { cookies: { '__Host-session': token } });

    for (let used = NOON; used < NOON + ABSOLUTE_MS; used += IDLE_MS - MINUTE) {
      product.now = used;
      expect((await page()).status).toBe(200);
    }

    product.now = NOON + ABSOLUTE_MS;
    expect((await page()).status).toBe(303);
  });

  test('signing out ends it here; everywhere ends them all', async () => {
    const tokens = [
      cookieFrom(await comesBack(ANNA), 'session'),
      cookieFrom(await comesBack(ANNA), 'session'),
      cookieFrom(await comesBack(ANNA), 'session'),
    ];
    const as = (i: number) => ({ cookies: { '__Host-session': tokens[i] ?? '' } });
    const alive = async () => (await Promise.all(tokens.map((_, i) => product.request('/appointments', as(i))))).map(r => r.status === 200);

    await product.post('/sign-out', {}, null, as(0));
    expect(await alive()).toEqual([false, true, true]);
    await product.post('/sign-out', { everywhere: '1' }, null, as(1));
    expect(await alive()).toEqual([false, false, false]);
  });
});

describe('consents', () => {
  const documents = async () =>
    (await d1.prepare('SELECT id, kind FROM consent_document ORDER BY kind').all<{ id: string; kind: string }>()).results;

  test('are separate, unticked, signed one by one, and each refusal says what it costs', async () => {
    const oleg = await patient(8, NOON, { consents: false });
    await run(oleg.statements);
    const html = await (await product.get('/consents', oleg)).text();
    expect(html.match(/type="checkbox"/g)).toHaveLength(3);
    expect(html).not.toContain('checked');

    const [first] = await documents();
    await product.post('/consents', { document: first?.id ?? '' }, oleg);

    expect(await count('SELECT count(*) AS n FROM consent WHERE person_id = ?1', oleg.id)).toBe(1);
    expect(wordsOf(await (await product.get('/consents', oleg)).text())).toContain('Без него');
    expect(await count('SELECT count(*) AS n FROM consent c JOIN consent_document d ON d.id = c.document_id WHERE c.hash = d.hash')).toBe(
      1,
    );
  });

  test('a new version is asked for again, a withdrawn one too', async () => {
    const [anna] = await patients(1);
    if (!anna) throw new Error('no cast');
    const booking = '/doctors/01900000-0000-7000-8003-000000000004/slots/1795606200000';
    const asked = async () => (await product.get(booking, anna)).headers.get('location')?.startsWith('/consents') ?? false;
    expect(await asked()).toBe(false);

    await d1
      .prepare(
        `INSERT INTO consent_document SELECT '01930000-0000-7000-8000-0000000fffff', kind, version + 1, title_ru, title_en, summary_ru, summary_en, without_ru, without_en, 'новый', 'new', 'h', published_at
          FROM consent_document WHERE kind = 'offer'`,
      )
      .run();
    expect(await asked()).toBe(true);
    await product.post('/consents', { document: '01930000-0000-7000-8000-0000000fffff' }, anna);
    expect(await asked()).toBe(false);

    await product.post('/consents/withdraw', { document: '01930000-0000-7000-8000-0000000fffff' }, anna);
    expect(await asked()).toBe(true);
  });

  test('what was signed stays readable by its own address', async () => {
    const [first] = await documents();

    expect((await product.get(`/consents/${first?.id}`)).status).toBe(200);
  });
});

describe('the edge of the product', () => {
  test.each([
    [{ origin: 'https://evil.example' }],
    [{ 'sec-fetch-site': 'cross-site', origin: PUBLIC_URL }],
    [{ 'sec-fetch-site': 'same-site', origin: PUBLIC_URL }],
    [{ origin: 'null' }],
  ])('a form from elsewhere is refused: %o', async headers => {
    const [anna] = await patients(1);

    const response = await product.post('/sign-out', {}, anna, { headers });

    expect(response.status).toBe(403);
    expect(await count('SELECT count(*) AS n FROM session WHERE ended_at IS NOT NULL')).toBe(0);
  });

  test('every answer carries the headers a scanner asks for, and scripts need the nonce of their page', async () => {
    const page = await product.get('/online');
    const html = await page.text();
    const policy = page.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];

    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    for (const script of html.match(/<script[^>]*>/g) ?? []) expect(script).toContain(`nonce="${nonce}"`);
    expect(html).not.toMatch(/\sstyle="|\son\w+="/);
    for (const name of [
      'strict-transport-security',
      'x-content-type-options',
      'referrer-policy',
      'x-frame-options',
      'permissions-policy',
      'cross-origin-opener-policy',
    ]) {
      expect(page.headers.get(name), name).not.toBeNull();
    }
    expect((await product.get('/sign-in')).headers.get('content-security-policy')).not.toContain(`nonce-${nonce}`);
  });

  test('a body too large is 413, garbage is an answer and never a failure', async () => {
    const [anna] = await patients(1);
    expect((await product.post('/consultations', { email: 'x'.repeat(40_000) }, anna)).status).toBe(413);

    for (const path of [
      '/sign-in/code',
      '/consultations',
      '/consents',
      '/consents/withdraw',
      '/sign-out',
      '/notices/yookassa',
      '/notices/resend',
      '/activities/standing',
    ]) {
      for (const [body, type] of [
        ['\u0000\uffff', 'application/x-www-form-urlencoded'],
        ['{"a":', 'application/json'],
        ['--x\r\nbroken', 'multipart/form-data; boundary=x'],
        ['', 'text/plain'],
      ] as const) {
        const response = await product.request(path, { method: 'POST', body, headers: { 'content-type': type }, as: anna });
        expect(response.status, `${path} ${type}`).toBeLessThan(500);
      }
    }
  });

  test('English is complete for whoever asks for it, and is remembered', async () => {
    const page = await product.get('/online?lang=en');

    expect(wordsOf(await page.text())).toContain('Online consultation');
    expect(page.headers.getSetCookie().some(c => c.startsWith('lang=en'))).toBe(true);
  });

  test('old throttles and nonces are forgotten, the journal never', async () => {
    await product.post('/sign-in/code', { email: 'a@example.ru' });
    await sweep(db, NOON + 40 * DAY);

    expect(await count('SELECT count(*) AS n FROM throttle')).toBe(0);
    expect(await count('SELECT count(*) AS n FROM sign_in_code')).toBe(0);
  });
});

test('a flood from one network is answered with a wait, before anything is asked', async () => {
  const statuses = new Set<number>();
  // More requests than two windows allow, so that a boundary between windows does not matter.
  for (let i = 0; i < 62; i++) {
    const responses = await Promise.all(
      Array.from({ length: 100 }, () => product.request('/notices/yookassa', { method: 'POST', body: '{}' })),
    );
    for (const response of responses) statuses.add(response.status);
  }

  expect(statuses).toEqual(new Set([400, 429]));
});
