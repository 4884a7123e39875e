// «Онлайн-консультация» of a clinic with two hundred doctors in a real browser, against the built edge alone: «ещё» by keyboard, without script, and
// how it looks.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Edge, startEdge } from '../bench/edge.ts';
import { findChromium } from '../chromium.ts';
import { crowd } from '../crowd.ts';
import { keepPictureOf } from './cabinet.ts';
import { looksWell } from './looks.ts';
import { plain } from './outside.ts';

const ASSETS = join(import.meta.dirname, '../../dist/assets');

let edge: Edge;
let browser: Browser;

beforeAll(async () => {
  edge = await startEdge(Date.now());
  await edge.run(crowd(200));
  const found = await findChromium();
  if (found.kind === 'missing') throw new Error(found.sentence);
  browser = await chromium.launch({ executablePath: found.path, args: [...found.args] });
}, 120_000);

afterAll(async () => {
  await browser.close();
  await edge.close();
}, 30_000);

async function opens(path: string, script = true): Promise<Page> {
  const context = await browser.newContext({
    baseURL: edge.cabinet.href,
    viewport: { width: 1280, height: 860 },
    locale: 'ru-RU',
    timezoneId: 'Asia/Yekaterinburg',
    javaScriptEnabled: script,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  // Cloudflare serves the built files before the Worker is asked; here nobody else does.
  await page.route('**/*', route => {
    const file = join(ASSETS, new URL(route.request().url()).pathname);
    return /\.\w+$/.test(file) && existsSync(file) ? route.fulfill({ path: file }) : route.continue();
  });
  await page.goto(path);
  return page;
}

const doctorsOn = (page: Page) => page.locator('main li.card h2 a');
const words = async (page: Page) => plain(await page.locator('#more').innerText());

test('the next doctors come by keyboard, and the focus goes to the first of them', async () => {
  const page = await opens('/online');
  const shown = await doctorsOn(page).allInnerTexts();
  const response = page.waitForResponse(answer => answer.url().includes('after='));

  await page.getByRole('link', { name: 'Показать ещё' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => doctorsOn(page).count()).toBe(40);

  expect(gzipSync(await (await response).body()).length).toBeLessThan(14_336);
  expect((await doctorsOn(page).allInnerTexts()).slice(0, 20)).toEqual(shown);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(await doctorsOn(page).nth(20).innerText());
  expect(new URL(page.url()).search).toBe('');
  expect(await words(page)).toContain('Показано 40 из 200');
  expect(await page.getByRole('list', { name: 'Врачи' }).count()).toBe(1);

  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('li.card')?.querySelector('h2')?.textContent)).toBe(
    await doctorsOn(page).nth(20).innerText(),
  );
  await page.context().close();
});

test('two presses at once bring the next doctors once, and a search begins anew', async () => {
  const page = await opens('/online');
  await page.getByRole('link', { name: 'Показать ещё' }).dblclick();
  await expect.poll(() => words(page)).toContain('Показано 40 из 200');
  expect(await doctorsOn(page).count()).toBe(40);

  await page.getByRole('searchbox').fill('ульяна');
  await page.getByRole('button', { name: 'Найти врача' }).click();
  await expect.poll(() => doctorsOn(page).count()).toBeLessThan(20);
  expect(await page.locator('#more').count()).toBe(0);
  await page.context().close();
});

test('without script it is a link to the next doctors, and the way back to the first', async () => {
  const page = await opens('/online', false);
  const first = await doctorsOn(page).allInnerTexts();

  await page.getByRole('link', { name: 'Показать ещё' }).click();
  const next = await doctorsOn(page).allInnerTexts();
  expect(next).toHaveLength(20);
  expect(next.filter(name => first.includes(name))).toEqual([]);

  await page.getByRole('link', { name: 'К началу списка' }).click();
  expect(await doctorsOn(page).allInnerTexts()).toEqual(first);
  await page.context().close();
});

test('it looks well with the first doctors, with more of them, and in the middle of the list', async () => {
  const page = await opens('/online');
  const looked = { page, keepPicture: (name: string) => keepPictureOf(page, name) };
  await looksWell(looked, 'many-doctors');

  await page.getByRole('link', { name: 'Показать ещё' }).click();
  await expect.poll(() => words(page)).toContain('Показано 40 из 200');
  await looksWell(looked, 'many-doctors-more');

  await page.goto((await page.getByRole('link', { name: 'Показать ещё' }).getAttribute('href')) ?? '');
  await looksWell(looked, 'many-doctors-after');
  await page.context().close();
});
