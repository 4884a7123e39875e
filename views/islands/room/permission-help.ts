// The help on how to allow a refused device, in the check and in the call's panel: opened at the section of the reader's browser and
// scrolled into view. Called by main.ts, choices.ts and drawing.ts.
import { all, find, show } from '../dom.ts';

/** Opens the help for the reader's browser, and shows only the steps for their kind of device. */
export function openOwnHelp(): void {
  const agent = navigator.userAgent;
  const browser = /YaBrowser/.test(agent)
    ? 'yandex'
    : /Firefox|FxiOS/.test(agent)
      ? 'firefox'
      : /Chrome|CriOS/.test(agent)
        ? 'chrome'
        : 'safari';
  const machine = /Mobi|Android|iPhone|iPad/.test(agent) ? 'phone' : 'desktop';
  for (const details of all<HTMLDetailsElement>('[data-browser]')) details.open = details.dataset.browser === browser;
  for (const steps of all('[data-machine]')) show(steps, steps.dataset.machine === machine);
}

/** Shows every help while a device is refused. The focus moves to the help only when the person is at the check. */
export function drawHelp(isRefused: boolean): void {
  for (const help of all('[data-permission-help]')) {
    const isNew = isRefused && help.hidden;
    show(help, isRefused);
    if (isNew && help.offsetParent !== null && isAtCheck()) goTo(help);
  }
}

const isAtCheck = (): boolean => document.activeElement === document.body || document.activeElement?.closest('[data-check]') != null;

/** Moves the focus to the help in the panel that was opened for it. */
export function goToHelpIn(panel: HTMLElement | null): void {
  const help = panel && find('[data-permission-help]', panel);
  if (help && !help.hidden) goTo(help);
}

function goTo(help: HTMLElement): void {
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  find('[data-help-heading]', help)?.focus({ preventScroll: true });
  help.scrollIntoView({ block: 'nearest', behavior: isStill ? 'auto' : 'smooth' });
}
