// Buttons that are disabled for some seconds: a click does nothing, and «можно будет через 42 с» counts down until they work. Called by
// main.ts.

/**
 * Blocks clicks on disabled buttons, whose reason is written beside them. Listens in the capture phase, so that no other handler receives
 * the click.
 */
export function holdOff(): void {
  document.addEventListener(
    'click',
    event => {
      if (event.target instanceof Element && event.target.closest('[aria-disabled=true]')) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
    true,
  );
}

export function runWaits(): void {
  for (const note of document.querySelectorAll<HTMLElement>('[data-wait]')) {
    const endsAt = Date.now() + Number(note.dataset.wait) * 1000;
    delete note.dataset.wait;
    const timer = setInterval(() => {
      const left = Math.ceil((endsAt - Date.now()) / 1000);
      if (left > 0) {
        note.textContent = (note.textContent ?? '').replace(/\d+/, String(left));
        return;
      }
      clearInterval(timer);
      const button = document.querySelector(`[aria-describedby="${note.id}"]`);
      button?.removeAttribute('aria-disabled');
      button?.removeAttribute('aria-describedby');
      note.remove();
    }, 1000);
  }
}
