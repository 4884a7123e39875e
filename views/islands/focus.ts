// Focus: to the summary of mistakes when there is one, and back into a fragment whose focused part a swap took away.

export function focusErrors(root: ParentNode): void {
  root.querySelector<HTMLElement>('.errors[role=alert]:not([data-seen])')?.focus();
  for (const box of root.querySelectorAll<HTMLElement>('.errors[role=alert]')) box.dataset.seen = '';
}

/** htmx restores focus by id; when the focused button itself is gone (paid, there is nothing to pay), its card takes the focus. */
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
