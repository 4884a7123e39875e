// The doctor's two forms. With script they answer in place; the end of the visit is drawn by the server, so the page is asked for again.
import { all, find, show, write } from './dom.ts';
import { fill, words } from './setup.ts';

const tooLate: Readonly<Record<string, string>> = { begun: words.lateBegun, over: words.lateOver, cancelled: words.lateCancelled };

export function runForms(ended: () => void): void {
  enliven('[data-late-form]', async (answer, form) => {
    if (answer?.ok) return fill(words.lateTold, { minutes: fieldsOf(form).get('minutes') ?? '' });
    const why = answer?.status === 409 ? tooLate[((await answer.json()) as { kind: string }).kind] : undefined;
    if (why !== undefined) retire(form);
    return why ?? words.lateFailed;
  });
  enliven('[data-conclude-form]', async answer => {
    if (answer?.ok) {
      ended();
      return '';
    }
    if (answer?.status !== 409) return words.concludeFailed;
    const { kind } = (await answer.json()) as { kind: string };
    if (kind === 'notNow') return words.concludeEarly;
    if (kind === 'haveMet' || kind === 'patientWaited') return refuseAbsence(words[kind]);
    // It was ended before, with another outcome; the server shows which.
    ended();
    return '';
  });
}

/** Both are in the call: nobody is late or absent any more. */
export function began(): void {
  refuseAbsence(words.haveMet);
  const late = find('[data-late]');
  if (late && !late.contains(document.activeElement)) show(late, false);
}

function refuseAbsence(why: string): string {
  const absent = find<HTMLInputElement>('[data-conclude-form] [value=absent]');
  if (absent) {
    absent.checked = false;
    absent.disabled = true;
    write(find('small', absent.closest('label') ?? absent), why);
  }
  return why;
}

/** There is nothing to send any more: only what is said stays, and whoever was at the button goes on at the summary. */
function retire(form: HTMLFormElement): void {
  const isHere = form.contains(document.activeElement);
  for (const part of all('.field, .button', form)) show(part, false);
  if (isHere) find('summary', form.closest('details') ?? document)?.focus();
}

/** `say` is given the answer, or null when none came, and returns the sentence for it. */
function enliven(mark: string, say: (answer: Response | null, form: HTMLFormElement) => string | Promise<string>): void {
  const form = find<HTMLFormElement>(mark);
  form?.addEventListener('submit', event => {
    event.preventDefault();
    void answer(form, say);
  });
}

async function answer(form: HTMLFormElement, say: Parameters<typeof enliven>[1]): Promise<void> {
  write(find('[data-form-said]', form), await say(await post(form), form));
}

async function post(form: HTMLFormElement): Promise<Response | null> {
  const body = fieldsOf(form);
  return await fetch(form.action, { method: 'POST', headers: { accept: 'application/json' }, body }).catch(() => null);
}

/** These forms hold no files, so every value is text. */
const fieldsOf = (form: HTMLFormElement): URLSearchParams =>
  new URLSearchParams([...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
