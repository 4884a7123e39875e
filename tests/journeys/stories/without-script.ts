// The whole path without script: every form and every waiting page works as HTML only.
import { expect } from 'vitest';
import { journey } from '../journey.ts';
import { letterTo } from '../outside.ts';

journey('without script a patient books, pays and sees it paid by itself', async enter => {
  const lev = await enter({ stand: 'ordinary', script: false, width: 360 });
  await lev.comeInAs('Макетов');
  await lev.book({ clock: '15:00' });
  await lev.reads(/Оплатите до \d\d:\d\d \(МСК\)/);
  expect(await lev.countdown.isVisible()).toBe(false);
  await lev.keepPicture('screens/appointments-reserved-360-without-script');

  await lev.goToPay();
  await lev.payWith('4477');

  await lev.sees('Оплата получена, запись закреплена.');
  await lev.open('/appointments');
  await lev.sees('Оплачена');
  await letterTo('ordinary', 'lev@example.ru', 'Приём оплачен');
});

journey('without script a reservation that nobody pays is gone at the next look', async enter => {
  const petr = await enter({ stand: 'hasty', script: false });
  await petr.comeInAs('Условнов');
  const id = await petr.book({ clock: '13:00' });

  await letterTo('hasty', 'petr@example.ru', 'Запись аннулирована');
  await petr.page.reload();

  await petr.sees('Предстоящих приёмов нет');
  await petr.open(`/consultations/${id}/payment`);
  await petr.sees('Оплата не пришла вовремя, поэтому запись аннулирована.');
  await petr.open('/appointments/history');
  await petr.page.getByRole('link', { name: 'Записаться снова' }).click();
  await petr.page.waitForURL('**/doctors/*');
});
