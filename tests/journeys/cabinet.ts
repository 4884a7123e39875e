// One person's browser in the cabinet, and what they do there in the words of the screen. Every story is told with these verbs; what they
// return is what a person would remember.
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
  /** IANA zone of the device; the clinic's own by itself. */
  readonly zone?: string;
  /** Language of the device; Russian by itself. */
  readonly locale?: string;
  readonly width?: 360 | 1280;
  readonly script?: boolean;
  /** Cameras and microphones; there and allowed by itself. */
  readonly equipment?: Equipment;
  /** Complaints of the console that belong to the story, such as the status of a page that says no. */
  readonly expects?: readonly RegExp[];
}

/** An interval by its place in the strip of days and the clinic's clock. */
export interface When {
  /** 0 is today; by itself the day after tomorrow, when cancelling is free at any hour of the run. */
  readonly day?: number;
  readonly clock: string;
}

/** What the first flight of TCP carries. */
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
    context.on('response', response => this.weighing.push(this.weigh(response, complain)));
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

  /** The same person, signed in, in one more tab. */
  anotherTab(): Promise<Page> {
    return this.context.newPage();
  }

  async leave(): Promise<void> {
    await Promise.all(this.weighing);
    await this.context.close();
  }

  /** Through Gosuslugi as the person with this family name, from wherever they are: the sign-in page opens when they are nowhere. */
  async signInAs(familyName: string): Promise<void> {
    if (!this.page.url().includes('/sign-in')) await this.page.goto('/sign-in');
    await this.page.getByRole('link', { name: 'Войти через Госуслуги' }).click();
    await this.choosePerson(familyName);
  }

  /** On the page of Gosuslugi; ends where the cabinet leads from there. */
  async choosePerson(familyName: string): Promise<void> {
    await this.page.getByRole('button', { name: familyName }).click();
    await this.page.waitForURL(url => url.href.startsWith(standOf(this.stand).urls.cabinet));
  }

  async acceptConsents(): Promise<void> {
    for (const box of await this.page.getByRole('checkbox').all()) await box.check();
    await this.page.getByRole('button', { name: 'Сохранить и продолжить' }).click();
  }

  /** By the code from a letter; `codeTo` reads it. */
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

  /** From nowhere to a signed-in patient who may book. */
  async comeInAs(familyName: string): Promise<void> {
    await this.signInAs(familyName);
    await this.acceptConsents();
    await this.page.waitForURL('**/online');
  }

  /** Looks the doctor up and picks an interval; ends on the page that asks to confirm. */
  async choose(doctor: string, when: When): Promise<void> {
    await this.page.goto('/online');
    await this.page.getByRole('link', { name: doctor, exact: true }).click();
    await this.pick(when);
  }

  /** Picks an interval among the days of a doctor; ends on the page that it leads to. */
  async pick({ day = 2, clock }: When): Promise<void> {
    const strip = this.page.locator('.days a').nth(day);
    await strip.click();
    await this.page.locator('.days a[aria-current=date]').and(strip).waitFor();
    const hour = this.page.locator('summary').filter({ hasText: `${clock.slice(0, 2)}:00–` });
    await hour.click();
    const before = this.page.url();
    // The clinic's clock comes first, the device's own after it.
    await this.page
      .locator('.slots a')
      .filter({ hasText: new RegExp(`^${clock}`) })
      .click();
    await this.page.waitForURL(({ href }) => href !== before);
  }

  /** Reads the warning and confirms; the reservation's id comes from the card in «Приёмы». */
  async confirm(): Promise<string> {
    await this.page.getByRole('checkbox').check();
    await this.page.getByRole('button', { name: 'Подтвердить запись' }).click();
    return await this.reserved();
  }

  /** The id of the consultation on top of «Приёмы». */
  async reserved(): Promise<string> {
    await this.page.waitForURL('**/appointments');
    const id = await this.page.locator('[id^="consultation-"]').first().getAttribute('id');
    return id?.slice('consultation-'.length) ?? '';
  }

  async book(when: When, doctor = ON_DUTY): Promise<string> {
    await this.choose(doctor, when);
    return await this.confirm();
  }

  /** From the card in «Приёмы» to the payment page, which is the provider's. */
  async goToPay(): Promise<void> {
    await this.page.getByRole('button', { name: /^(Оплатить|Попробовать ещё раз|Вернуться к оплате)/ }).click();
    await this.page.waitForURL('**/checkout/*');
  }

  /** Pays on the provider's page with the test card that ends so, and comes back to the cabinet. */
  async payWith(last4: string): Promise<void> {
    await this.typeCard(last4);
    await this.page.waitForURL('**/consultations/*/payment');
  }

  /** Types the test card that ends so into the provider's page; 3-D Secure asks for its code. */
  async typeCard(last4: string): Promise<void> {
    await this.page.getByRole('button', { name: `••\u00a0${last4}` }).click();
    await this.page.getByRole('button', { name: 'Оплатить' }).click();
    if (['4477', '0004'].includes(last4)) {
      await this.page.getByLabel('Код из сообщения').fill('1234');
      await this.page.getByRole('button', { name: 'Подтвердить' }).click();
    }
  }

  /** Waits until the words stand on the page, whoever puts them there. */
  async sees(words: string | RegExp): Promise<void> {
    await this.page.locator('main').getByText(words).first().waitFor();
  }

  /** Waits until the page reads so, across the bounds of its elements. */
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

  /** A picture of the whole page in artifacts; as tall a window shows it with the bar of places at its foot. A page that is gone has none. */
  async keepPicture(name: string): Promise<void> {
    const { page } = this;
    if (page.isClosed()) return;
    const path = join(import.meta.dirname, '../../artifacts', `${name}.png`);
    mkdirSync(dirname(path), { recursive: true });
    const window = page.viewportSize() ?? { width: 1280, height: 860 };
    const height = await page.evaluate(() => document.documentElement.scrollHeight).catch(() => window.height);
    await page.setViewportSize({ ...window, height: Math.max(window.height, height) });
    await page.screenshot({ path }).catch(() => undefined);
    await page.setViewportSize(window);
  }

  /** Every answer of the cabinet fits the first flight; what the dev server sends unpacked is weighed as it would be packed. */
  private async weigh(response: Response, complain: (text: string) => void): Promise<void> {
    if (!response.url().startsWith(standOf(this.stand).urls.cabinet)) return;
    // A page that is left before its body came has nothing to weigh.
    const bytes = await weightOf(response).catch(() => 0);
    if (bytes > LIMIT_BYTES) complain(`${response.url()} weighs ${bytes} bytes`);
  }
}

async function weightOf(response: Response): Promise<number> {
  if (response.headers()['content-encoding'] !== undefined) return (await response.request().sizes()).responseBodySize;
  return gzipSync(await response.body()).length;
}
