// Moves between the rows of a list with j and k while the focus is in the list, so that single keys mean something only there (WCAG 2.1.4). Enter opens the
// link by itself. Called by main.ts.

const STEP: Readonly<Record<string, number>> = { j: 1, k: -1 };

export function walkRows(): void {
  document.addEventListener('keydown', event => {
    const step = STEP[event.key] ?? 0;
    const list = step !== 0 && event.target instanceof Element ? event.target.closest('[data-rows]') : null;
    if (!list || event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...list.querySelectorAll<HTMLElement>('tbody tr > :first-child a')];
    const at = links.findIndex(link => link === document.activeElement);
    links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
  });
}
