// The one way in which a fragment reloads itself. It sends what it shows (`seen`), and the answer 204 means that nothing has changed: htmx then
// touches nothing. A changed fragment is morphed, so what did not change keeps the focus, a selection, an open <details> and a half-typed field.
// worker/http/page.tsx answers with `polled`.

/** htmx swaps the answer of every status by default, and a failed request must not replace the fragment with an error page. */
const QUIET = { 'hx-status:4xx': 'swap:none', 'hx-status:5xx': 'swap:none' } as const;

export interface Polling {
  /** The address of the fragment, with its own parameters. */
  readonly path: string;
  /** When it asks: «every 5s», or the name of an event. */
  readonly on: string;
  /** What the fragment shows, as a short key: fragments with equal keys look the same. */
  readonly seen: string;
}

export const polls = ({ path, on, seen }: Polling) => ({
  'hx-get': `${path}${path.includes('?') ? '&' : '?'}seen=${encodeURIComponent(seen)}`,
  'hx-trigger': on,
  'hx-swap': 'outerMorph',
  ...QUIET,
});

export const seenOf = (...parts: readonly (string | number | boolean | null)[]): string => parts.join('.');
