// What people hold stays in their hands: a place whose payment page was closed, a focused link and a selection on a page that reloads itself.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey } from '../journey.ts';
import { looksWell } from '../looks.ts';
import { bankTakesMoney, checkoutCloses, ports } from '../outside.ts';

journey('a payment page that the provider has closed is followed by a new one, and the place is kept', async enter => {
  const vera = await enter({ stand: 'ordinary' });
  await vera.comeInAs('Вторая');
  const id = await vera.book({ clock: '16:00' });
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
  await petr.comeInAs('Третий');
  await petr.book({ clock: '17:00' });
  const visited: string[] = [];
  petr.page.on('framenavigated', frame => visited.push(new URL(frame.url()).origin));

  const asked = petr.page.waitForRequest(request => request.url().includes('//localhost'));
  await petr.goToPay();

  expect(new URL((await asked).url()).pathname).toContain('/checkout/');
  expect(new Set(visited).size).toBe(2);
  await petr.page.goBack();
  await petr.sees('Предстоящие');
});

journey('a page that waits for the payment leaves the focus and a selection alone, and says the end aloud', async enter => {
  const lyuba = await enter({ stand: 'ordinary' });
  await lyuba.comeInAs('Четвёртая');
  const id = await lyuba.book({ clock: '18:00' });
  await lyuba.goToPay();
  await lyuba.open(`/consultations/${id}/payment`);
  await lyuba.sees('Ждём подтверждения оплаты');
  await looksWell(lyuba, 'payment-waiting');
  await lyuba.page.getByRole('link', { name: 'Мои приёмы' }).focus();
  await selects(lyuba.page, 'h2');

  for (let poll = 0; poll < 3; poll++) await lyuba.page.waitForResponse(response => response.status() === 204);

  expect(await held(lyuba.page)).toEqual({ focus: 'appointments', selection: 'Ждём подтверждения оплаты' });
  await bankTakesMoney('ordinary', id);
  await lyuba.sees('Оплата получена, запись закреплена.');
  expect(await lyuba.page.locator('#said').textContent()).toContain('Оплата получена');
  expect((await held(lyuba.page)).focus).toBe('appointments');
});

const selects = (page: Page, selector: string): Promise<void> =>
  page
    .locator(`#payment ${selector}`)
    .first()
    .evaluate(element => getSelection()?.selectAllChildren(element));

const held = (page: Page): Promise<{ focus: string | undefined; selection: string | undefined }> =>
  page.evaluate(() => ({ focus: document.activeElement?.id, selection: getSelection()?.toString().trim() }));
