// Nobody pays in time: the reservation lapses, another patient can take the interval at once, and late money is never lost.
import { expect } from 'vitest';
import { ON_DUTY } from '../cabinet.ts';
import { journey } from '../journey.ts';
import { looksWell } from '../looks.ts';
import { eventually, letterTo, lettersTo, ports } from '../outside.ts';

journey('a reservation that nobody pays lapses, its interval is free at once, and booking again is one click', async enter => {
  const anna = await enter({ stand: 'hasty' });
  const igor = await enter({ stand: 'hasty' });
  await Promise.all([anna.comeInAs('Тестова'), igor.comeInAs('Пробников')]);
  await anna.book({ clock: '10:00' });

  await anna.sees('Предстоящих приёмов нет');
  await igor.book({ clock: '10:00' });

  const letter = await letterTo('hasty', 'anna@example.ru', 'Запись аннулирована');
  expect(letter.text).toContain('Деньги не списаны.');
  await looksWell(anna, 'appointments-empty');
  await anna.page.getByRole('link', { name: 'История записи' }).click();
  await anna.sees('Не оплачена вовремя');
  await anna.reads('поэтому запись аннулирована. Деньги не списаны.');
  await looksWell(anna, 'history');
  await anna.page.getByRole('link', { name: 'Записаться снова' }).click();
  await anna.page.waitForURL('**/doctors/*');
  await anna.sees(ON_DUTY);
});

journey('money that comes late keeps the appointment while its interval is free, and the page says how late it came', async enter => {
  const zoya = await enter({ stand: 'hasty' });
  const atTheBank = await enter({ stand: 'hasty' });
  await zoya.comeInAs('Наброскова');
  const id = await zoya.book({ clock: '11:00' });
  await zoya.goToPay();
  await atTheBank.open(zoya.page.url());
  await zoya.open('/appointments');
  await zoya.sees('Предстоящих приёмов нет');

  await zoya.open(`/consultations/${id}/payment`);
  await looksWell(zoya, 'payment-waiting-late');
  await atTheBank.typeCard('4444');

  await zoya.sees('Запись сохранена.');
  await zoya.reads('Оплата пришла на 1 минуту позже срока, но интервал был ещё свободен');
  await looksWell(zoya, 'payment-rescued');
  await zoya.open('/appointments');
  await zoya.reads('на 1 минуту позже срока');
  await looksWell(zoya, 'appointments-rescued');
  const letter = await letterTo('hasty', 'zoya@example.ru', 'Приём оплачен');
  expect(letter.text).toContain('на 1 минуту позже срока');
  expect((await ports('hasty', id)).refunds).toEqual([]);
});

journey('money that comes when the interval is somebody else’s goes back by itself', async enter => {
  const lev = await enter({ stand: 'hasty' });
  const nina = await enter({ stand: 'hasty' });
  await Promise.all([lev.comeInAs('Макетов'), nina.comeInAs('Эскизова')]);
  const id = await lev.book({ clock: '12:00' });
  await lev.goToPay();
  await eventually(async () =>
    expect((await lettersTo('hasty', 'lev@example.ru')).map(({ subject }) => subject).join()).toMatch('аннулирована'),
  );
  await nina.book({ clock: '12:00' });

  await lev.payWith('4444');

  await lev.sees('Оплата пришла, когда интервал уже заняли другие.');
  await looksWell(lev, 'payment-returned');
  await eventually(async () =>
    expect(await ports('hasty', id)).toMatchObject({ refunds: [{ status: 'succeeded', amount: { value: '1500.00', currency: 'RUB' } }] }),
  );
  const letter = await letterTo('hasty', 'lev@example.ru', 'Возвращаем 1');
  expect(letter.text).toContain('Оплата пришла, когда интервал был уже занят.');
  await lev.open('/appointments/history');
  await lev.sees('Вернули 1');
  await lev.reads(/Не оплачена вовремя.*Вернули 1 500 ₽/);
  await lev.open(`/consultations/${id}`);
  await lev.reads(/Сейчас у клиники 0 ₽/);
  await looksWell(lev, 'consultation-returned');
});
