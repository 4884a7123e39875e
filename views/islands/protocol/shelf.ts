// Typed text that the server has not got yet, kept in this browser under the doctor, the consultation and the tab. It goes as soon as the server has
// it, at signing, and at signing out (views/islands/typed-text.ts): it is medical.
import { TYPED_TEXT } from '../typed-text.ts';
import type { Draft } from '../../../workflows/rules/protocol-draft.ts';
import { told } from './setup.ts';

export interface Shelved {
  readonly round: number;
  /** The save that it was typed upon. */
  readonly version: number;
  readonly at: number;
  readonly draft: Draft;
}

const PLACE = `${TYPED_TEXT}${told?.personId}:${told?.consultationId}:`;
const TAB = crypto.randomUUID();
const OWN = PLACE + TAB;

/** A lock says that this tab lives, so that no other one takes its text for an orphan. Held until the tab is closed. */
export const live = (): void => void navigator.locks?.request(OWN, () => new Promise(() => undefined));

/** A browser without storage or with a full one loses nothing but this net. */
export function shelve(text: Shelved): void {
  try {
    localStorage.setItem(OWN, JSON.stringify(text));
  } catch {
    // Nothing to be done here: the page still holds the text and goes on saving it.
  }
}

export function unshelve(): void {
  try {
    localStorage.removeItem(OWN);
  } catch {
    // See above.
  }
}

/** The latest text that a closed tab of this consultation has left; it is taken from the shelf. */
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

/** Signed: nothing of this consultation stays in this browser. */
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
