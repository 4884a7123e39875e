// The doctor's two forms. With script they answer in place; the end of the visit is drawn by the server, so the page is asked for again.
import { find, write } from './dom.ts';
import { fill, words } from './setup.ts';

export function runForms(ended: () => void): void {
  enliven('[data-late-form]', (answer, form) => {
    const minutes = fieldsOf(form).get('minutes') ?? '';
    return answer?.ok ? fill(words.lateTold, { minutes }) : words.lateFailed;
  });
  enliven('[data-conclude-form]', async answer => {
    if (answer?.ok) {
      ended();
      return '';
    }
    if (answer?.status !== 409) return words.concludeFailed;
    const { kind } = (await answer.json()) as { kind: string };
    if (kind === 'notNow') return words.concludeEarly;
    if (kind === 'haveMet') return refuseAbsence();
    // It was ended before, with another outcome; the server shows which.
    ended();
    return '';
  });
}

/** The two have been in the call, so the patient did come. The sentence that says so. */
export function refuseAbsence(): string {
  const absent = find<HTMLInputElement>('[data-conclude-form] [value=absent]');
  if (absent) {
    absent.checked = false;
    absent.disabled = true;
    write(find('small', absent.closest('label') ?? absent), words.absentMet);
  }
  return words.absentMet;
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
