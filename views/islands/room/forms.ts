// The doctor's two forms. With script they answer in place; the end of the visit is drawn by the server, so the page is asked for again.
import { all, find, show, write } from '../dom.ts';
import { fieldsOf, post } from '../post.ts';
import { fill } from '../text.ts';
import { words } from './setup.ts';

const tooLate: Readonly<Record<string, string>> = { begun: words.lateBegun, over: words.lateOver, cancelled: words.lateCancelled };

export function runForms(ended: () => void): void {
  enliven('[data-late-form]', async (answer, form) => {
    if (answer?.ok) return fill(words.lateTold, { minutes: fieldsOf(form).get('minutes') ?? '' });
    const why = answer?.status === 409 ? tooLate[await kindOf(answer)] : undefined;
    if (why !== undefined) retire(form);
    return why ?? words.lateFailed;
  });
  enliven('[data-conclude-form]', async answer => {
    if (!answer || (!answer.ok && answer.status !== 409)) return words.concludeFailed;
    const kind = await kindOf(answer);
    if (kind === 'notNow') return words.concludeEarly;
    if (kind === 'haveMet' || kind === 'patientWaited') return refuseAbsence(words[kind]);
    // It is ended: now, or before with another outcome; the server shows which.
    ended();
    return '';
  });
}

/** Both are in the call: nobody is late or absent any more. */
export function bothHaveCome(): void {
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

/** Given the answer, or null when none came. */
type SentenceFor = (answer: Response | null, form: HTMLFormElement) => Promise<string>;

function enliven(mark: string, sentenceFor: SentenceFor): void {
  const form = find<HTMLFormElement>(mark);
  form?.addEventListener('submit', event => {
    event.preventDefault();
    void submit(form, sentenceFor);
  });
}

async function submit(form: HTMLFormElement, sentenceFor: SentenceFor): Promise<void> {
  write(find('[data-form-said]', form), await sentenceFor(await post(form), form));
}

const kindOf = async (answer: Response): Promise<string> => ((await answer.json()) as { kind: string }).kind;
