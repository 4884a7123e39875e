// How the host runs an activity on the edge, and how it treats each answer.
import { MockActivityEnvironment } from '@temporalio/testing';
import { ApplicationFailure } from '@temporalio/common';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { activitiesAt, failureOf } from '../../temporal/activity-proxy.ts';
import { ACTIVITY_NAMES, attemptMsOf } from '../../workflows/activities.ts';
import { ACTIVITY_MS, SIGNER_MS } from '../../workflows/clocks.ts';
import { MARK } from '../../workflows/messages.ts';
import { MINUTE } from './fake-activities.ts';
import { parseKeys, verifySigned } from '../../worker/auth/message-signature.ts';

const keys = parseKeys(`k1:${Buffer.alloc(32, 1).toString('base64')}`);
const edge = { url: 'http://edge.test', keys };
const NOON = Date.UTC(2026, 10, 24, 9);
const answered = (status: number, headers: Record<string, string> = {}) =>
  failureOf('standing', new Response(null, { status, headers }), NOON);

afterEach(() => vi.unstubAllGlobals());

describe('an activity', () => {
  test('is a signed POST with its own key, and answers what the edge answered', async () => {
    const heard: Request[] = [];
    vi.stubGlobal(
      'fetch',
      async (request: Request) => (heard.push(request), Response.json({ kind: 'sent' }, { headers: { [MARK]: 'done' } })),
    );
    const about = { consultationId: 'c1', kind: 'booked', scheduleVersion: 1 };

    const answer = await new MockActivityEnvironment().run(
      activitiesAt(edge)['sendLetter'] ?? expect.fail(),
      about,
      'consultation:c1:letter:booked:1',
    );

    const [request] = heard;
    const body = await request?.clone().text();
    expect(answer).toEqual({ kind: 'sent' });
    expect(request?.url).toBe('http://edge.test/activities/sendLetter');
    expect(request?.headers.get('idempotency-key')).toBe('consultation:c1:letter:booked:1');
    expect(JSON.parse(body ?? '')).toEqual(about);
    expect(await verifySigned(request ?? expect.fail(), body ?? '', keys, Date.now(), async () => false)).toMatchObject({
      kind: 'genuine',
    });
  });

  test('exists for every name of the list', () => {
    expect(Object.keys(activitiesAt(edge))).toEqual([...ACTIVITY_NAMES]);
  });
});

describe('an answer that is no result', () => {
  test.each([400, 404, 413, 422])('with %i can never succeed when the edge has marked it', status => {
    expect(answered(status, { [MARK]: 'refused' })).toMatchObject({ nonRetryable: true, type: `Edge${status}` });
  });

  test.each([400, 401, 403, 404, 408, 409, 413, 422, 425, 429, 500, 502, 503])(
    'with %i is tried again when it came from a proxy',
    status => {
      expect(answered(status)).toMatchObject({ nonRetryable: false, type: `Unmarked${status}` });
    },
  );

  test.each([401, 429, 500, 503])('with %i is tried again when the edge says later', status => {
    expect(answered(status, { [MARK]: 'later' })).toMatchObject({ nonRetryable: false, type: `Edge${status}` });
  });

  test('is also the page with 200 that a deploy shows', async () => {
    vi.stubGlobal('fetch', async () => Response.json({ kind: 'sent' }));

    const asked = new MockActivityEnvironment().run(activitiesAt(edge)['standing'] ?? expect.fail(), { consultationId: 'c1' });

    await expect(asked).rejects.toMatchObject({ nonRetryable: false, type: 'Unmarked200' });
  });

  test.each([
    ['3', 3_000],
    ['60', 60_000],
    ['3600', 600_000],
    [new Date(NOON + 7_000).toUTCString(), 7_000],
    ['soon', undefined],
  ])('says when to come again: %s', (retryAfter, delay) => {
    const failure = answered(503, { 'retry-after': retryAfter });

    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure).toMatchObject({ nextRetryDelay: delay });
  });
});

test('each time limit is longer than what it waits for', () => {
  expect(attemptMsOf('renderProtocol')).toBeGreaterThan(2 * SIGNER_MS);
  expect(SIGNER_MS).toBeGreaterThan(MINUTE);
  expect(attemptMsOf('standing')).toBe(ACTIVITY_MS);
});
