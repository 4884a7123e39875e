// Carries activities to the edge: every name of the typed list becomes one signed POST to /activities/{name}. worker.ts registers them. What
// the edge answers with 200 is the activity's value; what it refuses for good fails the activity, everything else is tried again.
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

/** The functions for the Temporal worker, by name. */
export const activitiesAt = (edge: Edge): Record<string, EdgeActivity> =>
  Object.fromEntries(ACTIVITY_NAMES.map(name => [name, (about, idempotencyKey) => ask(edge, name, about, idempotencyKey)]));

async function ask(edge: Edge, name: string, about: unknown, idempotencyKey: string | undefined): Promise<unknown> {
  const headers: Record<string, string> = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
  const outgoing = { method: 'POST', body: JSON.stringify(about), headers };
  const request = await signedRequest(new URL(`/activities/${name}`, edge.url).href, outgoing, edge.keys, Date.now());
  // The server gives an attempt up after ACTIVITY_MS without telling us, so the request ends then too.
  const signal = AbortSignal.any([Context.current().cancellationSignal, AbortSignal.timeout(ACTIVITY_MS)]);

  const response = await fetch(request, { signal, redirect: 'error' });
  if (response.ok) return response.json();
  await response.body?.cancel();
  throw failureOf(name, response, Date.now());
}

// Clocks, keys and deploys are put right by people, so a refused signature (401, 403) is no reason to give up a story with money in it.
const PASSING = new Set([401, 403, 408, 409, 425, 429]);

/** The answer's text stays where it is: it might name a person, and this message goes into a history. */
export function failureOf(name: string, response: Pick<Response, 'status' | 'headers'>, now: number): Error {
  const { status } = response;
  const message = `The edge answered ${name} with ${status}.`;
  if (status >= 400 && status < 500 && !PASSING.has(status)) return ApplicationFailure.nonRetryable(message, `Edge${status}`);
  const wait = status === 429 || status === 503 ? retryAfterMs(response.headers.get('retry-after'), now) : null;
  if (wait === null) return ApplicationFailure.retryable(message, `Edge${status}`);
  return ApplicationFailure.create({ message, type: `Edge${status}`, nextRetryDelay: Math.min(wait, RETRY_CAP_MS) });
}

/** Retry-After is seconds or a date (RFC 9110 §10.2.3); ms, or null when it says neither. */
function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return Math.max(1, Number(header)) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(1000, at - now);
}
