// Script of the protocol editor: passes typing, keys, network events and the closing of the tab to the keeper, and answers buttons in place
// that would otherwise leave the page. On the page of a signed protocol it only removes the text kept in this browser.
import type { ProtocolSetup } from '../../protocol/setup.ts';
import { find, write } from '../dom.ts';
import { post } from '../post.ts';
import { fill } from '../text.ts';
import { differing } from '../../../workflows/rules/protocol-draft.ts';
import { enliven, showClash } from './clash.ts';
import { runIcd } from './icd.ts';
import { runPhrases, runTemplates } from './insert.ts';
import { Keeper, type Standing } from './keeper.ts';
import { showDraft } from './page.ts';
import { clockOf, form, told } from './setup.ts';
import { forget, live, orphan } from './shelf.ts';

const signed = find('[data-protocol-signed]')?.dataset.protocolSigned;
if (signed) forget(signed);
if (told && form) void edit(told, form);

async function edit(setup: ProtocolSetup, page: HTMLFormElement): Promise<void> {
  live();
  // The page may be a refusal, which answers a POST: without this call, going back to it would ask whether to send the form again. The text
  // of the refused form is on the shelf.
  history.replaceState(history.state, '', location.href);
  const keeper = new Keeper(setup, standing => showClash(setup, keeper, standing));
  const typed = () => keeper.typed();
  page.addEventListener('input', typed);
  page.addEventListener('change', () => void keeper.flush());
  page.addEventListener('submit', event => void submit(event, page, setup, keeper));
  document.addEventListener('keydown', event => keys(event, page, keeper));
  addEventListener('online', () => keeper.networkIsBack());
  addEventListener('pagehide', () => keeper.leaves());
  runPhrases(setup);
  runTemplates(setup, typed);
  runIcd(setup, typed);
  document.addEventListener('htmx:after:swap', () => {
    runIcd(setup, typed);
    const guarded = find('#guarded');
    if (guarded && document.activeElement === document.body) (find('#diagnosis') ?? find('#visited-on') ?? guarded).focus();
  });
  await restore(setup, keeper);
}

/** Restores the text of a closed tab when nobody has saved since; otherwise shows both texts. */
async function restore(setup: ProtocolSetup, keeper: Keeper): Promise<void> {
  const drawn: Standing = { version: setup.version, at: setup.savedAt, draft: setup.draft };
  const place = find('[data-clash]');
  // The server has drawn both texts itself and sent the other one.
  if (place && !place.hidden && setup.other !== null) {
    keeper.hold();
    return enliven(place, keeper, { ...drawn, draft: setup.other });
  }
  const left = await orphan();
  if (left === null || left.round !== setup.round || differing(left.draft, drawn.draft).length === 0) return;
  const isLater = left.version === setup.version;
  showDraft(left.draft);
  if (!isLater) {
    keeper.hold();
    return showClash(setup, keeper, drawn);
  }
  keeper.say(setup.words.restored);
  keeper.typed();
}

/** Handles keys for any focus on the page, except in another form, such as the chat. */
function keys(event: KeyboardEvent, page: HTMLFormElement, keeper: Keeper): void {
  const home = event.target instanceof Element ? event.target.closest('form') : null;
  if (home !== null && home !== page) return;
  const isControl = event.ctrlKey || event.metaKey;
  if (isControl && event.key === 'Enter') {
    event.preventDefault();
    toSigning();
  } else if (isControl && event.code === 'KeyS') {
    event.preventDefault();
    void keeper.flush();
  } else if (event.key === 'Enter' && home === page && event.target instanceof HTMLInputElement) {
    // Enter in a one-line field must not send the whole form; the combobox handles Enter itself.
    event.preventDefault();
  }
}

function toSigning(): void {
  const details = find<HTMLDetailsElement>('[data-sign]');
  if (details) details.open = true;
  (find('[data-sign-button]') ?? find('[data-end]') ?? find('#sign'))?.focus();
}

async function submit(event: SubmitEvent, page: HTMLFormElement, setup: ProtocolSetup, keeper: Keeper): Promise<void> {
  const { submitter } = event;
  if (!(submitter instanceof HTMLButtonElement) || submitter.matches('[data-preview], [hx-post]')) return;
  // The protocol is already signed; the server shows which part of this text was not signed.
  if (keeper.isSigned) return;
  if (submitter.matches('[data-sign-button]')) return await sign(event, page, submitter, keeper);
  event.preventDefault();
  if (submitter.matches('[data-restore]')) await bringBack(page, submitter, setup, keeper);
  else if (submitter.matches('[data-template-keep]')) await keepTemplate(page, submitter, setup);
  else await keeper.flush();
}

/** Saves everything first, so that the signature covers the last save. The form is then sent to the server as usual. */
async function sign(event: SubmitEvent, page: HTMLFormElement, submitter: HTMLButtonElement, keeper: Keeper): Promise<void> {
  if (keeper.hasEverything) return keeper.hold();
  event.preventDefault();
  if (!(await keeper.flush())) return;
  // A form cannot be submitted again while its submit event is being handled.
  setTimeout(() => page.requestSubmit(submitter));
}

async function bringBack(page: HTMLFormElement, button: HTMLButtonElement, setup: ProtocolSetup, keeper: Keeper): Promise<void> {
  if (!(await keeper.flush())) return;
  const response = await post(page, button);
  if (response?.status !== 201) return keeper.say(setup.words.failing);
  const standing = (await response.json()) as Standing;
  showDraft(standing.draft);
  keeper.standsOn(standing);
  keeper.say(fill(setup.words.restoredPast, { clock: clockOf(Number(button.dataset.at ?? standing.at)) }));
}

async function keepTemplate(page: HTMLFormElement, button: HTMLButtonElement, setup: ProtocolSetup): Promise<void> {
  const response = await post(page, button);
  write(find('[data-template-kept]'), response?.ok ? setup.words.templateKept : setup.words.templateFailed);
}
