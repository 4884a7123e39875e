// Draws what many readers see alike only once: the text of a component is remembered with the object it was drawn from and is gone with it. Used for
// lists whose objects the server keeps in its memory for a moment.
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
