// What the page told the island of the editor, its form, and small words: a clock, a sentence with its places filled.
import type { ProtocolSetup } from '../../protocol/setup.ts';

/** Null on the page of a signed protocol, which has no editor. */
export const told: ProtocolSetup | null = JSON.parse(document.getElementById('protocol-setup')?.textContent ?? 'null');

export const form = document.querySelector<HTMLFormElement>('[data-editor]');

export const find = <E extends HTMLElement = HTMLElement>(mark: string, root: ParentNode = document): E | null =>
  root.querySelector<E>(mark);

export const all = <E extends HTMLElement = HTMLElement>(mark: string, root: ParentNode = document): E[] => [
  ...root.querySelectorAll<E>(mark),
];

const clock = new Intl.DateTimeFormat('ru', { hour: '2-digit', minute: '2-digit', timeZone: told?.zone ?? 'UTC' });

export const clockOf = (at: number): string => clock.format(at);

export const fill = (text: string, places: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(places[name] ?? whole));

/** Writes only what differs, so that live regions stay silent when nothing changed. */
export function write(element: Element | null, text: string): void {
  if (element && element.textContent !== text) element.textContent = text;
}
