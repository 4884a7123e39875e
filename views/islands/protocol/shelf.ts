// Keeps typed text that the server does not have yet in this browser's localStorage, under the doctor, the consultation and the tab.
// Because it is medical, it is removed as soon as the server has it, at signing, and at signing out (views/islands/typed-text.ts). Called
// by keeper.ts and main.ts.
import { TYPED_TEXT } from '../typed-text.ts';
import type { Draft } from '../../../workflows/rules/protocol-draft.ts';
import { told } from './setup.ts';

export interface Shelved {
  readonly round: number;
  /** The version of the save that this text was based on. */
  readonly version: number;
  readonly at: number;
  readonly draft: Draft;
}

const PLACE = `${TYPED_TEXT}${told?.personId}:${told?.consultationId}:`;
const TAB = crypto.randomUUID();
const OWN = PLACE + TAB;

/**
 * Takes a lock that shows that this tab is open, so that no other tab treats its text as abandoned. The lock is held until the tab is
 * closed.
 */
export const live = (): void => void navigator.locks?.request(OWN, () => new Promise(() => undefined));

/** Without storage, or with full storage, only this backup is missing. */
export function shelve(text: Shelved): void {
  try {
    localStorage.setItem(OWN, JSON.stringify(text));
  } catch {
    // Nothing to do: the page still holds the text and continues to save it.
  }
}

export function unshelve(): void {
  try {
    localStorage.removeItem(OWN);
  } catch {
    // The same as in `shelve`.
  }
}

/** Returns the latest text that a closed tab of this consultation has left, and removes it from the shelf; null when there is none. */
export async function orphan(): Promise<Shelved | null> {
  const held = new Set((await navigator.locks?.query())?.held?.map(({ name }) => name));
  const left = Object.keys(localStorage)
    .filter(key => key.startsWith(PLACE) && key !== OWN && !held.has(key))
    .flatMap(key => {
      const text = parsed(localStorage.getItem(key));
      return text === null ? [] : [{ key, text }];
    })
    .toSorted((a, b) => b.text.at - a.text.at);
  const [latest] = left;
  if (latest === undefined) return null;
  localStorage.removeItem(latest.key);
  return latest.text;
}

/** Called after signing: removes all text of this consultation from this browser. */
export function forget(consultationId: string): void {
  for (const key of Object.keys(localStorage))
    if (key.startsWith(TYPED_TEXT) && key.includes(`:${consultationId}:`)) localStorage.removeItem(key);
}

function parsed(json: string | null): Shelved | null {
  try {
    const text: unknown = JSON.parse(json ?? 'null');
    return typeof text === 'object' && text !== null && 'draft' in text && 'version' in text ? (text as Shelved) : null;
  } catch {
    return null;
  }
}
