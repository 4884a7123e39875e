// The calls proxy: whose session, whose track, what is sent to the SFU, and what partytracks gets when the SFU fails.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE } from '../cast.ts';
import { count, d1 } from '../data/d1.ts';
import { enters, freshMeeting, type Meeting, passFor } from './meeting.ts';
import { type Product, SFU_SECRET } from './product.ts';
import type { FakeSfu } from './sfu.ts';

let product: Product;
let sfu: FakeSfu;
let visit: Meeting;

beforeEach(async () => {
  ({ product, sfu, visit } = await freshMeeting());
});
afterEach(() => sfu.gone());

describe('media', () => {
  const call = (path: string, pass: string | null, body?: unknown, method = 'POST') =>
    product.request(`/calls/${path}`, {
      method,
      as: visit.anna,
      headers: { ...(pass ? { 'x-room-pass': pass } : {}), 'x-secret': 'not for them', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const made = async (pass: string) => ((await (await call('sessions/new', pass)).json()) as { sessionId: string }).sessionId;
  const pull = (sessionId: string) => ({ tracks: [{ location: 'remote', sessionId, trackName: 'cam' }] });
  const PUSH = { sessionDescription: { type: 'offer', sdp: 'v=0' }, tracks: [{ location: 'local', mid: '0', trackName: 'cam' }] };

  let annas: string;
  let doctors: string;
  beforeEach(async () => {
    annas = await passFor(product, visit.id, visit.anna);
    doctors = await passFor(product, visit.id, visit.doctor);
  });

  test('each makes a session, pushes into it and pulls from the other’s', async () => {
    const [own, other] = [await made(annas), await made(doctors)];

    expect((await call(`sessions/${own}/tracks/new`, annas, PUSH)).status).toBe(200);
    expect((await call(`sessions/${own}/tracks/new`, annas, pull(other))).status).toBe(200);
    expect((await call(`sessions/${own}/renegotiate`, annas, { sessionDescription: { type: 'answer', sdp: 'v=0' } }, 'PUT')).status).toBe(
      200,
    );
    expect(sfu.asked.map(a => `${a.method} ${a.path}`)).toEqual([
      'POST sessions/new',
      'POST sessions/new',
      `POST sessions/${own}/tracks/new`,
      `POST sessions/${own}/tracks/new`,
      `PUT sessions/${own}/renegotiate`,
    ]);
  });

  test('a pass opens ten sessions at once and then one every six seconds', async () => {
    const statuses = await Promise.all(Array.from({ length: 30 }, async () => (await call('sessions/new', annas)).status));

    expect(statuses.filter(status => status === 429).length).toBeGreaterThan(0);
    expect(sfu.asked.length).toBe(statuses.filter(status => status === 201).length);
    expect((await call('sessions/new', doctors)).status).toBe(201);
  });

  test('nothing of the browser reaches the SFU but what the call needs', async () => {
    const own = await made(annas);
    await product.request(`/calls/sessions/${own}/tracks/new?extra=1`, {
      method: 'POST',
      as: visit.anna,
      headers: { 'x-room-pass': annas, 'x-secret': 'not for them' },
      body: JSON.stringify({ ...PUSH, autoDiscover: true }),
    });
    const asked = sfu.asked.at(-1);

    expect(asked?.path).toBe(`sessions/${own}/tracks/new`);
    expect([...(asked?.headers.keys() ?? [])].sort()).toEqual(['authorization', 'content-type']);
    expect(asked?.headers.get('authorization')).toBe(`Bearer ${SFU_SECRET}`);
    expect(asked?.body).toEqual(PUSH);
  });

  test('without a pass, with a made-up, an expired or a replaced one nothing is asked', async () => {
    const own = await made(annas);
    const news = () => sfu.asked.filter(asked => asked.path === 'sessions/new').length;
    const before = news();

    for (const pass of [null, 'made-up']) {
      const refused = await call('sessions/new', pass);
      expect(refused.status).toBe(403);
      expect(refused.headers.get('content-type')).toMatch(/^text\/plain/);
      expect((await call(`sessions/${own}/tracks/new`, pass, PUSH)).status).toBe(403);
      expect((await call('generate-ice-servers', pass, undefined, 'GET')).status).toBe(403);
    }
    await passFor(product, visit.id, visit.anna);
    expect(await (await call('sessions/new', annas)).text()).toBe('pass_replaced');
    product.now += 10 * MINUTE;
    expect(await (await call('sessions/new', doctors)).text()).toBe('pass_expired');
    expect(news()).toBe(before);
  });

  test('nobody drives another’s session or pulls a track that is not in this room', async () => {
    const [own, other] = [await made(annas), await made(doctors)];
    const before = sfu.asked.length;

    expect((await call(`sessions/${other}/tracks/new`, annas, PUSH)).status).toBe(403);
    expect((await call(`sessions/${other}/tracks/close`, annas, { tracks: [{ mid: '0' }], force: true }, 'PUT')).status).toBe(403);
    const foreign = await call(`sessions/${own}/tracks/new`, annas, pull('session99'));
    expect(foreign.status).toBe(403);
    expect(await foreign.json()).toEqual({
      requiresImmediateRenegotiation: false,
      tracks: [{ location: 'remote', sessionId: 'session99', trackName: 'cam', mid: '', errorCode: 'track_not_in_room' }],
    });
    const moved = { tracks: [{ mid: '0', sessionId: 'session99', trackName: 'cam' }] };
    expect((await call(`sessions/${own}/tracks/update`, annas, moved, 'PUT')).status).toBe(403);
    expect((await call(`sessions/${own}/tracks/new`, annas, { tracks: [...PUSH.tracks, ...pull('session99').tracks] })).status).toBe(400);
    expect((await call(`sessions/${own}/tracks/new`, annas)).status).toBe(400);
    expect(sfu.asked.length).toBe(before);
  });

  test('a layer of a picture is asked for in the words of the API and in no others', async () => {
    const [own, other] = [await made(annas), await made(doctors)];
    const asks = (priorityOrdering: string) => {
      const track = { mid: '0', sessionId: other, trackName: 'cam', simulcast: { preferredRid: 'h', priorityOrdering } };
      return call(`sessions/${own}/tracks/update`, annas, { tracks: [track] }, 'PUT');
    };

    expect((await asks('asciibetical')).status).toBe(200);
    expect((await asks('whatever')).status).toBe(400);
    expect(sfu.asked.at(-1)?.body).toMatchObject({ tracks: [{ simulcast: { priorityOrdering: 'asciibetical' } }] });
  });

  test('waits for the button: the waiting room has none', async () => {
    product.now = visit.startsAt - 5 * MINUTE;
    const early = await passFor(product, visit.id, visit.anna);

    expect(await (await call('sessions/new', early)).text()).toBe('room_not_open');
  });

  test.each([
    ['an error', () => Response.json({ errorCode: 'internal_error' }, { status: 500 }), 'internal_error'],
    ['an error on 200', () => Response.json({ errorCode: 'session_error' }), 'session_error'],
    ['no JSON', () => new Response('<html>', { status: 503 }), 'calls_503'],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://evil.example/' } }), 'calls_302'],
    ['nobody', () => Promise.reject(new TypeError('down')), 'calls_unreachable'],
  ])('an SFU that answers with %s: a pull is told track by track, a new session as text', async (_, broken, code) => {
    const [own, other] = [await made(annas), await made(doctors)];
    sfu.broken = broken;

    const pulled = await call(`sessions/${own}/tracks/new`, annas, pull(other));
    expect(pulled.status).toBe(200);
    expect(((await pulled.json()) as { tracks: object[] }).tracks).toEqual([{ ...pull(other).tracks[0], mid: '', errorCode: code }]);
    const fresh = await call('sessions/new', annas);
    expect(fresh.status).toBe(502);
    expect(fresh.headers.get('content-type')).toMatch(/^text\/plain/);
    const pushed = await call(`sessions/${own}/tracks/new`, annas, PUSH);
    expect(pushed.status).toBe(502);
    expect(await pushed.json()).toHaveProperty('errorCode', code);
  });

  test('a session that the SFU has lost is a fault of the service', async () => {
    const own = await made(annas);
    sfu.broken = () => new Response(null, { status: 404 });
    await call(`sessions/${own}`, annas, undefined, 'GET');

    expect(await count("SELECT count(*) AS n FROM call_fault WHERE side = 'sfu' AND kind = 'sessionLost'")).toBe(1);
  });

  test.each([
    ['knows it', null, 200],
    ['has forgotten it', () => Response.json({ errorCode: 'session_error' }, { status: 410 }), 410],
    ['never heard of it', () => new Response(null, { status: 404 }), 410],
    ['says so on 200', () => Response.json({ errorCode: 'session_error' }), 410],
    ['is broken', () => Response.json({ errorCode: 'internal_error' }, { status: 500 }), 502],
    ['is not there', () => Promise.reject(new TypeError('down')), 502],
  ] as const)('a browser whose line is silent asks after its own session: the SFU %s', async (_, broken, status) => {
    const [own, other] = [await made(annas), await made(doctors)];
    sfu.broken = broken;

    expect((await call(`sessions/${own}`, annas, undefined, 'GET')).status).toBe(status);
    expect((await call(`sessions/${other}`, annas, undefined, 'GET')).status).toBe(403);
  });

  test.each([
    ['an error', () => new Response('<html>', { status: 503 }), '503'],
    ['nobody', () => Promise.reject(new TypeError('down')), 'unreachable'],
  ])('an SFU that answers with %s is a fault of the service, one a minute, whoever asked', async (_, broken, detail) => {
    const [own, other] = [await made(annas), await made(doctors)];
    sfu.broken = broken;

    await call(`sessions/${own}/tracks/new`, annas, PUSH);
    await call(`sessions/${own}/tracks/new`, annas, pull(other));
    await call('sessions/new', doctors);
    product.now += MINUTE;
    await call('sessions/new', doctors);

    const { results } = await d1.prepare('SELECT consultation_id, person_id, at, side, kind, detail FROM call_fault ORDER BY at').all();
    const fault = { consultation_id: visit.id, person_id: null, side: 'sfu', kind: 'callsDown', detail };
    expect(results).toEqual([
      { ...fault, at: product.now - MINUTE },
      { ...fault, at: product.now },
    ]);
  });

  test.each([
    ['session_error', 410],
    ['invalid_params', 406],
    ['not_implemented', 501],
  ])('an SFU that says no to a call is not down: %s', async (errorCode, status) => {
    const own = await made(annas);
    sfu.broken = () => Response.json({ errorCode }, { status });

    expect((await call(`sessions/${own}/tracks/new`, annas, PUSH)).status).toBe(502);
    expect(await count('SELECT count(*) AS n FROM call_fault')).toBe(0);
  });

  test('a fault that cannot be noted changes nothing of the answer', async () => {
    sfu.broken = () => new Response(null, { status: 500 });
    await d1.prepare('DROP TABLE call_fault').run();

    const fresh = await product
      .request('/calls/sessions/new', { method: 'POST', headers: { 'x-room-pass': annas } })
      .catch((error: unknown) => error);
    // The note fails after the answer, so only the runtime's log shows it.
    expect(String(fresh)).toMatch(/call_fault/);
  });

  test('a takeover closes the media of the older device', async () => {
    const old = await made(annas);
    await passFor(product, visit.id, visit.anna);

    expect(sfu.asked.at(-1)).toMatchObject({
      method: 'PUT',
      path: `sessions/${old}/tracks/close`,
      body: { tracks: [{ mid: '0' }], force: true },
    });
  });

  test('a state may name tracks of one’s own sessions', async () => {
    const own = await made(annas);
    const anna = await enters(product, visit.id, visit.anna, annas);
    anna.says({ type: 'state', inCall: true, mic: true, cam: true, screen: false, tracks: { cam: { sessionId: own, trackName: 'cam' } } });

    await anna.hears('roster', ({ roster }) => roster[0]?.tracks.cam?.sessionId === own);
  });

  test('relays are for those with a pass, which no address holds; a clinic without a key has none', async () => {
    expect(await (await call('generate-ice-servers', annas, undefined, 'GET')).json()).toEqual({ iceServers: [] });
    expect((await product.get(`/calls/generate-ice-servers?pass=${annas}`)).status).toBe(403);
  });
});
