// Sending a form by script, as the browser would, to be answered in place.

/** As JSON where the server can; null when no answer came. `submitter` is the button that was pressed, when it says where to or adds a value. */
export async function post(form: HTMLFormElement, submitter?: HTMLButtonElement): Promise<Response | null> {
  const body = fieldsOf(form, submitter);
  return await fetch(submitter?.formAction ?? form.action, { method: 'POST', headers: { accept: 'application/json' }, body }).catch(
    () => null,
  );
}

/** These forms hold no files, so every value is text. */
export const fieldsOf = (form: HTMLFormElement, submitter?: HTMLButtonElement): URLSearchParams =>
  new URLSearchParams([...new FormData(form, submitter)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
