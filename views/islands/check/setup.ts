// What the page told the check, and a sentence with its places filled. A room's page tells it more (room/setup.ts), in the same place.
import type { CheckSetup } from '../../check/setup.ts';

export const setup: CheckSetup = JSON.parse(document.querySelector('[data-setup]')?.textContent ?? '');
export const { words } = setup;

export const fill = (text: string, places: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(places[name] ?? whole));
