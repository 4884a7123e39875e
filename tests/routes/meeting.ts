// A paid consultation that is about to begin, its two people, and their browsers in the room. Rooms use the real clock, so the meeting does
// too.
import { expect } from 'vitest';
import { type FromBrowser, type FromRoom, PASS_PROTOCOL, ROOM_PROTOCOL } from '../../workflows/rules/room-messages.ts';
import { type Entering, enterRoom, joinCall } from '../../worker/data/attendance.ts';
import { newId } from '../../worker/data/ids.ts';
import type { Statement } from '../../stand/clinic/clinic.ts';
import { type CastPerson, MAKETOVA, MINUTE, sessionFor } from '../cast.ts';
import { bindings, count, d1, db, freshClinic, patients, run } from '../data/d1.ts';
import { Product, PUBLIC_URL } from './product.ts';
import { FakeSfu } from './sfu.ts';

export interface Meeting {
  readonly id: string;
  readonly anna: CastPerson;
  readonly doctor: CastPerson;
  readonly stranger: CastPerson;
  readonly startsAt: number;
}

/** A test that needs no room passes a time of day that is never near midnight. */
export async function meeting(startsAt = Date.now() + MINUTE): Promise<Meeting> {
  const [anna, stranger] = await patients(2);
  const doctor = await sessionFor(MAKETOVA.id, 60, Date.now());
  if (!anna || !stranger) throw new Error('no cast');
  await run(doctor.statements);
  const id = await booked(anna.id, startsAt);
  return { id, anna, doctor, stranger, startsAt };
}

/** A fresh clinic with that consultation and a fake call server. The test must release the server. */
export async function freshMeeting(): Promise<{ product: Product; sfu: FakeSfu; visit: Meeting }> {
  await freshClinic();
  const product = new Product();
  product.now = Date.now();
  return { product, sfu: new FakeSfu(), visit: await meeting() };
}

export async function booked(patientId: string, startsAt: number, firm = true): Promise<string> {
  const id = newId();
  const now = Date.now();
  await d1.batch([
    d1
      .prepare(
        `INSERT INTO consultation (id, patient_id, doctor_id, starts_at, ends_at, price_minor, currency, email, lang, created_at, request_key)
        VALUES (?1, ?2, ?3, ?4, ?5, 230000, 'RUB', 'anna@example.ru', 'ru', ?6, ?7)`,
      )
      .bind(id, patientId, MAKETOVA.doctorId, startsAt, startsAt + 30 * MINUTE, now, newId()),
    d1
      .prepare(
        'INSERT INTO hold (consultation_id, doctor_id, patient_id, start_at, end_at, expires_at, firm_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)',
      )
      .bind(id, MAKETOVA.doctorId, patientId, startsAt, startsAt + 30 * MINUTE, now + 10 * MINUTE, firm ? now : null),
  ]);
  return id;
}

export interface Pass {
  readonly pass: string;
  readonly participant: string;
  readonly role: string;
  readonly expiresAt: number;
}

export const asksPass = (product: Product, id: string, as: CastPerson | null, held?: string): Promise<Response> =>
  product.request(`/consultations/${id}/room/pass`, { method: 'POST', as, headers: held ? { 'x-room-pass': held } : {} });

export async function passFor(product: Product, id: string, as: CastPerson): Promise<string> {
  const response = await asksPass(product, id, as);
  expect(response.status).toBe(200);
  return ((await response.json()) as Pass).pass;
}

export const knocks = (product: Product, id: string, as: CastPerson | null, pass: string, headers: Record<string, string> = {}) =>
  product.request(`/consultations/${id}/room/socket`, {
    as,
    headers: {
      upgrade: 'websocket',
      'sec-websocket-protocol': `${ROOM_PROTOCOL}, ${PASS_PROTOCOL}${pass}`,
      origin: PUBLIC_URL,
      ...headers,
    },
  });

/** One browser in the room: the messages it received, in order, and how its socket was closed. */
export class Browser {
  readonly heard: FromRoom[] = [];
  closed: { code: number } | null = null;
  private readonly socket: WebSocket;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.addEventListener('message', event => {
      if (event.data !== 'pong') this.heard.push(JSON.parse(String(event.data)) as FromRoom);
    });
    socket.addEventListener('close', event => {
      this.closed = { code: event.code };
    });
    socket.accept();
  }

  says(message: FromBrowser): void {
    this.raw(JSON.stringify(message));
  }

  raw(text: string): void {
    this.socket.send(text);
  }

  goes(): void {
    this.socket.close(1000, 'gone');
  }

  /** The first message of a kind that has come or comes within two seconds. */
  async hears<T extends FromRoom['type']>(type: T, fits: (message: Extract<FromRoom, { type: T }>) => boolean = () => true) {
    return await soon(() => this.heard.find((m): m is Extract<FromRoom, { type: T }> => m.type === type && fits(m as never)));
  }

  async isLetGo(): Promise<number> {
    return (await soon(() => this.closed)).code;
  }
}

export async function enters(product: Product, id: string, as: CastPerson, pass?: string): Promise<Browser> {
  const response = await knocks(product, id, as, pass ?? (await passFor(product, id, as)));
  if (!response.webSocket) throw new Error(`Not let in: ${response.status} ${await response.text()}`);
  return new Browser(response.webSocket);
}

export async function both(product: Product, { id, anna, doctor }: Meeting): Promise<{ anna: Browser; doctor: Browser }> {
  return { anna: await enters(product, id, anna), doctor: await enters(product, id, doctor) };
}

export const HELLO = { type: 'hello' } as const;
export const chatLine = (text: string, clientId = newId()) => ({ type: 'chat', clientId, text }) as const;

/** The durable object itself, for tests that access its state. */
export const roomOf = (id: string) => bindings.ROOM.get(bindings.ROOM.idFromName(id));

/** Returns what `find` finds within two seconds. */
export async function soon<T>(find: () => T | null | undefined | Promise<T | null | undefined>): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = await find();
    if (found !== null && found !== undefined) return found;
    await scheduler.wait(10);
  }
  throw new Error('It did not happen.');
}

/** Writes an entry into the room and, at once or later, into the call, as the room does. Returns the attendance's id. */
export async function joins(who: Entering, enteredAt: number, joinedAt = enteredAt): Promise<string> {
  const entered = await enterRoom(db, who, enteredAt);
  if (!('attendanceId' in entered)) throw new Error('Not let in.');
  await joinCall(db, who.consultationId, entered.attendanceId, joinedAt, joinedAt);
  return entered.attendanceId;
}

/** SQL for both being in the call from `at` on, for a test that needs no room: an outcome that keeps the price follows from it. */
export const metInCall = (consultationId: string, patientId: string, doctorPersonId: string, at: number): Statement[] =>
  (
    [
      ['patient', patientId],
      ['doctor', doctorPersonId],
    ] as const
  ).map(([role, personId]) => ({
    sql: 'INSERT INTO attendance (id, consultation_id, person_id, role, entered_at, joined_at, left_at, schedule_version) VALUES (?, ?, ?, ?, ?, ?, ?, 1)',
    args: [newId(), consultationId, personId, role, at, at, at + MINUTE],
  }));

/** These browsers press the button; resolves when it has been written. */
export async function press(...browsers: readonly Browser[]): Promise<void> {
  for (const browser of browsers) browser.says({ type: 'state', inCall: true, mic: true, cam: false, screen: false, tracks: {} });
  const joined = () => count('SELECT count(*) AS n FROM attendance WHERE joined_at IS NOT NULL AND left_at IS NULL');
  await soon(async () => ((await joined()) >= browsers.length ? true : null));
}
