// Every route of the product × a stranger and the six roles, the owner of the record or not: the exact status of each. A new route has no line here and
// fails; a 5xx fails. The visit is paid and its room is open; posts carry an empty form, so that nothing is changed by the walk.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DOCTORS, STAFF } from '../../stand/clinic/people.ts';
import { isOpen } from '../../workflows/rules/may.ts';
import { requirementOf } from '../../worker/http/requires.ts';
import { cabinet } from '../../worker/index.ts';
import { worldOf } from '../../worker/world.ts';
import { type CastPerson, MAKETOVA, MINUTE, NOON, sessionFor } from '../cast.ts';
import { bindings, d1, freshClinic, run } from '../data/d1.ts';
import { pays } from '../data/visit.ts';
import { MATRIX } from './access-matrix.ts';
import { demanded } from './claim-rows.ts';
import { meeting } from './meeting.ts';
import { Product } from './product.ts';
import { FakeSfu } from './sfu.ts';

const REFUND_ID = '01930000-0000-7000-8000-00000000ef0d';
const FILE_ID = '01930000-0000-7000-8000-00000000f11e';
const CLAIM_ID = '01930000-0000-7000-8000-0000000c1a13';

/** In the order of the columns of MATRIX. */
const PEOPLE = ['nobody', 'ownPatient', 'otherPatient', 'ownDoctor', 'otherDoctor', 'frontDesk', 'finance', 'support', 'owner'] as const;
type Who = (typeof PEOPLE)[number];

let product: Product;
let sfu: FakeSfu;
let visitId: string;
const cast = new Map<Who, CastPerson | null>();

beforeAll(async () => {
  await freshClinic();
  product = new Product();
  sfu = new FakeSfu();
  product.now = Date.now();
  const visit = await meeting(product.now + MINUTE);
  visitId = visit.id;
  const staff = (role: string) => STAFF.find(one => one.role === role)?.id ?? '';
  const otherDoctor = DOCTORS.find(({ id }) => id !== MAKETOVA.id)?.id ?? '';
  const ids = { otherDoctor, frontDesk: staff('frontDesk'), finance: staff('finance'), support: staff('support'), owner: staff('owner') };
  cast.set('nobody', null).set('ownPatient', visit.anna).set('otherPatient', visit.stranger).set('ownDoctor', visit.doctor);
  for (const [i, [who, id]] of Object.entries(ids).entries()) {
    const person = await sessionFor(id, 70 + i, product.now);
    await run(person.statements);
    cast.set(who as Who, person);
  }
  await pays('p', visitId, NOON, NOON);
  await d1
    .prepare(
      `INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, reason, asked_at, next_at, settled_at)
      VALUES (?1, ?2, 'p', 1, 1000, 'external', 'external', ?3, ?3, ?3)`,
    )
    .bind(REFUND_ID, visitId, NOON)
    .run();
  await bindings.FILES.put('key', 'bytes');
  await d1
    .prepare(
      "INSERT INTO room_file (id, consultation_id, person_id, name, type, bytes, at, key) VALUES (?1, ?2, ?3, 'a.pdf', 'application/pdf', 5, ?4, 'key')",
    )
    .bind(FILE_ID, visitId, visit.anna.id, NOON)
    .run();
  await demanded(CLAIM_ID, visit, NOON);
});
afterAll(() => sfu.gone());

const all = cabinet({ worldOf, now: () => NOON }).routes.filter(({ method }) => method !== 'ALL');
const routes = [...new Map(all.map(({ method, path }) => [`${method} ${path}`, { method, path }])).values()];

/** The address of the visit that everybody asks for. */
const addressOf = (path: string): string =>
  path
    .replace(/^(\/card\/files\/):id/, `$1${FILE_ID}`)
    .replace(/^(\/refund-claims\/):id/, `$1${CLAIM_ID}`)
    .replace(/^(\/finance\/claims\/):id/, `$1${CLAIM_ID}`)
    .replace(/^(\/finance\/refunds\/):id/, `$1${REFUND_ID}`)
    .replace(/:id\{[^/]*ics\}/, `${visitId}.ics`)
    .replace(/:id\{[^/]*pdf\}/, `${visitId}.pdf`)
    .replace(/^\/doctors\/:id/, `/doctors/${MAKETOVA.doctorId}`)
    .replace(/:id/, visitId)
    .replace(/:fileId/, FILE_ID)
    .replace(/:startsAt/, String(NOON))
    .replace(/:provider\{(\w+).*\}/, '$1')
    .replace(/:session\{.*?\}\}/, 'session')
    .replace(/:token\{.*\}/, 'token')
    .replace(/:\w+/, 'made-up');

async function statusFor(method: string, path: string, who: Who): Promise<number> {
  const as = cast.get(who) ?? null;
  const body = method === 'GET' ? {} : { body: new URLSearchParams() };
  const response = await product.request(addressOf(path), { method, as, ...body });
  await response.body?.cancel();
  // Browsers would refuse it without a word (form-action).
  if (method === 'POST') expect(response.headers.get('location') ?? '/').toMatch(/^\/(?!\/)/);
  return response.status;
}

describe('every route', () => {
  test('declares who may use it', () => {
    const undeclared = routes.filter(({ method, path }) =>
      all.every(r => r.method !== method || r.path !== path || requirementOf(r.handler) === undefined),
    );

    expect(undeclared).toEqual([]);
  });

  test('stands in the matrix, and the matrix names no other', () => {
    expect(Object.keys(MATRIX).toSorted()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  // Signing out comes last: it ends the walker's session.
  const order = routes.toSorted((a, b) => Number(a.path === '/sign-out') - Number(b.path === '/sign-out'));
  test.each(order.map(({ method, path }) => [`${method} ${path}`, method, path] as const))(
    '%s answers each role as the matrix says',
    async (name, method, path) => {
      const statuses: number[] = [];
      for (const who of PEOPLE) statuses.push(await statusFor(method, path, who));

      if (MATRIX[name] === undefined) console.log(`  '${name.replaceAll('\\', '\\\\')}': '${statuses.join(' ')}',`);
      expect(statuses.every(status => status < 500)).toBe(true);
      expect(statuses.join(' ')).toBe(MATRIX[name]);
    },
  );
});

test('a route for certain people turns everybody else away before it does anything', () => {
  const guarded = all.flatMap(({ path, handler }) => {
    const requirement = requirementOf(handler);
    return requirement === undefined || isOpen(requirement.act) ? [] : [path];
  });

  expect(guarded.filter(path => path.startsWith('/desk')).length).toBeGreaterThan(10);
  expect(guarded.filter(path => path.startsWith('/consultations')).length).toBeGreaterThan(15);
});
