// The prefix of the localStorage keys for medical text that the server does not have yet (protocol/shelf.ts). Signing out removes that
// text. Called by main.ts.

export const TYPED_TEXT = 'protocol:';

export function forgetTypedText(): void {
  document.addEventListener('submit', event => {
    if (!(event.target instanceof HTMLFormElement) || !event.target.action.endsWith('/sign-out')) return;
    for (const key of Object.keys(localStorage)) if (key.startsWith(TYPED_TEXT)) localStorage.removeItem(key);
  });
}
