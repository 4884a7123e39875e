// Posts a secret that is in the fragment of the address: `data-fragment` of a form names the field. The fragment is removed from the address, so that the
// browser's history does not keep it. Called by main.ts.

export function postFragment(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-fragment]');
  const secret = location.hash.slice(1);
  if (form === null || secret === '') return;
  const field = form.elements.namedItem(form.dataset.fragment ?? '');
  if (!(field instanceof HTMLInputElement)) return;
  field.value = secret;
  history.replaceState(null, '', location.pathname);
  form.requestSubmit();
}
