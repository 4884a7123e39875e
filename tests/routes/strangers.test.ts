// Nobody sees another's anything: every route of the product is walked as a stranger, and each read of the pages takes one round trip.
import { beforeEach, expect, test, vi } from 'vitest';
import { cabinet } from '../../worker/index.ts';
import { worldOf } from '../../worker/edge.ts';
import { DOCTORS, STAFF } from '../../stand/clinic/people.ts';
import { newId } from '../../worker/data/ids.ts';
import { type CastPerson, MAKETOVA, NOON, sessionFor, TOMORROW_14_30 } from '../cast.ts';
import { bindings, db, freshClinic, patients, run } from '../data/d1.ts';
import { Product } from './product.ts';

let product: Product;
let anna: CastPerson;
let stranger: CastPerson;
let consultationId: string;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  const [a, b] = await patients(2);
  if (!a || !b) throw new Error('no cast');
  [anna, stranger] = [a, b];
  const fields = {
    doctorId: MAKETOVA.doctorId,
    startsAt: String(TOMORROW_14_30),
    email: 'anna@example.ru',
    read: 'on',
    requestKey: newId(),
  };
  await product.post('/consultations', fields, anna);
  const row = await db.prepare('SELECT id FROM consultation').first<{ id: string }>();
  consultationId = row?.id ?? '';
});

const routes = () =>
  cabinet({ worldOf, now: () => NOON })
    .routes.filter(route => route.method !== 'ALL')
    .map(({ method, path }) => ({ method, path }));

/** An address of a route about this consultation; null when the route is about none. */
const about = (path: string, id: string): string | null =>
  path.startsWith('/consultations/:id') ? path.replace(/:id\{[^/]*\}/, `${id}.ics`).replace(':id', id) : null;

test('each route about a consultation is 404 for another patient, for staff and for a made-up id', async () => {
  const people = [stranger, ...(await Promise.all([...DOCTORS, ...STAFF].map((p, i) => sessionFor(p.id, i, NOON))))];
  await run(people.slice(1).flatMap(p => p.statements));
  const walked: string[] = [];

  for (const { method, path } of routes()) {
    const address = about(path, consultationId);
    if (address === null) continue;
    walked.push(`${method} ${path}`);
    for (const person of people) {
      const response = await product.request(address, {
        method,
        as: person,
        ...(method === 'POST' ? { body: new URLSearchParams({ returnMinor: '0' }) } : {}),
      });
      expect(response.status, `${method} ${address}`).toBe(404);
      expect(await response.text()).not.toContain('anna@example.ru');
    }
    const madeUp = await product.request(about(path, newId()) ?? '', { method, as: anna });
    expect(madeUp.status, `${method} ${path} made up`).toBe(404);
    const own = await product.request(address, { method, as: anna });
    expect(own.status, `${method} ${path} own`).not.toBe(404);
  }

  expect(walked.length).toBeGreaterThanOrEqual(7);
});

test('without a session every page of a person leads to the sign-in, and nothing is shown', async () => {
  for (const path of [
    '/appointments',
    '/appointments/history',
    '/card',
    '/desk',
    `/consultations/${consultationId}`,
    `/consultations/${consultationId}/payment`,
    `/consultations/${consultationId}.ics`,
  ]) {
    const response = await product.get(path);
    expect(response.status, path).toBe(303);
    expect(response.headers.get('location')).toMatch(/^\/sign-in/);
  }
});

test('the desk is for staff; a doctor sees only own patients there', async () => {
  const [maketova, primerov] = await Promise.all([sessionFor(MAKETOVA.id, 50, NOON), sessionFor(DOCTORS[0]?.id ?? '', 51, NOON)]);
  if (!maketova || !primerov) throw new Error('no cast');
  await run([...maketova.statements, ...primerov.statements]);
  product.now = TOMORROW_14_30 - 60_000 * 60;

  expect((await product.get('/desk', anna)).status).toBe(404);
  const own = await (await product.request('/desk', { as: maketova })).text();
  const other = await (await product.request('/desk', { as: primerov })).text();
  expect(own).toContain('Тестова1');
  expect(other).not.toContain('Тестова1');
});

test('one D1 round trip a page', async () => {
  const batch = vi.spyOn(bindings.DB, 'batch');
  const prepare = vi.spyOn(bindings.DB, 'prepare');
  for (const path of [
    '/online',
    `/doctors/${MAKETOVA.doctorId}`,
    `/doctors/${MAKETOVA.doctorId}/slots/${TOMORROW_14_30 + 30 * 60_000}`,
    '/appointments',
    '/appointments/history',
    `/consultations/${consultationId}`,
    `/consultations/${consultationId}/payment`,
    `/consultations/${consultationId}/cancellation`,
    '/consents',
    '/help',
    '/card',
  ]) {
    batch.mockClear();
    prepare.mockClear();
    const response = await product.get(path, anna);
    expect(response.status, path).toBe(200);
    const batched = batch.mock.calls.reduce((sum, [statements]) => sum + statements.length, 0);
    expect(batch, path).toHaveBeenCalledTimes(1);
    // Every statement that was prepared travelled in that batch.
    expect(prepare.mock.calls.length, path).toBe(batched);
  }
});
