// Paying with complications: two clicks, a refused card, a change of mind.
import { expect } from 'vitest';
import { ON_DUTY } from '../cabinet.ts';
import { journey } from '../journey.ts';
import { looksWell } from '../looks.ts';
import { calendarIn, eventually, letterTo, lettersTo, ports, workflowOf } from '../outside.ts';

journey('two clicks are one consultation and one payment', async enter => {
  const igor = await enter({ stand: 'ordinary' });
  await igor.comeInAs('Пробников');
  await igor.choose(ON_DUTY, { clock: '12:00' });

  await igor.page.getByRole('checkbox').check();
  await igor.page.getByRole('button', { name: 'Подтвердить запись' }).dblclick();
  const id = await igor.reserved();
  expect(await igor.page.locator('[id^="consultation-"]').count()).toBe(1);
  await igor.page.getByRole('button', { name: /^Оплатить/ }).dblclick();
  await igor.page.waitForURL('**/checkout/*');

  const { payments } = await ports('ordinary', id);
  expect(payments).toHaveLength(1);
  await igor.payWith('2987');
  await igor.sees('Оплата получена, запись закреплена.');
  expect((await lettersTo('ordinary', 'igor@example.ru')).filter(({ subject }) => subject.startsWith('Оплатите приём'))).toHaveLength(1);
});

journey('a refused card is explained and another one pays', async enter => {
  const zoya = await enter({ stand: 'ordinary' });
  await zoya.comeInAs('Наброскова');
  const id = await zoya.book({ clock: '13:00' });
  await zoya.goToPay();

  await zoya.payWith('4600');
  await zoya.sees('Оплата не прошла, деньги не списаны.');
  await zoya.sees('На карте не хватило денег.');
  await looksWell(zoya, 'payment-refused');
  await zoya.open('/appointments');
  await zoya.sees('На карте не хватило денег.');
  await looksWell(zoya, 'appointments-refused');
  await zoya.goToPay();
  await zoya.payWith('4444');

  await zoya.sees('Оплата получена, запись закреплена.');
  expect((await ports('ordinary', id)).payments.map(({ status }) => status)).toEqual(['canceled', 'succeeded']);
});

journey('a paid appointment that the patient cancels brings back the sum that was shown', async enter => {
  const sergey = await enter({ stand: 'ordinary' });
  await sergey.comeInAs('Шаблонов');
  const id = await sergey.book({ clock: '14:00' });
  await sergey.goToPay();
  await sergey.payWith('4444');
  await sergey.sees('Оплата получена, запись закреплена.');

  await sergey.open(`/consultations/${id}/cancellation`);
  await sergey.sees('Если отменить сейчас, вернём');
  await looksWell(sergey, 'cancellation');
  await sergey.page.getByRole('button', { name: 'Отменить и вернуть 1' }).click();

  await sergey.sees('Отменена вами');
  await eventually(async () => {
    expect((await ports('ordinary', id)).refunds).toMatchObject([{ status: 'succeeded', amount: { value: '1500.00' } }]);
  });
  const calendar = calendarIn(await letterTo('ordinary', 'sergey@example.ru', 'Приём отменён'));
  expect(calendar).toMatch(/METHOD:CANCEL[\s\S]*SEQUENCE:1/);
  await sergey.page.reload();
  await sergey.sees('Вернули 1');
  await looksWell(sergey, 'consultation-cancelled');
  await eventually(async () => expect(await workflowOf('ordinary', id)).toMatchObject({ state: 'cancelled', running: false }));
});
