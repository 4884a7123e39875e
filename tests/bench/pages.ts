// Measures each page of the booking path against a Hono hello: requests per second in alternating turns, the median of three, so that both
// have the same noise; bytes; holds per second.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import autocannon from 'autocannon';
import { type CastPerson, DAY, MAKETOVA, patient, PRIMEROV } from '../cast.ts';
import { type Edge, startEdge } from './edge.ts';
import { cardLines } from './card.ts';
import type { Line } from './table.ts';

const SECONDS = 2;
const ROUNDS = 3;
const CONNECTIONS = 16;
const RATIO = 0.15;
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
    const bytes = await bytesOf(new URL(path, edge.cabinet), path === '/sign-in' ? undefined : anna);
    const person = path === '/sign-in' ? undefined : anna;
    const rounds = [];
    for (let i = 0; i < ROUNDS; i++)
      rounds.push({ hello: await perSecond(edge.hello), page: await perSecond(new URL(path, edge.cabinet), person) });
    const { hello, page } = rounds.sort((a, b) => a.page / a.hello - b.page / b.hello)[Math.floor(ROUNDS / 2)] ?? { hello: 1, page: 0 };
    const ratio = page / hello;
    const name = path
      .replace(PRIMEROV.doctorId, 'duty')
      .replace(MAKETOVA.doctorId, ':id')
      .replace(/\d{13}/, ':at');
    lines.push({
      what: `page ${name}`,
      figure: `${ratio.toFixed(3)} of hello (${page.toFixed(0)} of ${hello.toFixed(0)} req/s)`,
      target: `≥ ${RATIO}`,
      met: ratio >= RATIO,
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
