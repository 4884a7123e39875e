// Moving a visit to another device: who gets the address, what it shows before the confirmation, that it works once and for three minutes,
// and whose session the new one is.
import { beforeEach, describe, expect, test } from 'vitest';
import { type CastPerson, DAY, HOUR, MINUTE } from '../cast.ts';
import { sha256 } from '../../worker/auth/seal.ts';
import { askOne } from '../../worker/data/db.ts';
import { handoverRead, takeHandover } from '../../worker/data/handovers.ts';
import { count, d1, db, freshClinic } from '../data/d1.ts';
import { booked, type Meeting, meeting } from './meeting.ts';
import { cookieFrom, Product, PUBLIC_URL, wordsOf } from './product.ts';

let product: Product;
let visit: Meeting;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  product.now = Date.now();
  visit = await meeting();
});

const asks = (as: CastPerson | null, given: { htmx?: boolean; id?: string } = {}) =>
  product.post(`/consultations/${given.id ?? visit.id}/room/handover`, { place: 'waiting' }, as, { htmx: given.htmx ?? true });

/** The path in the QR code. */
async function addressFor(as: CastPerson, id = visit.id): Promise<string> {
  const html = await (await asks(as, { id })).text();
  const [, path = ''] = html.match(new RegExp(`>${PUBLIC_URL}(/handover#[\\w-]{43})<`)) ?? [];
  expect(path).not.toBe('');
  return path;
}

const tokenIn = (path: string) => path.split('#')[1] ?? '';
const opens = (path: string) => product.post('/handover', { token: tokenIn(path) });
const takes = (path: string, cookies: Record<string, string> = {}) =>
  product.post('/handover', { token: tokenIn(path), take: '1' }, null, { cookies });
const sessions = () => count('SELECT count(*) AS n FROM session');
const spent = async (response: Response) => {
  expect(response.status).toBe(404);
  expect(response.headers.getSetCookie().join()).not.toContain('__Host-session');
  expect(wordsOf(await response.text())).toContain('Этот код больше не действует');
};

describe('the code', () => {
  test('is a fragment with a QR, its address, the time it has and a way to a new one', async () => {
    const html = await (await asks(visit.anna)).text();

    expect(html).toMatch(/^<section class="card" id="handover-waiting"/);
    expect(html).toMatch(/<svg class="qr" [^>]*role="img" aria-label="Код[^"]*"><path d="M4 4h7/);
    expect(html).toContain('data-left="180000"');
    expect(wordsOf(html)).toContain('Новый код');
  });

  test('is a page for a browser without script', async () => {
    const html = await (await asks(visit.anna, { htmx: false })).text();

    expect(html).toContain('<svg class="qr"');
    expect(html).toContain(`href="/consultations/${visit.id}/room"`);
  });

  test('keeps nothing but a hash, and the journal says who gave it', async () => {
    const path = await addressFor(visit.anna);

    const { results } = await d1.prepare('SELECT * FROM handover').all();
    expect(JSON.stringify(results)).not.toContain(tokenIn(path));
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'session.handoverGiven' AND person_id = ?1", visit.anna.id)).toBe(1);
  });

  test('is not given while the room is closed, nor to strangers, nor to nobody', async () => {
    const later = await booked(visit.anna.id, product.now + 2 * DAY);

    expect((await asks(visit.anna, { id: later, htmx: false })).headers.get('location')).toBe(`/consultations/${later}/room`);
    expect((await asks(visit.stranger)).status).toBe(404);
    expect((await asks(null, { htmx: false })).headers.get('location')).toMatch(/^\/sign-in/);
    expect(await count('SELECT count(*) AS n FROM handover')).toBe(0);
  });

  test('is given twenty times in a quarter of an hour and no more', async () => {
    // The window of the limit is a quarter of an hour of the clock, and the room must be open in it.
    product.now = Math.ceil(product.now / (15 * MINUTE)) * 15 * MINUTE;
    await d1.batch([d1.prepare('UPDATE consultation SET starts_at = ?1, ends_at = ?1 + 1800000').bind(product.now)]);

    for (let times = 0; times < 20; times += 1) expect((await asks(visit.anna)).status).toBe(200);
    const refused = await asks(visit.anna);
    expect(refused.status).toBe(429);
    expect(wordsOf(await refused.text())).toContain('Слишком много кодов');
  });

  test('a new one takes the place of the one before', async () => {
    const first = await addressFor(visit.anna);
    const second = await addressFor(visit.anna);

    await spent(await takes(first));
    expect((await takes(second)).status).toBe(303);
  });

  test('asks for itself when its time is over, and is a button again', async () => {
    const html = await (await product.get(`/consultations/${visit.id}/room/handover?place=panel`, visit.anna, true)).text();

    expect(html).toMatch(/^<section class="stack" id="handover-panel">/);
    expect(wordsOf(html)).toContain('Код больше не действует. Новый код');
  });
});

describe('the other device', () => {
  test('is asked first: opening the address changes nothing, however often', async () => {
    const path = await addressFor(visit.anna);
    const before = await sessions();

    const words = wordsOf(await (await opens(path)).text());
    const again = await opens(path);

    expect(words).toContain('Продолжить приём на этом устройстве?');
    expect(words).toContain('Анна Т.');
    expect(words).not.toContain('Тестова');
    expect(again.headers.getSetCookie()).toEqual([]);
    expect(again.headers.get('referrer-policy')).toBe('strict-origin');
    expect(await sessions()).toBe(before);
    expect((await takes(path)).status).toBe(303);
  });

  test('is signed in as the same person and led into the room', async () => {
    const path = await addressFor(visit.anna);

    const taken = await takes(path);

    expect(taken.headers.get('location')).toBe(`/consultations/${visit.id}/room`);
    const cookie = taken.headers.getSetCookie().join();
    expect(cookie).toMatch(/__Host-session=[\w-]{43}; Max-Age=14400; Path=\/; HttpOnly; Secure; SameSite=Lax/);
    const phone = { '__Host-session': cookieFrom(taken, 'session') };
    expect((await product.request(`/consultations/${visit.id}/room`, { cookies: phone })).status).toBe(200);
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'session.handover' AND person_id = ?1", visit.anna.id)).toBe(1);
    expect(await count("SELECT count(*) AS n FROM session WHERE way = 'gosuslugi' AND expires_at = ?1", product.now + 4 * HOUR)).toBe(1);
    product.now += 4 * HOUR;
    expect((await product.request('/appointments', { cookies: phone })).status).toBe(303);
  });

  test('a doctor comes to the doctor’s own page of the visit', async () => {
    const path = await addressFor(visit.doctor);

    expect((await takes(path)).headers.get('location')).toBe(`/desk/consultations/${visit.id}`);
  });

  test('that was read before the visit was cancelled opens nothing after it', async () => {
    const hash = await sha256(tokenIn(await addressFor(visit.anna)));
    const handed = await askOne(db, handoverRead(hash, product.now));
    await d1
      .prepare(
        "INSERT INTO cancellation (consultation_id, at, by, person_id, reason, return_minor) VALUES (?1, ?2, 'patient', ?3, 'asked', 0)",
      )
      .bind(visit.id, product.now, visit.anna.id)
      .run();
    const before = await sessions();

    expect(handed).not.toBeNull();
    expect(handed && (await takeHandover(db, handed, hash, 'session', product.now))).toBe(false);
    expect(await sessions()).toBe(before);
  });

  test('two that press at once: one session, the other is told', async () => {
    const path = await addressFor(visit.anna);
    const before = await sessions();

    const answers = await Promise.all([takes(path), takes(path), takes(path)]);

    expect(answers.map(answer => answer.status).toSorted((a, b) => a - b)).toEqual([303, 404, 404]);
    expect(await sessions()).toBe(before + 1);
    expect(await count("SELECT count(*) AS n FROM audit WHERE act = 'session.handover'")).toBe(1);
    await spent(await takes(path));
    await spent(await opens(path));
  });

  test.each([
    [3 * MINUTE - 1, 303],
    [3 * MINUTE, 404],
  ])('%i ms after the code was made it is answered with %i', async (after, status) => {
    const path = await addressFor(visit.anna);
    product.now += after;

    expect((await takes(path)).status).toBe(status);
  });

  test('a session never outlives the one it came from', async () => {
    await d1
      .prepare('UPDATE session SET expires_at = ?1 WHERE person_id = ?2')
      .bind(product.now + HOUR, visit.anna.id)
      .run();
    const path = await addressFor(visit.anna);

    const taken = await takes(path);

    expect(taken.headers.getSetCookie().join()).toContain('Max-Age=3600;');
    expect(await count('SELECT count(*) AS n FROM session WHERE expires_at = ?1', product.now + HOUR)).toBe(2);
  });

  test('who signs out takes the code back; so does the end of the visit', async () => {
    const [annas, doctors] = [await addressFor(visit.anna), await addressFor(visit.doctor)];
    await product.post('/sign-out', {}, visit.anna);
    await spent(await takes(annas));
    await d1
      .prepare("INSERT INTO conclusion (consultation_id, at, person_id, outcome) VALUES (?1, ?2, ?3, 'failed')")
      .bind(visit.id, product.now, visit.doctor.id)
      .run();

    await spent(await takes(doctors));
  });

  test('a visit that was cancelled signs nobody in', async () => {
    const path = await addressFor(visit.anna);
    await d1
      .prepare("INSERT INTO cancellation (consultation_id, at, by, person_id, return_minor) VALUES (?1, ?2, 'patient', ?3, 0)")
      .bind(visit.id, product.now, visit.anna.id)
      .run();

    await spent(await opens(path));
    await spent(await takes(path));
  });

  test('somebody else’s session on it ends, and the page says so before', async () => {
    const path = await addressFor(visit.doctor);
    const cookies = { '__Host-session': visit.stranger.token };

    expect(wordsOf(await (await product.post('/handover', { token: tokenIn(path) }, null, { cookies })).text())).toContain(
      'Сейчас на этом устройстве открыт кабинет: Анна Т.',
    );
    expect((await takes(path, cookies)).status).toBe(303);
    expect((await product.get('/appointments', visit.stranger)).status).toBe(303);
  });

  test('the same person’s own session stays as it is, and the code is spent', async () => {
    const path = await addressFor(visit.anna);
    const before = await sessions();

    const taken = await takes(path, { '__Host-session': visit.anna.token });

    expect(taken.headers.get('location')).toBe(`/consultations/${visit.id}/room`);
    expect(taken.headers.getSetCookie()).toEqual([]);
    expect(await sessions()).toBe(before);
    await spent(await takes(path));
  });

  test('a made-up address is told the same as a used one', async () => {
    await spent(await opens('/handover#made-up'));
    await spent(await takes(`/handover#${'x'.repeat(43)}`));
  });

  test('a form from another site is refused', async () => {
    const path = await addressFor(visit.anna);

    const foreign = await product.post('/handover', { token: tokenIn(path), take: '1' }, null, {
      headers: { origin: 'https://evil.example' },
    });

    expect(foreign.status).toBe(403);
    expect((await takes(path)).status).toBe(303);
  });
});

describe('a session that was handed over', () => {
  const handedOver = async (as: CastPerson) => ({ '__Host-session': cookieFrom(await takes(await addressFor(as)), 'session') });

  test('opens the pages of its visit and no others', async () => {
    const cookies = await handedOver(visit.anna);
    const other = await booked(visit.anna.id, visit.startsAt + DAY);
    const statusOf = async (path: string, method = 'GET') =>
      (await product.request(path, { method, cookies, headers: { origin: PUBLIC_URL } })).status;

    for (const path of [
      `/consultations/${visit.id}/room`,
      `/consultations/${visit.id}`,
      `/consultations/${visit.id}/check`,
      '/check',
      '/online',
    ])
      expect([path, await statusOf(path)]).toEqual([path, 200]);
    for (const path of [
      '/card',
      '/card/access',
      '/consents',
      '/appointments',
      '/appointments/history',
      `/consultations/${other}`,
      `/consultations/${other}/room`,
    ])
      expect([path, await statusOf(path)]).toEqual([path, 403]);
    for (const path of ['/card/archive', '/consultations', '/consents']) expect([path, await statusOf(path, 'POST')]).toEqual([path, 403]);
    expect(await count("SELECT count(*) AS n FROM card_access WHERE act IN ('card', 'archive')")).toBe(0);
  });

  test('of a doctor opens the visit and not the patient’s card', async () => {
    const cookies = await handedOver(visit.doctor);

    expect((await product.request(`/desk/consultations/${visit.id}`, { cookies })).status).toBe(200);
    expect((await product.request(`/desk/consultations/${visit.id}/card`, { cookies })).status).toBe(403);
    expect((await product.request('/desk', { cookies })).status).toBe(403);
  });

  test('signs itself out, never everywhere', async () => {
    const cookies = await handedOver(visit.anna);

    await product.post('/sign-out', { everywhere: '1' }, null, { cookies });

    expect((await product.request(`/consultations/${visit.id}/room`, { cookies })).status).toBe(303);
    expect((await product.get('/card', visit.anna)).status).toBe(200);
  });
});
