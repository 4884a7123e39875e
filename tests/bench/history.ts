// Measures what a page costs beside a thousand and beside a million past visits: processor time a request of the whole edge with its database, in
// alternating turns, the least of several, so that what else the machine does counts least.
import { type CastPerson, DAY, HOUR, MAKETOVA, MINUTE, patient, PRIMEROV, sessionFor } from '../cast.ts';
import { type Edge, startEdge } from './edge.ts';
import { asked } from './pages.ts';
import { fillPast } from './past.ts';
import type { Line } from './table.ts';

const SIZES = (process.env.VISITS ?? '1000,1000000').split(',').map(Number);
const ROUNDS = 5;
const REQUESTS = Number(process.env.REQUESTS ?? 60);
const AT_ONCE = 4;
/** How much more, or less, than beside the shortest past a request may cost. */
const TOLERANCE = 0.2;

interface Clinic {
  readonly visits: number;
  readonly edge: Edge;
  readonly anna: CastPerson;
  readonly doctor: CastPerson;
  readonly strangers: CastPerson[];
}

export async function measureHistory(): Promise<Line[]> {
  const now = Date.now();
  const clinics: Clinic[] = [];
  for (const visits of SIZES) clinics.push(await clinicWith(visits, now));
  const lines: Line[] = [];
  for (const [name, ask] of Object.entries(REQUESTED)) {
    const costs = clinics.map(() => Infinity);
    for (let round = 0; round < ROUNDS; round++)
      for (const [i, clinic] of clinics.entries()) costs[i] = Math.min(costs[i] ?? 0, await cpuOf(clinic, n => ask(clinic, n, now)));
    const [least = 0, most = 0] = [costs[0], costs.at(-1)];
    const ratio = most / least;
    lines.push({
      what: `${name} beside ${SIZES.join(' / ')} past visits`,
      figure: `${costs.map(ms => ms.toFixed(1)).join(' / ')} ms CPU (× ${ratio.toFixed(2)})`,
      target: `× ${1 - TOLERANCE}–${1 + TOLERANCE}`,
      met: Math.abs(ratio - 1) <= TOLERANCE,
    });
  }
  await Promise.all(clinics.map(({ edge }) => edge.close()));
  return lines;
}

async function clinicWith(visits: number, now: number): Promise<Clinic> {
  const edge = await startEdge(now);
  const anna = await patient(1, now);
  const doctor = await sessionFor(MAKETOVA.id, 1, now);
  const strangers = await Promise.all(Array.from({ length: (ROUNDS + 1) * REQUESTS }, (_, i) => patient(100 + i, now)));
  await edge.run([...anna.statements, ...doctor.statements]);
  for (let i = 0; i < strangers.length; i += 50) await edge.run(strangers.slice(i, i + 50).flatMap(p => p.statements));
  await fillPast(edge, visits, anna, now);
  return { visits, edge, anna, doctor, strangers };
}

const page =
  (path: string, as: (clinic: Clinic) => CastPerson) =>
  (clinic: Clinic): Promise<Response> =>
    fetch(new URL(path, clinic.edge.cabinet), { headers: asked(as(clinic)), redirect: 'manual' });

const annas = ({ anna }: Clinic) => anna;
const doctors = ({ doctor }: Clinic) => doctor;

const REQUESTED: Record<string, (clinic: Clinic, n: number, now: number) => Promise<Response>> = {
  '/online': page('/online', annas),
  '/doctors/:id': page(`/doctors/${MAKETOVA.doctorId}`, annas),
  '/doctors/duty': page(`/doctors/${PRIMEROV.doctorId}`, annas),
  '/appointments': page('/appointments', annas),
  '/appointments/history': page('/appointments/history', annas),
  "a doctor's /desk": page('/desk', doctors),
  'POST /consultations': reserve,
};

/** Each stranger reserves once, the doctor on duty's next quarter of an hour that nobody has. */
async function reserve({ edge, strangers }: Clinic, n: number, now: number): Promise<Response> {
  const person = strangers.pop();
  if (!person) throw new Error('No stranger is left.');
  const day = Math.floor(strangers.length / 60);
  const startsAt = Math.ceil(now / DAY) * DAY + (1 + day) * DAY + 9 * HOUR + (strangers.length % 60) * 15 * MINUTE;
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
  if (response.headers.get('location') !== '/appointments') throw new Error(`Reservation ${n} was answered with ${response.status}.`);
  return response;
}

/** Processor time a request, ms. */
async function cpuOf({ edge }: Clinic, ask: (n: number) => Promise<Response>): Promise<number> {
  const before = edge.cpuMs();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, lane) => {
      for (let n = lane; n < REQUESTS; n += AT_ONCE) {
        const response = await ask(n);
        await response.arrayBuffer();
        if (response.status >= 400) throw new Error(`${response.url} answered ${response.status}.`);
      }
    }),
  );
  return (edge.cpuMs() - before) / REQUESTS;
}
