// The help on how to lift a refusal, under a check and in the call's panel: opened at the reader's own browser, and brought before their eyes.
import { all, find, show } from '../dom.ts';

/** Opens the reader's own browser in the help, and only their kind of machine. */
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

/** Shows every help while something is refused. Whoever was refused during a check is led to it; who does something else is left there. */
export function drawHelp(isRefused: boolean): void {
  for (const help of all('[data-permission-help]')) {
    const isNew = isRefused && help.hidden;
    show(help, isRefused);
    if (isNew && help.offsetParent !== null && isAtCheck()) goTo(help);
  }
}

const isAtCheck = (): boolean => document.activeElement === document.body || document.activeElement?.closest('[data-check]') != null;

/** To the help in the panel that was opened for it. */
export function goToHelpIn(panel: HTMLElement | null): void {
  const help = panel && find('[data-permission-help]', panel);
  if (help && !help.hidden) goTo(help);
}

function goTo(help: HTMLElement): void {
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  find('[data-help-heading]', help)?.focus({ preventScroll: true });
  help.scrollIntoView({ block: 'nearest', behavior: isStill ? 'auto' : 'smooth' });
}
