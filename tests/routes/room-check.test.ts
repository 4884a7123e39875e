// The result of a device check, as the room stores it and as the doctor reads it in the room.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clockOf } from '../../views/format.ts';
import { count } from '../data/d1.ts';
import { freshMeeting, type Meeting } from './meeting.ts';
import { type Product, wordsOf } from './product.ts';
import type { FakeSfu } from './sfu.ts';

let product: Product;
let sfu: FakeSfu;
let visit: Meeting;

beforeEach(async () => {
  ({ product, sfu, visit } = await freshMeeting());
});
afterEach(() => sfu.gone());

test('the doctor in the room reads what the patient’s last check found, or that there was none; the patient reads nothing of it', async () => {
  const doctorReads = async () => wordsOf(await (await product.get(`/desk/consultations/${visit.id}`, visit.doctor)).text());
  const check = (given: object) =>
    product.request(`/consultations/${visit.id}/room/check`, { method: 'POST', as: visit.anna, body: JSON.stringify(given) });

  expect(await doctorReads()).toContain('Проверка связи Пациент не проверял');
  await check({ camera: false, microphone: true, speaker: true, network: 'audio' });
  product.now += 1000;
  await check({ camera: true, microphone: true, speaker: false, network: 'video' });

  const clock = clockOf(product.now, 'Europe/Moscow');
  expect(await doctorReads()).toMatch(new RegExp(`Проверка связи Камера и микрофон работают, сеть тянет видео, .*${clock}`));
  const annaReads = wordsOf(await (await product.get(`/consultations/${visit.id}/room`, visit.anna)).text());
  expect(annaReads).not.toContain('сеть тянет видео');
});

test('a check of the devices is kept, within its size', async () => {
  const body = { camera: true, microphone: true, speaker: false, network: 'audio', details: { browser: 'Firefox 150', rttMs: 80 } };
  const check = (given: object) =>
    product.request(`/consultations/${visit.id}/room/check`, {
      method: 'POST',
      as: visit.anna,
      body: JSON.stringify({ ...body, ...given }),
    });

  expect((await check({})).status).toBe(201);
  expect((await check({ network: 'perfect' })).status).toBe(422);
  const wide = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`field${i}`, 'x'.repeat(150)]));
  expect((await check({ details: wide })).status).toBe(422);
  expect(await count("SELECT count(*) AS n FROM device_check WHERE network = 'audio'")).toBe(1);
});
