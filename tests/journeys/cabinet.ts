// One person's browser in the cabinet. Its methods are the actions of a person, in the words of the screen; they return what a person would
// read there. Used by all stories.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BrowserContext, Locator, Page, Response } from 'playwright-core';
import { expect } from 'vitest';
import { eventually, plain } from './outside.ts';
import type { Equipment } from '../chromium.ts';
import { type StandName, standOf, theBrowser } from './stands.ts';

export interface Visit {
  readonly stand: StandName;
  /** IANA zone of the device; the clinic's own by default. */
  readonly zone?: string;
  /** Language of the device; Russian by default. */
  readonly locale?: string;
  readonly width?: 360 | 1280;
  readonly script?: boolean;
  /** Cameras and microphones; present and allowed by default. */
  readonly equipment?: Equipment;
  /** Console errors that the story expects, such as the status of a refusal page. */
  readonly expects?: readonly RegExp[];
}

/** An interval by the position of its day in the strip and the clinic's time. */
export interface When {
  /** 0 is today; the default is the day after tomorrow, when cancelling is free at any time of the run. */
  readonly day?: number;
  readonly clock: string;
}

/** The initial congestion window of TCP, bytes, as in views/build.mjs. */
const LIMIT_BYTES = 14_336;
const HEIGHT = { 360: 740, 1280: 860 };
/** The doctor who works round the clock, every five minutes. */
export const ON_DUTY = 'Борис Примеров';

export class Cabinet {
  readonly page: Page;
  readonly stand: StandName;
  readonly complaints: string[] = [];
  private readonly context: BrowserContext;
  private readonly weighing: Promise<void>[] = [];

  private constructor(context: BrowserContext, page: Page, { stand, expects = [] }: Visit) {
    this.context = context;
    this.page = page;
    this.stand = stand;
    const complain = (text: string) => {
      if (!expects.some(expected => expected.test(text))) this.complaints.push(text);
    };
    context.on('console', message => {
      if (['error', 'warning'].includes(message.type())) complain(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', thrown => complain(`page error: ${thrown.error().message}`));
    context.on('response', response => this.weighing.push(this.weigh(response, complain), this.judge(response, complain)));
  }

  static async open(visit: Visit): Promise<Cabinet> {
    const { width = 1280, zone = 'Europe/Moscow', locale = 'ru-RU', script = true, equipment = 'allowed', stand } = visit;
    const browser = await theBrowser(equipment);
    const context = await browser.newContext({
      baseURL: standOf(stand).urls.cabinet,
      viewport: { width, height: HEIGHT[width] },
      timezoneId: zone,
      locale,
      javaScriptEnabled: script,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(30_000);
    return new Cabinet(context, await context.newPage(), visit);
  }

  /** Opens one more tab with the same session. */
  anotherTab(): Promise<Page> {
    return this.context.newPage();
  }

  async leave(): Promise<void> {
    await Promise.all(this.weighing);
    await this.context.close();
  }

  /** Signs in through Gosuslugi as the person with this family name; opens the sign-in page first unless it is open. */
  async signInAs(familyName: string): Promise<void> {
    if (!this.page.url().includes('/sign-in')) await this.page.goto('/sign-in');
    await this.page.getByRole('link', { name: 'Войти через Госуслуги' }).click();
    await this.choosePerson(familyName);
  }

  /** Chooses a person on the page of Gosuslugi; ends at the page to which the cabinet redirects. */
  async choosePerson(familyName: string): Promise<void> {
    await this.page.getByRole('button', { name: familyName }).click();
    await this.page.waitForURL(url => url.href.startsWith(standOf(this.stand).urls.cabinet));
  }

  async acceptConsents(): Promise<void> {
    for (const box of await this.page.getByRole('checkbox').all()) await box.check();
    await this.page.getByRole('button', { name: 'Сохранить и продолжить' }).click();
  }

  /** Signs in with the code from a letter, which `codeTo` reads. */
  async signInByCode(email: string, codeTo: (email: string) => Promise<string>): Promise<void> {
    await this.page.goto('/sign-in');
    await this.page.getByLabel('Адрес электронной почты').fill(email);
    await this.page.getByRole('button', { name: 'Получить код' }).click();
    await this.typeCode(await codeTo(email));
  }

  async typeCode(code: string): Promise<void> {
    await this.page.getByLabel('Код из 6 цифр').fill(code);
    await this.page.getByRole('button', { name: 'Войти', exact: true }).click();
  }

  /** From no session to a signed-in patient who may book. Somebody who was here in another story has consented already. */
  async comeInAs(familyName: string): Promise<void> {
    await this.signInAs(familyName);
    await this.page.locator('h1').waitFor();
    if (!new URL(this.page.url()).pathname.startsWith('/consents')) return await this.open('/online');
    await this.acceptConsents();
    await this.page.waitForURL('**/online');
  }

  /** Opens the doctor's page and picks an interval; ends on the confirmation page. */
  async choose(doctor: string, when: When): Promise<void> {
    await this.page.goto('/online');
    await this.page.getByRole('link', { name: doctor, exact: true }).click();
    await this.pick(when);
  }

  /** Picks an interval among a doctor's days; ends on the page that the slot links to. */
  async pick({ day = 2, clock }: When): Promise<void> {
    const strip = this.page.locator('.days a').nth(day);
    await strip.click();
    await this.page.locator('.days a[aria-current=date]').and(strip).waitFor();
    const hour = this.page.locator('summary').filter({ hasText: `${clock.slice(0, 2)}:00–` });
    await hour.click();
    const before = this.page.url();
    // The clinic's time comes first, the device's own after it.
    await this.page
      .locator('.slots a')
      .filter({ hasText: new RegExp(`^${clock}`) })
      .click();
    await this.page.waitForURL(({ href }) => href !== before);
  }

  /** Ticks the warning and confirms; returns the reservation's id, read from the talon in «Приёмы». */
  async confirm(): Promise<string> {
    await this.page.getByRole('checkbox').check();
    await this.page.getByRole('button', { name: 'Подтвердить запись' }).click();
    return await this.reserved();
  }

  /** The id of the first consultation in «Приёмы». */
  async reserved(): Promise<string> {
    await this.page.waitForURL('**/appointments');
    const id = await this.page.locator('[id^="consultation-"]').first().getAttribute('id');
    return id?.slice('consultation-'.length) ?? '';
  }

  async book(when: When, doctor = ON_DUTY): Promise<string> {
    await this.choose(doctor, when);
    return await this.confirm();
  }

  /** From the talon in «Приёмы» to the provider's payment page. */
  async goToPay(): Promise<void> {
    await this.page.getByRole('button', { name: /^(Оплатить|Попробовать ещё раз|Вернуться к оплате)/ }).click();
    await this.page.waitForURL('**/checkout/*');
  }

  /** Pays on the provider's page with the test card that ends in `last4`, and returns to the cabinet. */
  async payWith(last4: string): Promise<void> {
    await this.typeCard(last4);
    await this.page.waitForURL('**/consultations/*/payment');
  }

  /** Fills in the test card that ends in `last4` on the provider's page; 3-D Secure asks for its code. */
  async typeCard(last4: string): Promise<void> {
    await this.page.getByRole('button', { name: `••\u00a0${last4}` }).click();
    await this.page.getByRole('button', { name: 'Оплатить' }).click();
    if (['4477', '0004'].includes(last4)) {
      await this.page.getByLabel('Код из сообщения').fill('1234');
      await this.page.getByRole('button', { name: 'Подтвердить' }).click();
    }
  }

  /** Waits until the words are on the page. */
  async sees(words: string | RegExp): Promise<void> {
    await this.page.locator('main').getByText(words).first().waitFor();
  }

  /** Waits until the text of the page matches, also across elements. */
  async reads(words: string | RegExp): Promise<void> {
    await eventually(async () => expect(await this.words()).toMatch(words));
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path);
  }

  /** The words of the page with every kind of space as a plain one. */
  async words(): Promise<string> {
    return plain(await this.page.locator('main').innerText());
  }

  /** Seconds that the countdown shows. */
  async secondsLeft(): Promise<number> {
    const [minutes = '', seconds = ''] = (await this.countdown.innerText()).split(':');
    return Number(minutes) * 60 + Number(seconds);
  }

  get countdown(): Locator {
    return this.page.getByRole('timer');
  }

  keepPicture(name: string): Promise<void> {
    return keepPictureOf(this.page, name);
  }

  /** Checks that every answer of the cabinet fits into the first round trip; what the dev server sends uncompressed is compressed first. */
  /** A refused call of the SFU, unless it is for the end of the room or a track that is gone: nobody's own session is refused. */
  private async judge(response: Response, complain: (text: string) => void): Promise<void> {
    if (response.status() !== 403 || !response.url().includes('/calls/')) return;
    const said = await response.text().catch(() => 'room_ended');
    if (!/room_ended|track_not_in_room/.test(said)) complain(`${response.url()} refused: ${said.slice(0, 200)}`);
  }

  private async weigh(response: Response, complain: (text: string) => void): Promise<void> {
    if (!response.url().startsWith(standOf(this.stand).urls.cabinet)) return;
    // A photograph that a person has sent is as large as it is.
    if (response.headers()['content-type']?.startsWith('image/jpeg')) return;
    // A page that is left before its body arrived has no size.
    const bytes = await weightOf(response).catch(() => 0);
    if (bytes > LIMIT_BYTES) complain(`${response.url()} weighs ${bytes} bytes`);
  }
}

/**
 * Saves a screenshot of the whole page in artifacts. The window is made as tall as the page, so that the bar of places is at its foot. A closed
 * page has none.
 */
export async function keepPictureOf(page: Page, name: string): Promise<void> {
  if (page.isClosed()) return;
  const path = join(import.meta.dirname, '../../artifacts', `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  const window = page.viewportSize() ?? { width: 1280, height: 860 };
  const height = await page.evaluate(() => document.documentElement.scrollHeight).catch(() => window.height);
  await page.setViewportSize({ ...window, height: Math.max(window.height, height) });
  await page.screenshot({ path }).catch(() => undefined);
  await page.setViewportSize(window);
}

async function weightOf(response: Response): Promise<number> {
  if (response.headers()['content-encoding'] !== undefined) return (await response.request().sizes()).responseBodySize;
  return gzipSync(await response.body()).length;
}
