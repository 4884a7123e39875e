// Runs activities on the edge: each name of ACTIVITY_NAMES becomes one signed POST to /activities/{name}. A 2xx answer is the activity's
// result, a permanent refusal fails the activity, and every other failure is retried. worker.ts registers the functions.
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { ACTIVITY_NAMES } from '../workflows/activities.ts';
import { type SigningKeys, signedRequest } from '../worker/auth/message-signature.ts';
import { ACTIVITY_MS, RETRY_CAP_MS } from '../workflows/clocks.ts';

export interface Edge {
  readonly url: string;
  readonly keys: SigningKeys;
}

export type EdgeActivity = (about: unknown, idempotencyKey?: string) => Promise<unknown>;

/**
 * The activity functions for the Temporal worker, by name. Each returns the edge's JSON. It throws the error of `failureOf`, or the error
 * of `fetch` when there was no answer.
 */
export const activitiesAt = (edge: Edge): Record<string, EdgeActivity> =>
  Object.fromEntries(ACTIVITY_NAMES.map(name => [name, (about, idempotencyKey) => ask(edge, name, about, idempotencyKey)]));

async function ask(edge: Edge, name: string, about: unknown, idempotencyKey: string | undefined): Promise<unknown> {
  const headers: Record<string, string> = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
  const outgoing = { method: 'POST', body: JSON.stringify(about), headers };
  const request = await signedRequest(new URL(`/activities/${name}`, edge.url).href, outgoing, edge.keys, Date.now());
  // The Temporal server abandons an attempt after ACTIVITY_MS without notifying this process, so the request is aborted then too.
  const signal = AbortSignal.any([Context.current().cancellationSignal, AbortSignal.timeout(ACTIVITY_MS)]);

  const response = await fetch(request, { signal, redirect: 'error' });
  if (response.ok) return response.json();
  await response.body?.cancel();
  throw failureOf(name, response, Date.now());
}

// Statuses that are retried. 401 and 403 mean a refused signature: people can correct clocks, keys and deploys, and a workflow with money
// in it must not fail before that.
const PASSING = new Set([401, 403, 408, 409, 425, 429]);

/**
 * Makes the error for an answer that is not 2xx. It leaves out the answer's text, which might name a person, because the message is written
 * to a workflow history.
 */
export function failureOf(name: string, response: Pick<Response, 'status' | 'headers'>, now: number): Error {
  const { status } = response;
  const message = `The edge answered ${name} with ${status}.`;
  if (status >= 400 && status < 500 && !PASSING.has(status)) return ApplicationFailure.nonRetryable(message, `Edge${status}`);
  const wait = status === 429 || status === 503 ? retryAfterMs(response.headers.get('retry-after'), now) : null;
  if (wait === null) return ApplicationFailure.retryable(message, `Edge${status}`);
  return ApplicationFailure.create({ message, type: `Edge${status}`, nextRetryDelay: Math.min(wait, RETRY_CAP_MS) });
}

/** Reads Retry-After, which is seconds or a date (RFC 9110 §10.2.3). Returns ms, at least 1000, or null when it is neither. */
function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return Math.max(1, Number(header)) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(1000, at - now);
}
