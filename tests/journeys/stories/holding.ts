// What people hold stays in their hands: a place whose payment page was closed, a focused link and a selection on a page that reloads itself.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey } from '../journey.ts';
import { looksWell } from '../looks.ts';
import { ON_DUTY } from '../cabinet.ts';
import { bankTakesMoney, checkoutCloses, codeTo, eventually, letterTo, ports } from '../outside.ts';

journey('a payment page that the provider has closed is followed by a new one, and the place is kept', async enter => {
  const vera = await enter({ stand: 'ordinary' });
  await vera.comeInAs('Вторая');
  const id = await vera.book({ clock: '21:00' });
  await vera.goToPay();
  await checkoutCloses('ordinary', id);
  await vera.page.reload();
  await vera.page.getByText('Время оплаты вышло').waitFor();

  await vera.open('/appointments');
  await vera.goToPay();
  await vera.payWith('4444');

  await vera.sees('Оплата получена, запись закреплена.');
  expect((await ports('ordinary', id)).payments.map(({ status }) => status)).toEqual(['canceled', 'succeeded']);
});

journey('the payment page is reached through two more origins, and «back» does not lead there again', async enter => {
  const petr = await enter({ stand: 'ordinary' });
  await petr.comeInAs('Четвёртая');
  await petr.book({ clock: '21:30' });
  const visited: string[] = [];
  petr.page.on('framenavigated', frame => visited.push(new URL(frame.url()).origin));

  const asked = petr.page.waitForRequest(request => request.url().includes('//localhost'));
  await petr.goToPay();

  expect(new URL((await asked).url()).pathname).toContain('/checkout/');
  expect(new Set(visited).size).toBe(2);
  await petr.page.goBack();
  await petr.sees('Предстоящие');
});

journey('where the payment page does not open by itself, a button leads there', async enter => {
  const test = await enter({ stand: 'meeting', expects: [/Failed to load resource|ERR_FAILED/] });
  await test.comeInAs('Вторая');
  await test.book({ clock: '12:00' });
  // Without its refresh the page stays.
  await test.page.route('**/consultations/*/payment', async route => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace(/<meta http-equiv="refresh"[^>]*>/, '') });
  });

  await test.page.getByRole('button', { name: /^Оплатить/ }).click();
  await test.sees('Открываем страницу оплаты');
  await looksWell(test, 'checkout');
  await test.page.getByRole('link', { name: /^Перейти к оплате/ }).click();

  await test.page.waitForURL('**/checkout/*');
});

journey('an address that takes no letters is said on «Приёмы», changed there, and the letter comes to the new one', async enter => {
  const lev = await enter({ stand: 'meeting', expects: [/status of 422/] });
  await lev.comeInAs('Макетов');
  await lev.choose(ON_DUTY, { clock: '12:30' });
  await lev.page.getByLabel('Адрес электронной почты').fill('lev@bounce.example.ru');
  await lev.page.getByRole('checkbox').check();
  await lev.page.getByRole('button', { name: 'Подтвердить запись' }).click();
  await lev.page.getByLabel('Код из 6 цифр').fill(await codeTo('meeting', 'lev@bounce.example.ru'));
  await lev.confirm();

  await eventually(async () => {
    await lev.page.reload();
    expect(await lev.words()).toContain('Письма на lev@bounce.example.ru не доходят.');
  });
  await looksWell(lev, 'appointments-bounced');
  await lev.page.getByRole('link', { name: 'Указать другой адрес' }).click();
  await lev.page.getByLabel('Новый адрес').fill('lev-new@example.ru');
  await lev.page.getByRole('button', { name: 'Сохранить адрес' }).click();
  await lev.sees('Введите код из письма');
  await looksWell(lev, 'address-code');
  await lev.page.getByLabel('Код из 6 цифр').fill(await codeTo('meeting', 'lev-new@example.ru'));
  await lev.page.getByRole('button', { name: 'Сохранить адрес' }).click();

  await lev.sees('Адрес изменён.');
  await looksWell(lev, 'appointments-address-changed');
  await letterTo('meeting', 'lev-new@example.ru', 'Оплатите приём до');
});

journey('two tabs sign in, each comes to its own place, and neither signs the other out of its way', async enter => {
  const test = await enter({ stand: 'hasty' });
  const other = await test.anotherTab();
  await test.open('/sign-in?next=/card');
  await other.goto('/sign-in?next=/appointments/history');
  for (const page of [test.page, other]) await page.getByRole('link', { name: 'Войти через Госуслуги' }).click();

  for (const page of [test.page, other]) {
    await page.getByRole('button', { name: 'Первый' }).click();
    await page.waitForURL('**/consents?*');
  }

  expect(test.page.url()).toContain('next=%2Fcard');
  expect(other.url()).toContain('next=%2Fappointments%2Fhistory');
});

journey('a page that waits for the payment leaves the focus and a selection alone, and says the end aloud', async enter => {
  const lyuba = await enter({ stand: 'meeting' });
  await lyuba.comeInAs('Четвёртая');
  const id = await lyuba.book({ clock: '13:00' });
  await lyuba.goToPay();
  await lyuba.open(`/consultations/${id}/payment`);
  await lyuba.sees('Ждём подтверждения оплаты');
  await looksWell(lyuba, 'payment-waiting');
  await lyuba.page.getByRole('link', { name: 'Мои приёмы' }).focus();
  await selects(lyuba.page, 'h2');

  for (let poll = 0; poll < 3; poll++) await lyuba.page.waitForResponse(response => response.status() === 204);

  expect(await held(lyuba.page)).toEqual({ focus: 'appointments', selection: 'Ждём подтверждения оплаты' });
  await bankTakesMoney('meeting', id);
  await lyuba.sees('Оплата получена, запись закреплена.');
  expect(await lyuba.page.locator('#said').textContent()).toContain('Оплата получена');
  expect((await held(lyuba.page)).focus).toBe('appointments');
});

journey('a talon that changes keeps the focus and a stopped countdown, and goes on asking', async enter => {
  const test = await enter({ stand: 'meeting' });
  await test.comeInAs('Первый');
  const id = await test.book({ clock: '13:30' });
  await test.page.getByRole('button', { name: 'Остановить отсчёт на экране' }).click();
  await test.page.getByRole('link', { name: 'Отменить запись' }).focus();

  const other = await test.anotherTab();
  await other.goto('/appointments');
  await other.getByRole('button', { name: /^Оплатить/ }).click();
  await other.waitForURL('**/checkout/*');

  await test.sees('Оплата начата и ещё не завершена.');
  expect((await held(test.page)).focus).toBe(`cancel-${id}`);
  expect(await test.page.getByRole('button', { name: 'Продолжить отсчёт на экране' }).isVisible()).toBe(true);
  await bankTakesMoney('meeting', id);
  await test.sees('Оплачена');
});

const selects = (page: Page, selector: string): Promise<void> =>
  page
    .locator(`#payment ${selector}`)
    .first()
    .evaluate(element => getSelection()?.selectAllChildren(element));

const held = (page: Page): Promise<{ focus: string | undefined; selection: string | undefined }> =>
  page.evaluate(() => ({ focus: document.activeElement?.id, selection: getSelection()?.toString().trim() }));
