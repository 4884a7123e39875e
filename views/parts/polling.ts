// A fragment that renews itself must not turn into an error page when one of its requests fails: htmx swaps every status by default.
export const QUIET = { 'hx-status:4xx': 'swap:none', 'hx-status:5xx': 'swap:none' } as const;
