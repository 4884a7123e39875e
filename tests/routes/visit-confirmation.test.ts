// «Приём состоялся без видеозвонка?»: the pages on which the patient, or the front desk with a reason, confirms a visit without a meeting in the call.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { STAFF } from '../../stand/clinic/people.ts';
import { type CastPerson, MINUTE, sessionFor } from '../cast.ts';
import { count, run } from '../data/d1.ts';
import { freshMeeting, type Meeting } from './meeting.ts';
import { type Product, wordsOf } from './product.ts';
import type { FakeSfu } from './sfu.ts';

let product: Product;
let sfu: FakeSfu;
let visit: Meeting;
let regina: CastPerson;

beforeEach(async () => {
  ({ product, sfu, visit } = await freshMeeting());
  const id = STAFF.find(({ role }) => role === 'frontDesk')?.id ?? expect.fail();
  regina = await sessionFor(id, 61, Date.now());
  await run(regina.statements);
});
afterEach(() => sfu.gone());

const own = () => `/consultations/${visit.id}/took-place`;
const desks = () => `/desk/consultations/${visit.id}/took-place`;
const words = async (path: string, as: CastPerson) => wordsOf(await (await product.get(path, as)).text());
const confirmations = () => count('SELECT count(*) AS n FROM visit_confirmation');
const ends = (outcome: string) => product.post(`/desk/consultations/${visit.id}/conclusion`, { outcome }, visit.doctor);

describe('a visit without a meeting in the call', () => {
  test('is the patient’s to confirm, from its start on; then the doctor may end it', async () => {
    expect(await words(`/consultations/${visit.id}`, visit.anna)).not.toContain('Приём прошёл без видеозвонка?');
    expect(await words(own(), visit.anna)).toContain('Подтверждать нечего');
    expect((await product.post(own(), { version: '1' }, visit.anna)).status).toBe(409);

    product.now = visit.startsAt + MINUTE;
    expect(await words(`/consultations/${visit.id}`, visit.anna)).toContain('Приём прошёл без видеозвонка?');
    expect(await words(own(), visit.anna)).toMatch(/2\s300 ₽ останутся у клиники/);
    expect((await ends('tookPlace')).headers.get('location')).toBe(`/desk/consultations/${visit.id}`);
    const done = await product.post(own(), { version: '1' }, visit.anna);

    expect(done.headers.get('location')).toBe(own());
    expect(await words(own(), visit.anna)).toContain('Приём подтверждён');
    expect((await product.post(own(), { version: '1' }, visit.anna)).status).toBe(303);
    expect(await confirmations()).toBe(1);
    expect((await ends('tookPlace')).headers.get('location')).toBe('/desk');
  });

  test('is on the desk’s list, and the front desk confirms it with a reason; what was typed stays', async () => {
    product.now = visit.startsAt + MINUTE;
    expect(await words('/desk', regina)).toContain('Не встретились в звонке');
    expect((await product.get(desks(), visit.doctor)).status).toBe(404);
    expect((await product.post(desks(), { version: '1', reason: 'Звонили пациенту' }, visit.doctor)).status).toBe(404);

    const short = await product.post(desks(), { version: '1', reason: 'Звонили' }, regina);
    expect(short.status).toBe(422);
    const again = await short.text();
    expect(wordsOf(again)).toContain('Напишите от 10 до 500 знаков');
    expect(again).toContain('>Звонили</textarea>');
    expect((await product.post(desks(), { version: 'x', reason: 'Звонили пациенту' }, regina)).status).toBe(409);
    expect(await confirmations()).toBe(0);

    expect((await product.post(desks(), { version: '1', reason: 'Звонили пациенту' }, regina)).status).toBe(303);
    expect(await words('/desk', regina)).not.toContain('Не встретились в звонке');
    expect(await count("SELECT count(*) AS n FROM visit_confirmation WHERE by = 'frontDesk' AND reason = 'Звонили пациенту'")).toBe(1);
  });

  test('speaks English too', async () => {
    product.now = visit.startsAt + MINUTE;
    const page = wordsOf(
      await (await product.request(own(), { as: visit.anna, headers: { cookie: 'lang=en', 'accept-language': 'en' } })).text(),
    );
    expect(page).not.toMatch(/[а-яё]{4,}.*останутся/i);
  });
});
