// The doctor's two forms, «late» and «conclude», answered in place by script. The server draws the end of the visit, so after it the page
// is reloaded. Called by main.ts.
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
    if (kind === 'haveNotMet' || kind === 'notThere' || kind === 'patientHere' || kind === 'staleSchedule') return words[kind];
    // The visit is ended, now or earlier with another outcome; the server shows which.
    ended();
    return '';
  });
}

/** Both are in the call, so nobody is late or absent any more. Called by visit.ts. */
export function bothHaveCome(): void {
  refuseAbsence(words.haveMet);
  allowTookPlace();
  const late = find('[data-late]');
  if (late && !late.contains(document.activeElement)) show(late, false);
}

function allowTookPlace(): void {
  const choice = find<HTMLInputElement>('[data-conclude-form] [value=tookPlace]');
  if (!choice?.disabled) return;
  choice.disabled = false;
  const hint = find('small', choice.closest('label') ?? choice);
  write(hint, hint?.dataset['hint'] ?? '');
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

/**
 * Hides the fields and the button, because nothing can be sent any more; the message stays. When the focus was in the form, it moves to the
 * summary.
 */
function retire(form: HTMLFormElement): void {
  const isHere = form.contains(document.activeElement);
  for (const part of all('.field, .button', form)) show(part, false);
  if (isHere) find('summary', form.closest('details') ?? document)?.focus();
}

/** Makes the sentence to show from the answer, or from null when the request failed. */
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
