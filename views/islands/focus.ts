// Moves the focus: to the summary of errors when there is one, and back into a fragment when a swap removed its focused element. Called by
// main.ts.

export function focusErrors(root: ParentNode): void {
  root.querySelector<HTMLElement>('.errors[role=alert]:not([data-seen])')?.focus();
  for (const box of root.querySelectorAll<HTMLElement>('.errors[role=alert]')) box.dataset.seen = '';
}

/**
 * htmx restores the focus by id. When the focused button no longer exists (after payment there is nothing to pay), the first link or button
 * of the same fragment gets the focus.
 */
export function keepFocus(): void {
  let home: string | null = null;
  document.addEventListener('htmx:before:swap', () => {
    home = document.activeElement?.closest('[hx-get][id]')?.id ?? null;
  });
  document.addEventListener('htmx:after:swap', () => {
    if (home !== null && document.activeElement === document.body)
      document.getElementById(home)?.querySelector<HTMLElement>('a, button')?.focus({ preventScroll: true });
    home = null;
  });
}
