// The whole booking path in English: nothing Russian is left on it except names and the clinic's legal facts.
import { expect } from 'vitest';
import type { Cabinet } from '../cabinet.ts';
import { journey } from '../journey.ts';
import { letterTo } from '../outside.ts';

/** Names stay as in the passport; the clinic's legal facts stay as in its licence. */
const STAY_RUSSIAN = [
  'ООО «Пример»',
  'Л041-00000-00/00000000 (демонстрационная)',
  'Москва, Демонстрационная ул., 1',
  'Нина Эскизова',
  'Нина Э.',
  'НЭ',
];

journey('in English nothing Russian is left on the way but names and legal facts', async enter => {
  const nina = await enter({ stand: 'ordinary', locale: 'en-GB', zone: 'Europe/London' });
  const { page } = nina;

  await nina.open('/sign-in');
  await readsEnglish(nina, 'sign-in');
  await page.getByRole('link', { name: 'Sign in with Gosuslugi' }).click();
  await nina.choosePerson('Эскизова');
  await readsEnglish(nina, 'consents');
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await page.waitForURL('**/online');
  await readsEnglish(nina, 'online');
  await page.getByRole('link', { name: 'Boris Primerov', exact: true }).click();
  await page.waitForURL('**/doctors/*');
  const day = page.locator('.days a').nth(2);
  await day.click();
  await page.locator('.days a[aria-current=date]').and(day).waitFor();
  await page.locator('summary').filter({ hasText: '16:00–' }).click();
  await readsEnglish(nina, 'doctor');
  await page
    .locator('.slots a')
    .filter({ hasText: /^16:00/ })
    .click();
  await page.waitForURL('**/slots/*');
  await readsEnglish(nina, 'confirmation');
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Confirm the booking' }).click();
  const id = await nina.reserved();
  await readsEnglish(nina, 'appointments-reserved');
  await page.getByRole('button', { name: /^Pay/ }).click();
  await page.waitForURL('**/checkout/*');
  await nina.payWith('4444');
  await page.getByText('The payment is received').first().waitFor();
  await readsEnglish(nina, 'payment-paid');
  for (const [name, path] of [
    ['appointments-paid', '/appointments'],
    ['history', '/appointments/history'],
    ['consultation-paid', `/consultations/${id}`],
    ['cancellation', `/consultations/${id}/cancellation`],
    ['help', '/help'],
    ['card', '/card'],
  ] as const) {
    await nina.open(path);
    await readsEnglish(nina, name);
  }

  const letter = await letterTo('ordinary', 'nina@example.ru', /paid/i);
  expect(russianIn(`${letter.subject} ${letter.text}`)).toBe('');
});

journey('the other language is one click away and stays', async enter => {
  const guest = await enter({ stand: 'ordinary' });
  await guest.open('/online');

  await guest.page.getByRole('link', { name: 'English' }).first().click();
  await guest.page.getByRole('heading', { name: 'Online consultation' }).waitFor();
  await guest.open('/sign-in');

  expect(await guest.page.locator('html').getAttribute('lang')).toBe('en');
});

async function readsEnglish({ page }: Cabinet, name: string): Promise<void> {
  const text = await page.evaluate(() => {
    const body = document.body.cloneNode(true);
    if (!(body instanceof HTMLElement)) return '';
    for (const russian of body.querySelectorAll('[lang=ru]')) russian.remove();
    const labels = [...body.querySelectorAll('[aria-label]')].map(labelled => labelled.getAttribute('aria-label'));
    return [document.title, body.textContent, ...labels].join('\n');
  });
  expect(russianIn(text), name).toBe('');
}

function russianIn(text: string): string {
  const rest = STAY_RUSSIAN.reduce((left, name) => left.replaceAll(name, ''), text);
  return [...rest.matchAll(/[^\n]*[а-яё][^\n]*/giu)].map(([line]) => line.trim()).join('\n');
}
