// Checks how a page looks, in a phone's and a desktop's width, light and dark: no findings of axe, no sideways scrolling, and a screenshot
// in artifacts/screens for people to look at.
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'vitest';
import type { Cabinet } from './cabinet.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WIDTHS = [360, 1280] as const;
const HEIGHT = { 360: 740, 1280: 860 };
/** Pages with dark screenshots; every page is checked in dark mode. */
const KEPT_DARK = ['online', 'confirmation', 'appointments-reserved', 'payment-paid', 'history'];

/** A page and how a picture of it is kept. */
export type Looked = Pick<Cabinet, 'page' | 'keepPicture'>;

/** Restores the width and the colour scheme of the page. */
export async function looksWell(visitor: Looked, name: string): Promise<void> {
  const { page } = visitor;
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT[width] });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const where = `${name} at ${width} px, ${colorScheme}`;
      if (colorScheme === 'light' || KEPT_DARK.includes(name)) {
        await visitor.keepPicture(`screens/${name}-${width}${colorScheme === 'dark' ? '-dark' : ''}`);
      }
      expect(await violationsOn(visitor, colorScheme), where).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
        where,
      ).toBeLessThanOrEqual(0);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  if (before !== null) await page.setViewportSize(before);
}

async function violationsOn({ page }: Looked, scheme: 'light' | 'dark'): Promise<string[]> {
  // Legacy mode keeps axe in this page: there are no frames, and otherwise each check would open a second page.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  // Dark mode differs only in its colours.
  const { violations } = await (scheme === 'light' ? axe.withTags(TAGS) : axe.withRules('color-contrast')).analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help} — ${nodes.map(({ html }) => html).join(' | ')}`);
}
