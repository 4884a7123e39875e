// Measures each page of the booking path against a Hono hello and against one round trip to D1 in the same runtime: processor time a request, in
// alternating turns, the least of each, so that whatever else runs on the machine counts little; bytes; holds per second.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import autocannon from 'autocannon';
import { type CastPerson, DAY, MAKETOVA, patient, PRIMEROV } from '../cast.ts';
import { type Edge, startEdge } from './edge.ts';
import { cardLines } from './card.ts';
import type { Line } from './table.ts';

const SECONDS = 2;
const ROUNDS = 5;
const REQUESTS = 600;
const AT_ONCE = 8;
const CONNECTIONS = 16;
const RATIO = 0.15;
const D1_RATIO = 0.65;
const AGAINST_D1: ReadonlySet<string> = new Set(['/online', '/appointments']);
const BYTES = 14 * 1024;

export async function measurePages(): Promise<Line[]> {
  const now = Date.now();
  const edge = await startEdge(now);
  try {
    return await measuredAt(edge, now);
  } finally {
    await edge.close();
  }
}

async function measuredAt(edge: Edge, now: number): Promise<Line[]> {
  const anna = await patient(1, now);
  await edge.run(anna.statements);
  const slot = Math.ceil(now / DAY) * DAY + DAY + 9 * 3_600_000;
  const paths = [
    '/sign-in',
    '/online',
    `/doctors/${PRIMEROV.doctorId}`,
    `/doctors/${MAKETOVA.doctorId}`,
    `/doctors/${PRIMEROV.doctorId}/slots/${slot}`,
    '/appointments',
    '/appointments/history',
  ];

  const lines: Line[] = [];
  for (const path of paths) {
    const person = path === '/sign-in' ? undefined : anna;
    const url = new URL(path, edge.cabinet);
    const bytes = await bytesOf(url, person);
    const { hello, d1, page } = await cheapest(edge, url, person);
    const name = path
      .replace(PRIMEROV.doctorId, 'duty')
      .replace(MAKETOVA.doctorId, ':id')
      .replace(/\d{13}/, ':at');
    lines.push({
      what: `page ${name}, processor`,
      figure: `${(hello / page).toFixed(3)} of hello, ${(d1 / page).toFixed(2)} of a D1 round trip (${page.toFixed(2)} ms)`,
      target: `≥ ${RATIO}${AGAINST_D1.has(path) ? `, ≥ ${D1_RATIO}` : ''}`,
      met: hello / page >= RATIO && (!AGAINST_D1.has(path) || d1 / page >= D1_RATIO),
    });
    lines.push({ what: `  its bytes, gzip`, figure: String(bytes), target: `≤ ${BYTES}`, met: bytes <= BYTES });
  }
  lines.push(...assetLines(), await claimsLine(edge, now), ...(await cardLines(edge, now)));
  return lines;
}

export const asked = (person?: CastPerson): Record<string, string> => ({
  'accept-language': 'ru',
  ...(person ? { cookie: `__Host-session=${person.token}; zone=Asia/Yekaterinburg` } : {}),
});

async function bytesOf(url: URL, person?: CastPerson): Promise<number> {
  const response = await fetch(url, { headers: asked(person), redirect: 'manual' });
  if (response.status !== 200) throw new Error(`${url.pathname} answered ${response.status}.`);
  return gzipSync(await response.text(), { level: 6 }).length;
}

interface Cost {
  readonly hello: number;
  readonly d1: number;
  readonly page: number;
}

/** Processor time a request, ms, of the hello, of one round trip to D1 and of the page: in turns, the least of each. */
async function cheapest(edge: Edge, url: URL, person?: CastPerson): Promise<Cost> {
  const rounds: Cost[] = [];
  for (let i = 0; i < ROUNDS; i++)
    rounds.push({
      hello: await cpuOf(edge.helloCpuMs, edge.hello),
      d1: await cpuOf(edge.helloCpuMs, new URL('/d1', edge.hello)),
      page: await cpuOf(edge.cpuMs, url, person),
    });
  const least = (cost: (round: Cost) => number): number => Math.min(...rounds.map(cost));
  return { hello: least(r => r.hello), d1: least(r => r.d1), page: least(r => r.page) };
}

async function cpuOf(cpuMs: () => number, url: URL, person?: CastPerson): Promise<number> {
  const ask = (times: number) =>
    Promise.all(
      Array.from({ length: AT_ONCE }, async (_, lane) => {
        for (let i = lane; i < times; i += AT_ONCE) {
          const response = await fetch(url, { headers: asked(person), redirect: 'manual' });
          await response.arrayBuffer();
          if (response.status !== 200) throw new Error(`${url.pathname} answered ${response.status}.`);
        }
      }),
    );
  await ask(100);
  const before = cpuMs();
  await ask(REQUESTS);
  return (cpuMs() - before) / REQUESTS;
}

export async function perSecond(url: URL, person?: CastPerson): Promise<number> {
  const load = (duration: number) => autocannon({ url: url.href, connections: CONNECTIONS, duration, headers: asked(person) });
  await load(1);
  const result = await load(SECONDS);
  if (result.errors > 0) throw new Error(`${url.pathname}: ${result.errors} errors under load.`);
  return result.requests.average;
}

function assetLines(): Line[] {
  const built = (path: string) => readFileSync(new URL(`../../dist/${path}`, import.meta.url));
  const manifest = JSON.parse(built('manifest.json').toString()) as Record<string, string>;
  return Object.entries(manifest).map(([name, path]) => {
    const bytes = gzipSync(built(`assets${path}`), { level: 9 }).length;
    return { what: `asset ${name}, gzip`, figure: String(bytes), target: `≤ ${BYTES}`, met: bytes <= BYTES };
  });
}

/** Distinct reservations through the whole route: the guard, the batch, the redirect. */
async function claimsLine(edge: Edge, now: number): Promise<Line> {
  const people = await Promise.all(Array.from({ length: 240 }, (_, i) => patient(100 + i, now)));
  await edge.run(people.flatMap(p => p.statements));
  const first = Math.ceil(now / DAY) * DAY + DAY;
  const began = performance.now();
  let reserved = 0;
  await Promise.all(
    Array.from({ length: 8 }, async (_, lane) => {
      for (let i = lane; i < people.length; i += 8) {
        const person = people[i];
        if (!person) continue;
        const startsAt = first + i * 15 * 60_000;
        const body = new URLSearchParams({
          doctorId: PRIMEROV.doctorId,
          startsAt: String(startsAt),
          email: person.email,
          read: 'on',
          requestKey: crypto.randomUUID(),
        });
        const response = await fetch(new URL('/consultations', edge.cabinet), {
          method: 'POST',
          body,
          headers: asked(person),
          redirect: 'manual',
        });
        if (response.headers.get('location') === '/appointments') reserved++;
        await response.arrayBuffer();
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  if (reserved !== people.length) throw new Error(`Only ${reserved} of ${people.length} were reserved.`);
  return { what: 'holds, whole route, 8 at once', figure: `${(reserved / seconds).toFixed(0)} a second`, target: '', met: null };
}
