// Draws what many readers see alike only once. drawnOnce remembers the text of a component with the object it was drawn from, for lists whose objects
// the server keeps in its memory for a moment; the text is gone with the object. drawnAlike remembers it by all that it depends on.
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** A cookie can write a zone in thousands of ways, so one object remembers no more texts than this. */
const TEXTS_KEPT = 20;
const drawn = new WeakMap<object, Map<string, string>>();

/** HTML of what `draw` returns for `from`. `key` names all else that it depends on. */
export function drawnOnce(from: object, key: string, draw: () => VNode): string {
  const texts = drawn.get(from) ?? new Map<string, string>();
  drawn.set(from, texts);
  const known = texts.get(key);
  if (known !== undefined) return known;
  const html = renderToString(draw());
  if (texts.size >= TEXTS_KEPT) texts.clear();
  texts.set(key, html);
  return html;
}

/** Characters of all remembered texts and their keys together; two bytes each. */
const CHARACTERS_KEPT = 2_000_000;
const alike = new Map<string, string>();
let characters = 0;

/** HTML of what `draw` returns. `key` names everything that it depends on. A full memory begins anew. */
export function drawnAlike(key: string, draw: () => VNode): string {
  const known = alike.get(key);
  if (known !== undefined) return known;
  const html = renderToString(draw());
  characters += key.length + html.length;
  if (characters > CHARACTERS_KEPT) {
    alike.clear();
    characters = key.length + html.length;
  }
  alike.set(key, html);
  return html;
}
