// Medical text that a doctor has typed and the server has not got yet lies in this browser under this name. Whoever signs out takes it along.

export const TYPED_TEXT = 'protocol:';

export function forgetTypedText(): void {
  document.addEventListener('submit', event => {
    if (!(event.target instanceof HTMLFormElement) || !event.target.action.endsWith('/sign-out')) return;
    for (const key of Object.keys(localStorage)) if (key.startsWith(TYPED_TEXT)) localStorage.removeItem(key);
  });
}
