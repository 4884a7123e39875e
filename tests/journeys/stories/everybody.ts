// Accessibility: the whole path by keyboard, a page without layout shifts, a countdown that can be paused.
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { ON_DUTY } from '../cabinet.ts';
import { journey } from '../journey.ts';
import { looksWell } from '../looks.ts';
import { eventually } from '../outside.ts';

journey('the way from the door to a paid appointment needs no mouse', async enter => {
  const petr = await enter({ stand: 'ordinary' });
  const { page } = petr;
  await petr.open('/sign-in');

  await press(page, page.getByRole('link', { name: 'Войти через Госуслуги' }));
  await page.waitForURL('**/interaction/*');
  await press(page, page.getByRole('button', { name: 'Условнов' }));
  await page.waitForURL('**/consents*');
  for (const box of await page.getByRole('checkbox').all()) await press(page, box, 'Space');
  await press(page, page.getByRole('button', { name: 'Сохранить и продолжить' }));
  await page.waitForURL('**/online');
  await press(page, page.getByRole('link', { name: ON_DUTY, exact: true }));
  await page.waitForURL('**/doctors/*');
  const day = page.locator('.days a').nth(2);
  await press(page, day);
  await page.locator('.days a[aria-current=date]').and(day).waitFor();
  expect(await isFocused(day)).toBe(true);
  await looksWell(petr, 'doctor');
  await press(page, page.locator('summary').filter({ hasText: '17:00–' }));
  await press(page, page.locator('.slots a').filter({ hasText: /^17:30/ }));
  await page.waitForURL('**/slots/*');
  await press(page, page.getByRole('checkbox'), 'Space');
  await press(page, page.getByRole('button', { name: 'Подтвердить запись' }));
  await page.waitForURL('**/appointments');
  await press(page, page.getByRole('button', { name: /^Оплатить/ }));
  await page.waitForURL('**/checkout/*');
  await press(page, page.getByRole('button', { name: '••\u00a04444' }));
  await page.waitForURL('**card=*');
  await press(page, page.getByRole('button', { name: 'Оплатить' }));

  await petr.sees('Оплата получена, запись закреплена.');
});

journey('the card that waits for payment stands still, keeps the focus, and its countdown can be stopped', async enter => {
  const vera = await enter({ stand: 'ordinary', width: 360 });
  const { page } = vera;
  await page.addInitScript(watchShifts);
  await vera.comeInAs('Моделева');
  const id = await vera.book({ clock: '18:00' });
  const pay = page.getByRole('button', { name: /^Оплатить/ });
  await pay.focus();

  await page.waitForResponse(`**/consultations/${id}/talon*`);
  await page.waitForResponse(`**/consultations/${id}/talon*`);
  const before = await vera.secondsLeft();
  await eventually(async () => expect(await vera.secondsLeft()).toBeLessThan(before));

  expect(await shifts(page)).toBe('');
  expect(await isFocused(pay)).toBe(true);

  await page.getByRole('button', { name: 'Остановить отсчёт на экране' }).click();
  await page.waitForResponse(`**/consultations/${id}/talon*`);
  await page.getByRole('button', { name: 'Продолжить отсчёт на экране' }).waitFor();
  expect(await vera.countdown.innerText()).toBe('—');
  await vera.reads(/Оплатите до \d\d:\d\d/);
  expect(await shifts(page)).toBe('');
});

const shifts = (page: Page): Promise<string> => page.evaluate(() => document.documentElement.dataset['shifted'] ?? '');
const isFocused = (locator: Locator): Promise<boolean> => locator.evaluate(element => element === document.activeElement);

/**
 * Presses Tab until the element has the focus, then the key. An element that cannot be reached this way does not exist for keyboard users.
 */
async function press(page: Page, locator: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await locator.waitFor();
  for (let tabs = 0; !(await isFocused(locator)); tabs += 1) {
    if (tabs > 150) throw new Error(`Tab never reaches ${String(locator)}.`);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press(key);
}

/** Part of the Layout Instability API, which TypeScript does not declare. */
declare class LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
  readonly sources: readonly {
    readonly node: Node | null;
    readonly previousRect: DOMRectReadOnly;
    readonly currentRect: DOMRectReadOnly;
  }[];
}

/** Runs in the page: records elements that moved without user input, and from where to where. */
function watchShifts(): void {
  const place = ({ x, y, width, height }: DOMRectReadOnly) => `${x},${y} ${width}×${height}`;
  const note = (entries: PerformanceObserverEntryList) => {
    const { dataset } = document.documentElement;
    for (const entry of entries.getEntries()) {
      if (!(entry instanceof LayoutShift) || entry.hadRecentInput) continue;
      const moved = entry.sources.map(
        ({ node, previousRect, currentRect }) =>
          `${node?.nodeName} «${node?.textContent?.trim().slice(0, 40)}» ${place(previousRect)} → ${place(currentRect)}`,
      );
      dataset['shifted'] = [dataset['shifted'] ?? '', `${entry.value}: ${moved.join('; ')}`].join('\n');
    }
  };
  new PerformanceObserver(note).observe({ type: 'layout-shift', buffered: true });
}
