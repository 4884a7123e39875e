// The DOM of the check: its rows and the verdict above them. It makes no decisions. Called by check.ts and network.ts.
import { find, show, write } from '../dom.ts';
import type { Device } from '../room/problem.ts';

export type Row = Device | 'speaker' | 'network';
export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'off';

export function draw(name: Row, tone: Tone, text: string): void {
  const line = row(name);
  if (!line) return;
  line.className = tone;
  write(find('[data-row-text]', line), text);
}

export const row = (name: Row): HTMLElement | null => find(`[data-row=${name}]`);
export const rowButton = (name: Row): HTMLElement | null => find(`[data-row-button=${name}]`);

/** When a focused button is hidden, the focus moves to its row. */
export function showButton(name: Row, isShown: boolean): void {
  const button = rowButton(name);
  if (!isShown && document.activeElement === button) row(name)?.focus({ preventScroll: true });
  show(button, isShown);
}

export const nameButton = (name: Row, text: string): void => write(find('[data-row-act]', rowButton(name) ?? document), text);

const verdict = find('[data-verdict]');

/** Shows the verdict above the rows, also while they are being filled. */
export function say(tone: Tone, lead: string, text: string): void {
  if (!verdict) return;
  verdict.className = `notice ${tone}`;
  show(verdict, true);
  write(find('[data-verdict-lead]', verdict), lead);
  write(find('[data-verdict-text]', verdict), text);
  show(find('[data-verdict-at]', verdict), false);
}

export const hush = (): void => show(verdict, false);
