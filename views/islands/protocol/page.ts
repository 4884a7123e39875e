// Reads the fields of the editor as a draft and writes a draft back into them. A field that the law keeps closed is not on the page and
// stays empty. Used by the other files of this folder.
import { type Draft, diagnosisOf, diagnosisText } from '../../../workflows/rules/protocol-draft.ts';
import { EMPTY_PROTOCOL, TEXT_FIELDS, type TextField } from '../../../workflows/rules/protocol.ts';
import { form } from './setup.ts';

type Control = HTMLInputElement | HTMLTextAreaElement;

const control = (name: string): Control | null => {
  const found = form?.elements.namedItem(name);
  return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement ? found : null;
};

const valueOf = (name: string): string => control(name)?.value ?? '';

export const openFields = (): TextField[] => TEXT_FIELDS.filter(field => control(field) !== null);

export const fieldOf = (element: Element | null): TextField | null => TEXT_FIELDS.find(field => control(field) === element) ?? null;

export const areaOf = (field: TextField): HTMLTextAreaElement | null => {
  const found = control(field);
  return found instanceof HTMLTextAreaElement ? found : null;
};

export function readDraft(): Draft {
  const needed = control('inPersonNeeded');
  return {
    content: {
      ...EMPTY_PROTOCOL,
      ...Object.fromEntries(openFields().map(field => [field, valueOf(field)])),
      inPerson: { isNeeded: needed instanceof HTMLInputElement && needed.checked, when: valueOf('inPersonWhen') },
      diagnosis: diagnosisOf(valueOf('diagnosis')),
    },
    reason: valueOf('reason'),
  };
}

/** Puts a whole draft into the fields. */
export function showDraft({ content, reason }: Draft): void {
  for (const field of openFields()) put(field, content[field]);
  put('reason', reason);
  put('inPersonWhen', content.inPerson.when);
  put('diagnosis', diagnosisText(content.diagnosis));
  const needed = control('inPersonNeeded');
  if (needed instanceof HTMLInputElement) needed.checked = content.inPerson.isNeeded;
}

function put(name: string, value: string): void {
  const found = control(name);
  if (found && found.value !== value) found.value = value;
}

/** Sets the save that the form names as its base when the browser submits it without script. */
export function standOn(version: number): void {
  put('version', String(version));
}
