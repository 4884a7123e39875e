// A letter to the clinic: written in the stand's mailbox with a photograph, taken in by the Worker's own door, seen by finance and settled. The same letter by the way
// of Resend. Nobody's claim is named, so both wait for a person.
import { expect } from 'vitest';
import { journeyInTurn } from '../journey.ts';
import { looksWell } from '../looks.ts';
import { codeTo, eventually } from '../outside.ts';
import { standOf } from '../stands.ts';

/** The smallest picture that is one: white, of one pixel. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8//8/AAX+Av4N70a4AAAAAElFTkSuQmCC', 'base64');

journeyInTurn('a letter with a photograph reaches the clinic as it was written, and finance settles it', async enter => {
  const anna = await enter({ stand: 'ordinary', width: 360 });
  const mailbox = standOf('ordinary').urls.mail;

  await anna.page.goto(mailbox);
  await anna.page.getByRole('link', { name: 'Написать в клинику' }).click();
  await anna.page.getByLabel('От кого').fill('anna@example.ru');
  await anna.page.getByLabel('Кому', { exact: true }).fill('zayavlenie@clinic.example');
  await anna.page.getByLabel('Тема').fill('Прошу вернуть деньги');
  await anna.page.getByLabel('Текст').fill('Высылаю заявление, фотография во вложении.');
  await anna.page.getByLabel('Вложения').setInputFiles({ name: 'заявление.png', mimeType: 'image/png', buffer: PNG });
  await looksWell(anna, 'stand-write');
  await anna.page.getByRole('button', { name: 'Отправить' }).click();
  await eventually(async () => {
    await anna.page.reload();
    expect(await anna.page.locator('main').innerText()).toContain('Клиника приняла.');
  });

  const byResend = {
    from: 'anna@example.ru',
    to: 'zayavlenie@clinic.example',
    subject: 'То же через Resend',
    text: 'Высылаю заявление.',
    by: 'resend',
  };
  const files = [{ filename: 'заявление.png', content: PNG.toString('base64'), content_type: 'image/png' }];
  const answer = await fetch(`${mailbox}/__stand/letters`, { method: 'POST', body: JSON.stringify({ ...byResend, files }) });
  expect(answer.status).toBe(200);

  const finance = await enter({ stand: 'ordinary' });
  await finance.signInByCode('f.schetova@example.ru', email => codeTo('ordinary', email));
  await finance.page.getByRole('link', { name: 'Письма', exact: true }).click();
  await finance.page.waitForURL('**/finance/letters');
  await eventually(async () => {
    await finance.page.reload();
    expect(await finance.words()).toContain('То же через Resend');
  });
  await finance.sees('Прошу вернуть деньги');
  await looksWell(finance, 'letters-in');
  await finance.page.getByRole('link', { name: 'Прошу вернуть деньги' }).click();
  await finance.sees('Высылаю заявление, фотография во вложении.');
  await finance.sees(/заявление\.png.*открывается, но заявление не найдено/);
  await looksWell(finance, 'letter-in');

  await finance.page.getByLabel('Что сделано').fill('Позвонили пациентке, заявление подаст в кабинете');
  await finance.page.getByRole('button', { name: 'Разобрано' }).click();
  await finance.page.waitForURL('**/finance/letters');
  await eventually(async () => expect(await finance.words()).not.toContain('Прошу вернуть деньги'));
});
