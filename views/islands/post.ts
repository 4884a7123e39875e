// Sends a form by script with the same fields as the browser would send, so that the answer can be shown in place. Called by room/forms.ts
// and protocol/main.ts.

/**
 * Requests JSON from the server. Returns null when the request failed. `submitter` is the pressed button, when it has its own address or
 * adds a value.
 */
export async function post(form: HTMLFormElement, submitter?: HTMLButtonElement): Promise<Response | null> {
  const body = fieldsOf(form, submitter);
  return await fetch(submitter?.formAction ?? form.action, { method: 'POST', headers: { accept: 'application/json' }, body }).catch(
    () => null,
  );
}

/** These forms hold no files, so every value is text. */
export const fieldsOf = (form: HTMLFormElement, submitter?: HTMLButtonElement): URLSearchParams =>
  new URLSearchParams([...new FormData(form, submitter)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
