// The text as it stands in the fields, read as a draft and written back. A field that the law keeps closed is not on the page and stays empty.
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

/** The save that a form sent without the island's help would stand on. */
export function standOn(version: number): void {
  put('version', String(version));
}
