// The Room under load, in the built edge: a thousand messages per second over its sockets, fifty reconnections per second, and one client
// that floods. It checks that nothing is lost, duplicated or out of order, not the speed of this machine.
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FromRoom } from '../../workflows/rules/room-messages.ts';
import { newId } from '../../worker/data/ids.ts';
import { type Edge, startEdge } from '../bench/edge.ts';
import { type CastPerson, MAKETOVA, MINUTE, patient, sessionFor } from '../cast.ts';
import type { Statement } from '../../stand/clinic/clinic.ts';

const ROOMS = 30;
/** Messages per second of each socket; the room accepts twenty. Sixty sockets make a thousand. */
const A_SECOND = 17;
const SECONDS = 20;
const RECONNECTS_A_SECOND = 50;

interface Visit {
  readonly id: string;
  readonly person: CastPerson;
}

let edge: Edge;
let doctor: CastPerson;
const visits: Visit[] = [];

beforeAll(async () => {
  const now = Date.now();
  edge = await startEdge(now);
  doctor = await sessionFor(MAKETOVA.id, 60, now);
  await edge.run(doctor.statements);
  for (let n = 0; n < ROOMS; n++) {
    const person = await patient(500 + n, now);
    const id = newId();
    await edge.run([...person.statements, ...visitOf(id, person.id, now + n)]);
    visits.push({ id, person });
  }
}, 120_000);
afterAll(() => edge?.close());

test(`${ROOMS} rooms take ${2 * ROOMS * A_SECOND} messages a second for ${SECONDS} s: every line arrives on both sides, once, in order`, async () => {
  const seats = await Promise.all(visits.flatMap(({ id, person }) => [comes(id, person), comes(id, doctor)]));

  const began = Date.now();
  for (let second = 0; second < SECONDS; second++) {
    for (let n = 0; n < A_SECOND; n++) {
      for (const seat of seats) seat.say(`${second * A_SECOND + n}`);
      await delay(Math.max(0, began + second * 1_000 + ((n + 1) * 1_000) / A_SECOND - Date.now()));
    }
  }
  const expected = 2 * SECONDS * A_SECOND;
  for (let wait = 0; wait < 200 && seats.some(seat => seat.lines.length < expected); wait++) await delay(100);

  for (const seat of seats) {
    expect(seat.closed, 'let go').toBeNull();
    expect(seat.lines.length).toBe(expected);
    expect(seat.lines.map(({ seq }) => seq)).toEqual(seat.lines.map((_, n) => (seat.lines[0]?.seq ?? 0) + n));
    for (const side of ['patient', 'doctor']) {
      const said = seat.lines.filter(({ from }) => from === side).map(({ text }) => Number(text));
      expect(said).toEqual(Array.from({ length: SECONDS * A_SECOND }, (_, n) => n));
    }
  }
  for (const seat of seats) seat.go();
}, 180_000);

test(`${RECONNECTS_A_SECOND} reconnections a second are one attendance each, and the other side keeps its socket`, async () => {
  const doctors = await Promise.all(visits.map(({ id }) => comes(id, doctor)));
  const seats = new Map<string, Seat>();
  const total = RECONNECTS_A_SECOND * 10;
  const began = Date.now();
  for (let n = 0; n < total; n++) {
    const visit = visits[n % ROOMS];
    if (visit === undefined) continue;
    const before = seats.get(visit.id);
    seats.set(visit.id, await comes(visit.id, visit.person, before?.pass));
    before?.go();
    await delay(Math.max(0, began + ((n + 1) * 1_000) / RECONNECTS_A_SECOND - Date.now()));
  }

  for (const [at, { id, person }] of visits.entries()) {
    expect(doctors[at]?.closed).toBeNull();
    const [row] = await edge.all('SELECT count(*) AS n FROM attendance WHERE consultation_id = ? AND person_id = ? AND left_at IS NULL', [
      id,
      person.id,
    ]);
    expect(row?.['n']).toBe(1);
  }
  console.log(`${total} reconnections took ${((Date.now() - began) / 1_000).toFixed(1)} s`);
}, 180_000);

test('a socket that floods is let go, and the other one talks on', async () => {
  const [visit] = visits;
  if (visit === undefined) throw new Error('no visit');
  const flooding = await comes(visit.id, visit.person);
  const calm = await comes(visit.id, doctor);

  for (let n = 0; n < 1_000; n++) flooding.say(`flood ${n}`);
  for (let wait = 0; wait < 100 && flooding.closed === null; wait++) await delay(50);
  calm.say('still here');
  for (let wait = 0; wait < 100 && !calm.lines.some(({ text }) => text === 'still here'); wait++) await delay(50);

  expect(flooding.closed).toBe(4008);
  expect(calm.closed).toBeNull();
  expect(calm.lines.some(({ text }) => text === 'still here')).toBe(true);
});

type ChatLine = Extract<FromRoom, { type: 'chat' }>['line'];

class Seat {
  readonly lines: ChatLine[] = [];
  closed: number | null = null;
  readonly pass: string;
  private readonly socket: WebSocket;

  constructor(socket: WebSocket, pass: string) {
    this.socket = socket;
    this.pass = pass;
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as FromRoom;
      if (message.type === 'chat') this.lines.push(message.line);
    });
    socket.addEventListener('close', ({ code }) => (this.closed = code));
  }

  say(text: string): void {
    this.socket.send(JSON.stringify({ type: 'chat', clientId: crypto.randomUUID(), text }));
  }

  go(): void {
    this.socket.close(1000);
  }
}

/** Enters with a new pass, or with the one in `held`. */
async function comes(id: string, person: CastPerson, held?: string): Promise<Seat> {
  const cookie = `__Host-session=${person.token}`;
  const headers = { cookie, origin: edge.cabinet.origin, ...(held === undefined ? {} : { 'x-room-pass': held }) };
  const answer = await fetch(new URL(`/consultations/${id}/room/pass`, edge.cabinet), { method: 'POST', headers });
  if (answer.status !== 200) throw new Error(`No pass: ${answer.status} ${await answer.text()}`);
  const { pass } = (await answer.json()) as { pass: string };
  const address = new URL(`/consultations/${id}/room/socket`, edge.cabinet);
  address.protocol = 'ws:';
  // Node's WebSocket accepts headers, a browser's does not.
  const socket = new WebSocket(address, {
    headers: { cookie, origin: edge.cabinet.origin },
    protocols: ['room', `pass.${pass}`],
  } as unknown as string[]);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error('The socket did not open.')), { once: true });
  });
  return new Seat(socket, pass);
}

/**
 * A paid consultation around now. Each starts one millisecond after the previous one and lasts one millisecond, so that the doctor's holds
 * do not overlap.
 */
const visitOf = (id: string, patientId: string, startsAt: number): Statement[] => [
  {
    sql: `INSERT INTO consultation (id, patient_id, doctor_id, starts_at, ends_at, price_minor, currency, email, lang, created_at, request_key)
      VALUES (?, ?, ?, ?, ?, 230000, 'RUB', 'a@example.ru', 'ru', ?, ?)`,
    args: [id, patientId, MAKETOVA.doctorId, startsAt, startsAt + 1, startsAt, newId()],
  },
  {
    sql: 'INSERT INTO hold (consultation_id, doctor_id, patient_id, start_at, end_at, expires_at, firm_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    args: [id, MAKETOVA.doctorId, patientId, startsAt, startsAt + 1, startsAt + 10 * MINUTE, startsAt],
  },
];
