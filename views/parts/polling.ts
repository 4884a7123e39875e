// Attributes for a fragment that reloads itself: htmx swaps the answer of every status by default, and a failed request must not replace
// the fragment with an error page.
export const QUIET = { 'hx-status:4xx': 'swap:none', 'hx-status:5xx': 'swap:none' } as const;
