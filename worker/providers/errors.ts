// How the errors of each outside system are sorted, in one table. `final`: this request can never succeed, and its end is recorded with
// words. `setting`: the clinic must mend an account or a setting, so it is tried again slowly. `passing`: it is tried again soon. What is not
// in the table is never final. Called by the adapters in this folder.
export type Verdict = 'final' | 'setting' | 'passing';

type Table = Readonly<Record<string, Verdict>>;

/** By the provider's own name of the error. Resend: resend.com/docs/api-reference/errors. YooKassa: yookassa.ru/developers/using-api/response-handling/http-codes. */
const NAMED = {
  resend: {
    validation_error: 'final',
    missing_required_field: 'final',
    invalid_parameter: 'final',
    invalid_attachment: 'final',
    invalid_idempotency_key: 'final',
    invalid_from_address: 'setting',
    invalid_access: 'setting',
    invalid_region: 'setting',
    missing_api_key: 'setting',
    restricted_api_key: 'setting',
    invalid_api_key: 'setting',
    not_found: 'setting',
    method_not_allowed: 'setting',
    security_error: 'setting',
    daily_quota_exceeded: 'setting',
    monthly_quota_exceeded: 'setting',
    rate_limit_exceeded: 'passing',
    concurrent_idempotent_requests: 'passing',
    application_error: 'passing',
    internal_server_error: 'passing',
  },
  yookassa: {
    invalid_request: 'final',
    not_supported: 'final',
    invalid_credentials: 'setting',
    forbidden: 'setting',
    not_found: 'setting',
    too_many_requests: 'passing',
    internal_server_error: 'passing',
  },
  // The signing service has no names of errors that one may rely on. A certificate or a key is mended by people, so nothing is final.
  signer: {},
} as const satisfies Record<string, Table>;

/**
 * Sorts an error by its name and HTTP status; both are null without an answer. A name counts only with a status of 4xx, because an error of
 * the system itself may bear any name. Resend also answers a domain that is not verified with `validation_error`, under 403.
 */
export function verdictOf(system: keyof typeof NAMED, name: string | null, status: number | null): Verdict {
  if (status === null || status >= 500 || status === 408 || status === 425 || status === 429) return quota(system, name) ?? 'passing';
  if (status === 401 || status === 403) return 'setting';
  const table: Table = NAMED[system];
  return (name === null ? undefined : table[name]) ?? 'setting';
}

// A quota is answered with 429, like the limit of a second, but it ends with the day or the month.
const quota = (system: keyof typeof NAMED, name: string | null): Verdict | null =>
  system === 'resend' && (name === 'daily_quota_exceeded' || name === 'monthly_quota_exceeded') ? 'setting' : null;

const PAUSE_MS = { setting: 60_000, passing: 5_000 } as const;

/**
 * How long to wait before the next try, ms: what the system asks for with Retry-After in seconds, otherwise by the verdict. The activity's
 * route passes it on, and the host lets it replace Temporal's own pause for one attempt, up to RETRY_AFTER_CAP_MS (workflows/clocks.ts).
 */
export function pauseOf(verdict: Exclude<Verdict, 'final'>, retryAfter: string | null | undefined): number {
  const seconds = retryAfter && /^\d+$/.test(retryAfter) ? Number(retryAfter) : null;
  return seconds === null ? PAUSE_MS[verdict] : Math.max(1, seconds) * 1000;
}

/** An outside system cannot do it now; the same request may be sent again after `pauseMs`. */
export class Unavailable extends Error {
  override readonly name: string = 'Unavailable';
  readonly pauseMs: number;
  constructor(message: string, pauseMs: number = PAUSE_MS.passing) {
    super(message);
    this.pauseMs = pauseMs;
  }
}
