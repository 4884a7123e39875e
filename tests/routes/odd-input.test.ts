// Whatever a browser or a program sends is answered with less than 500: odd fields, odd JSON, broken bodies, odd addresses. Every route of the access matrix,
// as the patient and the doctor of a visit, as the front desk and as the owner. A failure prints its seed.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { STAFF } from '../../stand/clinic/people.ts';
import { LIMITS } from '../../workflows/rules/limits.ts';
import { type CastPerson, MAKETOVA, MINUTE, NOON, sessionFor } from '../cast.ts';
import { parseMessage } from '../../worker/rooms/messages.ts';
import { claimOf, financeAt } from '../data/claim.ts';
import { d1, freshClinic, run } from '../data/d1.ts';
import { pays } from '../data/visit.ts';
import { MATRIX } from './access-matrix.ts';
import { asksPass, enters, HELLO, meeting, soon } from './meeting.ts';
import { addressOf, cleanFields, type Odd, oddBody, oddFrame, oddQuery, oddTail } from './odd-input.ts';
import { Product } from './product.ts';
import { FakeSfu } from './sfu.ts';

/** Put the seed of a failure here to repeat it. */
const SEED: number | null = null;
const seed = SEED ?? Date.now() % 1_000_000;
const BODIES_A_PERSON = 12;
const QUERIES_A_PERSON = 4;

let product: Product;
let sfu: FakeSfu;
let visitId: string;
let pass = '';
const people: CastPerson[] = [];

beforeAll(async () => {
  await freshClinic();
  product = new Product();
  sfu = new FakeSfu();
  product.now = Date.now();
  // Otherwise most answers would be 429.
  for (const { by } of Object.values(LIMITS)) if (typeof by === 'object') product.limits[by.edge] = 1e9;
  const visit = await meeting(product.now + MINUTE);
  visitId = visit.id;
  const frontDesk = await sessionFor(STAFF.find(one => one.role === 'frontDesk')?.id ?? '', 70, product.now);
  await run(frontDesk.statements);
  const { owner } = await financeAt(product.now);
  people.push(visit.anna, visit.doctor, frontDesk, owner);
  await claimOf(visit, { id: visitId, via: 'account', demandedAt: product.now });
  await pays('p', visitId, product.now, product.now);
  await d1
    .prepare(
      `INSERT INTO refund (id, consultation_id, payment_id, seq, amount_minor, source, via, reason, asked_at, next_at)
      VALUES (?1, ?1, 'p', 1, 1000, 'staff', 'manual', 'twice', ?2, ?2)`,
    )
    .bind(visitId, NOON)
    .run();
  pass = ((await (await asksPass(product, visitId, visit.anna)).json()) as { pass: string }).pass;
});
afterAll(() => sfu.gone());

// What ends the visit or the session comes last.
const ENDS = ['/cancellation', '/conclusion', '/delay', '/reschedule', '/sign-out', '/consents/withdraw'];
const routes = Object.keys(MATRIX).toSorted((a, b) => rank(a) - rank(b));
function rank(name: string): number {
  return name.startsWith('GET') ? -1 : ENDS.findIndex(end => name.endsWith(end));
}

test.each([
  ['late', 'minutes'],
  ['conclusion', 'outcome'],
])('an object that cannot become a text is malformed to …/%s', async (act, field) => {
  for (const value of [{ toString: 1, valueOf: 1 }, { toString: null }, [5], null]) {
    const init = { method: 'POST', body: JSON.stringify({ [field]: value }), headers: { 'content-type': 'application/json' } };
    const response = await product.request(`/desk/consultations/${visitId}/${act}`, { ...init, as: people[1] ?? null });

    expect([response.status, await response.json()]).toEqual([422, { kind: 'malformed' }]);
  }
});

test('a room answers each odd message with «garbage», and goes on', async () => {
  const anna = await enters(product, visitId, people[0] as CastPerson);
  const frames = fc.sample(oddFrame, { numRuns: 60, seed }).filter(frame => parseMessage(frame).kind === 'garbage');
  for (const frame of frames) anna.raw(frame);

  await soon(() => (anna.heard.filter(m => m.type === 'refused' && m.why === 'garbage').length === frames.length ? true : null));
  anna.says(HELLO);
  await anna.hears('welcome');
  anna.goes();
});

test.each(routes)('%s answers odd input with less than 500', async name => {
  const [method = '', pattern = ''] = name.split(' ');
  const path = addressOf(pattern, { visitId, doctorId: MAKETOVA.doctorId, startsAt: NOON });
  const about = { consultationId: visitId, doctorId: MAKETOVA.doctorId, startsAt: String(product.now + 60 * MINUTE) };
  const bad: string[] = [];
  const ask = async (as: CastPerson | null, at: string, init: RequestInit, what: string) => {
    const headers = new Headers(init.headers);
    headers.set('cf-connecting-ip', `203.0.113.${bad.length % 250}`);
    if (path.startsWith('/calls')) headers.set('x-room-pass', pass);
    const response = await product.request(at, { ...init, headers, method, as });
    if (response.status >= 500) bad.push(`${response.status} ${method} ${at.slice(0, 200)} ${what}`);
    response.webSocket?.accept();
    await response.body?.cancel();
  };

  const reads = method === 'GET';
  const samples = fc.sample<string | Odd>(reads ? oddQuery : oddBody(cleanFields(about)), {
    numRuns: (reads ? QUERIES_A_PERSON : BODIES_A_PERSON) * people.length,
    seed,
  });
  for (const [i, sample] of samples.entries()) {
    const as = people[i % people.length] ?? null;
    if (typeof sample === 'string') await ask(as, `${path}?${sample}`, {}, '');
    else await ask(as, path, sample.init(), sample.what);
  }
  for (const tail of pattern.includes(':') ? oddTail : [])
    await ask(people[0] ?? null, path.replace(/[^/]+$/, '') + tail, reads ? {} : { body: 'a=b' }, 'odd path');

  expect(bad, `with the seed ${seed}`).toEqual([]);
});

test('no message of a browser is more than garbage or too large', () => {
  fc.assert(
    fc.property(oddFrame, frame => {
      expect(['message', 'garbage', 'tooLarge']).toContain(parseMessage(frame).kind);
    }),
    { seed, numRuns: 500 },
  );
});
