// Shows two versions of a protocol side by side for each field that differs. The doctor's own text stays in the fields; «Взять тот»
// replaces it with the other one. Called by main.ts.
import { type Draft, differing, type DraftField, fieldText, taking } from '../../../workflows/rules/protocol-draft.ts';
import type { ProtocolSetup } from '../../protocol/setup.ts';
import { all, find, write } from '../dom.ts';
import { fill } from '../text.ts';
import type { Keeper, Standing } from './keeper.ts';
import { readDraft, showDraft } from './page.ts';
import { clockOf } from './setup.ts';

/** Shows the differences. When the doctor has chosen a text for every field, the keeper continues from the other save. */
export function showClash(setup: ProtocolSetup, keeper: Keeper, standing: Standing): void {
  const fields = differing(readDraft(), standing.draft);
  const place = find('[data-clash]');
  const rows = find('[data-clash-rows]');
  if (!place || !rows) return;
  if (fields.length === 0) return keeper.standsOn(standing);
  write(find('[data-clash-at]'), standing.at === null ? '' : fill(setup.words.clashAt, { clock: clockOf(standing.at) }));
  rows.replaceChildren(...fields.flatMap(field => rowOf(setup, field, standing.draft) ?? []));
  place.hidden = false;
  place.focus();
  enliven(place, keeper, standing);
}

/** Adds the handlers of the buttons to the rows; also called for rows that the server has drawn. */
export function enliven(place: HTMLElement, keeper: Keeper, standing: Standing): void {
  for (const row of all('[data-field]', place)) {
    find('[data-keep]', row)?.addEventListener('click', () => chosen(row));
    find('[data-take]', row)?.addEventListener('click', () => {
      showDraft(taking(readDraft(), standing.draft, row.dataset.field as DraftField));
      chosen(row);
    });
  }
  const chosen = (row: HTMLElement): void => {
    const next = (row.nextElementSibling ?? row.previousElementSibling)?.querySelector<HTMLElement>('[data-keep]');
    row.remove();
    if (all('[data-field]', place).length > 0) return next?.focus();
    place.hidden = true;
    keeper.standsOn(standing);
    document.querySelector<HTMLElement>(`#${row.dataset.field === 'inPerson' ? 'in-person-when' : row.dataset.field}`)?.focus();
  };
}

function rowOf({ fields }: ProtocolSetup, field: DraftField, other: Draft): HTMLElement | null {
  const template = document.querySelector<HTMLTemplateElement>('[data-clash-row]');
  const row = (template?.content.cloneNode(true) as DocumentFragment | undefined)?.querySelector<HTMLElement>('section');
  if (!row) return null;
  row.dataset.field = field;
  write(find('[data-name]', row), fields[field]);
  showLines(find('[data-mine]', row), fieldText(readDraft(), field));
  showLines(find('[data-other]', row), fieldText(other, field));
  return row;
}

/** The template contains the line «Пусто», which stays when the text is empty. */
function showLines(place: HTMLElement | null, text: string): void {
  const lines = text.split('\n').filter(line => line.trim() !== '');
  if (lines.length > 0) place?.replaceChildren(...lines.map(line => Object.assign(document.createElement('p'), { textContent: line })));
}
