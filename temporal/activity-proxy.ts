// Runs activities on the edge: each name of ACTIVITY_NAMES becomes one signed POST to /activities/{name}. An answer that the edge has marked
// as done is the activity's result, one that it has marked as refused fails the activity for good, and everything else is retried.
// worker.ts registers the functions.
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { ACTIVITY_NAMES, type Activities, attemptMsOf } from '../workflows/activities.ts';
import { type SigningKeys, signedRequest } from '../worker/auth/message-signature.ts';
import { RETRY_AFTER_CAP_MS } from '../workflows/clocks.ts';
import { MARK } from '../workflows/messages.ts';

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

async function ask(edge: Edge, name: keyof Activities, about: unknown, idempotencyKey: string | undefined): Promise<unknown> {
  const headers: Record<string, string> = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
  const outgoing = { method: 'POST', body: JSON.stringify(about), headers };
  const request = await signedRequest(new URL(`/activities/${name}`, edge.url).href, outgoing, edge.keys, Date.now());
  // The Temporal server abandons an attempt after this time without notifying this process, so the request is aborted then too.
  const signal = AbortSignal.any([Context.current().cancellationSignal, AbortSignal.timeout(attemptMsOf(name))]);

  const response = await fetch(request, { signal, redirect: 'error' });
  if (response.ok && response.headers.get(MARK) === 'done') return response.json();
  await response.body?.cancel();
  throw failureOf(name, response, Date.now());
}

/**
 * Makes the error for an answer that is no result. Only the edge's own mark makes it final: a proxy's 404 or a deploy page must not end a
 * workflow that owes money. It leaves out the answer's text, which might name a person, because the message is written to a workflow
 * history.
 */
export function failureOf(name: string, response: Pick<Response, 'status' | 'headers'>, now: number): Error {
  const { status, headers } = response;
  const mark = headers.get(MARK);
  const type = `${mark === null ? 'Unmarked' : 'Edge'}${status}`;
  const message = `The edge answered ${name} with ${status}${mark === null ? ', without its mark' : ''}.`;
  if (mark === 'refused') return ApplicationFailure.nonRetryable(message, type);
  const wait = retryAfterMs(headers.get('retry-after'), now);
  if (wait === null) return ApplicationFailure.retryable(message, type);
  return ApplicationFailure.create({ message, type, nextRetryDelay: Math.min(wait, RETRY_AFTER_CAP_MS) });
}

/** Reads Retry-After, which is seconds or a date (RFC 9110 §10.2.3). Returns ms, at least 1000, or null when it is neither. */
function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return Math.max(1, Number(header)) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(1000, at - now);
}
