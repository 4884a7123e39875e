// Nobody sees another person's data: every route of the product is requested as a stranger, and each page reads D1 in one round trip.
import { beforeEach, expect, test, vi } from 'vitest';
import { cabinet } from '../../worker/index.ts';
import { worldOf } from '../../worker/world.ts';
import { DOCTORS, STAFF } from '../../stand/clinic/people.ts';
import { newId } from '../../worker/data/ids.ts';
import { type CastPerson, MAKETOVA, NOON, sessionFor, TOMORROW_14_30 } from '../cast.ts';
import { bindings, confirmedAddress, d1, freshClinic, patients, run } from '../data/d1.ts';
import { Product } from './product.ts';

let product: Product;
let anna: CastPerson;
let stranger: CastPerson;
let consultationId: string;

beforeEach(async () => {
  await freshClinic();
  product = new Product();
  const [a, b] = await patients(2);
  await confirmedAddress('anna@example.ru');
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
  const row = await d1.prepare('SELECT id FROM consultation').first<{ id: string }>();
  consultationId = row?.id ?? '';
});

const routes = () =>
  cabinet({ worldOf, now: () => NOON })
    .routes.filter(route => route.method !== 'ALL')
    .map(({ method, path }) => ({ method, path }));

const FILE_ID = '01930000-0000-7000-8000-00000000f11e';

interface Clinic {
  readonly doctor: CastPerson;
  /** The front desk. */
  readonly desk: CastPerson[];
  /** Finance, support and the owner. */
  readonly readers: readonly CastPerson[];
}

/**
 * Who may read a route: the room and the check belong to the patient and the doctor, the passport to them and its readers, the desk to the
 * doctor only, except the front desk's confirmation of a visit, the rest to the patient. Nobody reads a card through a booking that was not paid (tests/routes/card.test.ts requests the
 * card's own addresses).
 */
function ownersOf(path: string, { doctor, desk, readers }: Clinic): CastPerson[] {
  if (path.startsWith('/desk/') && path.endsWith('/took-place')) return desk;
  if (/\/card(\/search)?$/.test(path) && path.startsWith('/desk/')) return [];
  if (path.startsWith('/desk/')) return [doctor];
  if (path.endsWith('/passport')) return [anna, doctor, ...readers];
  return path.includes('/room') || path.endsWith('/check') ? [anna, doctor] : [anna];
}

/** The address of a route for this consultation; null when the route is about none. */
const about = (path: string, id: string): string | null =>
  /^\/(desk\/)?consultations\/:id/.test(path)
    ? path
        .replace(/:id\{[^/]*\}/, `${id}.ics`)
        .replace(':id', id)
        .replace(':fileId', FILE_ID)
    : null;

test('each route about a consultation is 404 for another patient, for staff and for a made-up id', async () => {
  const people = [stranger, ...(await Promise.all([...DOCTORS, ...STAFF].map((p, i) => sessionFor(p.id, i, NOON))))];
  await run(people.slice(1).flatMap(p => p.statements));
  const doctor = people.find(person => person.id === MAKETOVA.id);
  if (!doctor) throw new Error('no cast');
  const reading = STAFF.filter(one => one.role !== 'frontDesk').map(one => one.id);
  const readers = people.filter(person => reading.includes(person.id));
  const desk = people.filter(person => STAFF.some(one => one.id === person.id && one.role === 'frontDesk'));
  await aFile();
  const walked: string[] = [];

  for (const { method, path } of routes()) {
    const address = about(path, consultationId);
    if (address === null) continue;
    walked.push(`${method} ${path}`);
    const owners = ownersOf(path, { doctor, desk, readers });
    const others = [...people, anna].filter(person => !owners.includes(person));
    for (const person of others) {
      const response = await product.request(address, {
        method,
        as: person,
        ...(method === 'POST' ? { body: new URLSearchParams({ returnMinor: '0' }) } : {}),
      });
      expect(response.status, `${method} ${address}`).toBe(404);
      expect(await response.text()).not.toContain('anna@example.ru');
    }
    for (const owner of owners) {
      const madeUp = await product.request(about(path, newId()) ?? '', { method, as: owner });
      expect(madeUp.status, `${method} ${path} made up`).toBe(404);
      const own = await product.request(address, { method, as: owner });
      expect(own.status, `${method} ${path} own`).not.toBe(404);
    }
  }

  expect(walked.length).toBeGreaterThanOrEqual(19);
});

async function aFile(): Promise<void> {
  await bindings.FILES.put('key', 'bytes');
  await d1
    .prepare(
      "INSERT INTO room_file (id, consultation_id, person_id, name, type, bytes, at, key) VALUES (?1, ?2, ?3, 'a.pdf', 'application/pdf', 5, ?4, 'key')",
    )
    .bind(FILE_ID, consultationId, anna.id, NOON)
    .run();
}

test('without a session every page of a person leads to the sign-in, and nothing is shown', async () => {
  for (const path of [
    '/appointments',
    '/appointments/history',
    '/card',
    '/card/access',
    '/desk',
    '/check',
    `/consultations/${consultationId}`,
    `/consultations/${consultationId}/check`,
    `/consultations/${consultationId}/payment`,
    `/consultations/${consultationId}/passport`,
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
    `/consultations/${consultationId}/passport`,
    `/consultations/${consultationId}/reschedule`,
    `/consultations/${consultationId}/check`,
    '/check',
    '/handover',
    '/consents',
    '/help',
    '/card',
    '/verify',
  ]) {
    batch.mockClear();
    prepare.mockClear();
    const response = await product.get(path, anna);
    expect(response.status, path).toBe(200);
    const batched = batch.mock.calls.reduce((sum, [statements]) => sum + statements.length, 0);
    expect(batch, path).toHaveBeenCalledTimes(1);
    // Every prepared statement was part of that batch.
    expect(prepare.mock.calls.length, path).toBe(batched);
  }
});
