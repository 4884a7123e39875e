// «Вернуть оплату» the way the guide tells it, whole: the form, the application printed, signed and photographed, the photograph sent as a letter from the
// own mailbox, the decision of finance, the refund and its receipt, and the word of the clinic.
import { expect } from 'vitest';
import { journeyInTurn } from '../journey.ts';
import { looksWell } from '../looks.ts';
import { codeTo, eventually, letterTo } from '../outside.ts';
import { photographOf } from '../photograph.ts';
import { standOf } from '../stands.ts';
import { within24Hours } from './refund-claim.ts';
import { ON_DUTY } from '../cabinet.ts';

const EMAIL = 'sergey@example.ru';

journeyInTurn('the money of a cancelled visit comes back by a letter with the photograph of the signed application', async enter => {
  const sergey = await enter({ stand: 'ordinary', width: 360 });
  await sergey.comeInAs('Шаблонов');
  const id = await sergey.book(within24Hours(Date.now(), '05'), ON_DUTY);
  await sergey.goToPay();
  await sergey.payWith('4444');
  await sergey.sees('Оплата получена, запись закреплена.');
  await sergey.open(`/consultations/${id}/cancellation`);
  await sergey.page.getByRole('button', { name: 'Отменить и вернуть' }).click();
  await sergey.sees('Отменена вами');
  await sergey.open('/appointments/history');
  await sergey.page.getByRole('link', { name: 'Вернуть оплату' }).click();
  await sergey.page.getByLabel('Что произошло').fill('Не смогу прийти.');
  await sergey.page.getByRole('button', { name: 'Отправить заявление' }).click();
  await sergey.page.waitForURL('**/refund-claims/*');
  const claim = sergey.page.url();

  const [, number = ''] = /Возврат № (В-\d{4}-\d{5})/.exec(await sergey.words()) ?? [];
  const [address = ''] = /[\w.]+\+[a-z2-7]{26}@[\w.-]+/.exec(await sergey.words()) ?? [];
  expect([number, address]).not.toContain('');
  const pdf = await sergey.page.request.get(`${claim}/application.pdf`);
  const photograph = await photographOf(sergey.page.context(), await pdf.body());

  await sergey.page.goto(`${standOf('ordinary').urls.mail}/write`);
  await sergey.page.getByLabel('От кого').fill(EMAIL);
  await sergey.page.getByLabel('Кому', { exact: true }).fill(address);
  await sergey.page.getByLabel('Тема').fill(`Заявление ${number}`);
  await sergey.page.getByLabel('Текст').fill('Подписанное заявление во вложении.');
  await sergey.page.getByLabel('Вложения').setInputFiles({ name: 'IMG_0042.jpg', mimeType: 'image/jpeg', buffer: photograph });
  await sergey.page.getByRole('button', { name: 'Отправить' }).click();
  await eventually(async () => {
    await sergey.page.reload();
    expect(await sergey.page.locator('main').innerText()).toContain('Клиника приняла.');
  });
  await sergey.page.goto(claim);
  await eventually(async () => {
    await sergey.page.reload();
    expect(await sergey.words()).toContain('IMG_0042.jpg');
  });

  await letterTo('ordinary', EMAIL, new RegExp(`Заявление ${number} принято в работу`));
  await sergey.page.goto(claim);
  await sergey.sees('Подписано, рассматриваем');
  await sergey.reads(/IMG_0042\.jpg/);
  await looksWell(sergey, 'claim-by-letter');

  const finance = await enter({ stand: 'ordinary', width: 360 });
  await finance.signInByCode('f.schetova@example.ru', email => codeTo('ordinary', email));
  await finance.open('/finance/claims');
  await finance.page.getByRole('link', { name: number }).click();
  await finance.sees('IMG_0042.jpg');
  await finance.sees(`Заявление ${number}`);
  await looksWell(finance, 'finance-claim');
  await finance.page.getByRole('radio', { name: /Вернуть всё/ }).check();
  await finance.page.getByLabel('Причина', { exact: true }).last().fill('Приём отменён заранее, возвращаем удержанное.');
  await finance.page.getByRole('button', { name: 'Записать решение' }).click();
  await finance.sees('Вернуть всё');

  await letterTo('ordinary', EMAIL, new RegExp(`Решение по заявлению ${number}`));
  await letterTo('ordinary', EMAIL, new RegExp(`Вернули деньги по заявлению ${number}`), 60_000);
  await sergey.open(new URL(claim).pathname);
  await eventually(async () => {
    await sergey.page.reload();
    expect(await sergey.words()).toContain('Деньги вернули');
  });
  await looksWell(sergey, 'claim-returned');
});
