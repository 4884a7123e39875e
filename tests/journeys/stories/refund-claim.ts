// «Вернуть оплату» by a person with a phone: from the history to the form, the application, the photograph of the signed sheet, and the state that the
// page shows. What finance does with it is another story.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { journeyInTurn } from '../journey.ts';
import { looksWell } from '../looks.ts';
import { eventually, letterTo } from '../outside.ts';
import { ON_DUTY, type When } from '../cabinet.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** An interval in less than a day: cancelling it is late, so a part of the price stays with the clinic. Not in a day's first hour, which stands open. */
export function within24Hours(now: number, minute = '00'): When {
  const hour = new Date(now).toLocaleString('sv-SE', { timeZone: 'Europe/Moscow' }).slice(11, 13);
  return hour === '00' ? { day: 0, clock: `22:${minute}` } : { day: 1, clock: `${hour}:${minute}` };
}

journeyInTurn('a patient demands the kept part back: form, application, photograph, and the page says what is next', async enter => {
  const third = await enter({ stand: 'ordinary', width: 360, expects: [/status of 422/] });
  await third.comeInAs('Третий');
  const id = await third.book(within24Hours(Date.now()), ON_DUTY);
  await third.goToPay();
  await third.payWith('4444');
  await third.sees('Оплата получена, запись закреплена.');
  await third.open(`/consultations/${id}`);
  await third.sees('Заявление пока не нужно: приём впереди.');
  await third.open(`/consultations/${id}/cancellation`);
  await third.page.getByRole('button', { name: 'Отменить и вернуть' }).click();
  await third.sees('Отменена вами');

  await third.open('/appointments/history');
  await looksWell(third, 'history-claim');
  await third.page.getByRole('link', { name: 'Вернуть оплату' }).click();
  await third.reads(/Можно вернуть до 150 ₽/);
  await looksWell(third, 'claim-form');
  await third.page.getByLabel('Сколько вернуть').fill('9000');
  await third.page.getByRole('button', { name: 'Отправить заявление' }).click();
  await third.sees('Это больше, чем можно вернуть');
  await looksWell(third, 'claim-form-wrong');
  await third.page.getByLabel('Сколько вернуть').fill('150');
  await third.page.getByLabel('Что произошло').fill('Передумал не по своей вине.');
  await third.page.getByRole('button', { name: 'Отправить заявление' }).click();

  await third.page.waitForURL('**/refund-claims/*');
  await third.reads(/Возврат № В-\d{4}-\d{5}/);
  await third.sees('Дальше вы: подпишите заявление.');
  await looksWell(third, 'claim-unsigned');
  const pdf = await third.page.request.get(`${third.page.url()}/application.pdf`);
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');

  await third.page.getByLabel('Файл', { exact: true }).setInputFiles([
    { name: 'лист-1.png', mimeType: 'image/png', buffer: PNG },
    { name: 'лист-2.jpg', mimeType: 'image/jpeg', buffer: readFileSync(new URL('../../cases/arrow-exif6.jpg', import.meta.url)) },
  ]);
  await third.page.getByRole('button', { name: 'Загрузить' }).click();
  await third.sees('Файл загружен.');
  await third.sees('Подписано, рассматриваем');
  await third.reads(/лист-2\.jpg/);
  await looksWell(third, 'claim-signed');

  await letterTo('ordinary', 'test3@example.ru', /принято в работу/);
  await eventually(async () => expect(await third.words()).toContain('загружено фото'));
});
