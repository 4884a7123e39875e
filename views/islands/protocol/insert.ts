// Inserts quick phrases at the caret; a template fills the empty fields, and one button undoes that. A phrase can be undone with the
// browser's own undo. Called by main.ts.
import { type Draft, differing, filled } from '../../../workflows/rules/protocol-draft.ts';
import type { ProtocolSetup } from '../../protocol/setup.ts';
import { all, find, show, write } from '../dom.ts';
import { areaOf, fieldOf, openFields, readDraft, showDraft } from './page.ts';
import { form } from './setup.ts';

export function runPhrases(setup: ProtocolSetup): void {
  for (const button of all('[data-phrase]')) {
    const phrase = setup.phrases.find(({ id }) => id === button.dataset.phrase);
    if (phrase) button.addEventListener('click', () => insert(areaOf(phrase.field), phrase.text));
  }
  // Reads `code` and not `key`, because on a Mac Alt with a digit types another character.
  form?.addEventListener('keydown', event => {
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    const field = fieldOf(document.activeElement);
    if (!event.altKey || event.ctrlKey || event.metaKey || digit === undefined || field === null) return;
    const phrase = setup.phrases.filter(one => one.field === field)[Number(digit) - 1];
    event.preventDefault();
    if (phrase) insert(areaOf(field), phrase.text);
  });
}

function insert(area: HTMLTextAreaElement | null, text: string): void {
  if (!area) return;
  area.focus();
  const before = area.value.slice(0, area.selectionStart);
  const spaced = before === '' || /\s$/.test(before) ? text : ` ${text}`;
  // Only this deprecated command is covered by the browser's undo. Where it does nothing, the text is inserted without undo.
  if (!document.execCommand('insertText', false, spaced)) {
    area.setRangeText(spaced, area.selectionStart, area.selectionEnd, 'end');
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

export function runTemplates(setup: ProtocolSetup, changed: () => void): void {
  const undo = find('[data-template-undo]');
  let before: Draft | null = null;
  const say = (text: string) => write(find('[data-template-said]'), text);
  find('[data-template-fill]')?.addEventListener('click', () => {
    const chosen = find<HTMLSelectElement>('[data-template]')?.value;
    const template = setup.templates.find(({ id }) => id === chosen);
    if (!template) return;
    const draft = readDraft();
    const after = { ...draft, content: filled(draft.content, template.body, openFields()) };
    if (differing(draft, after).length === 0) return say(setup.words.nothingToFill);
    before = draft;
    showDraft(after);
    show(undo, true);
    say(setup.words.filled);
    changed();
  });
  undo?.addEventListener('click', () => {
    if (before) showDraft(before);
    before = null;
    show(undo, false);
    find('[data-template-fill]')?.focus();
    say(setup.words.undone);
    changed();
  });
}
