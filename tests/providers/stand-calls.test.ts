// The stand's Calls as a strict SFU: its API refuses what Cloudflare's refuses, its fault switches work, and two real browsers see and hear
// each other through it.
import { type Browser, chromium, type JSHandle } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { serveCalls } from '../../stand/calls/calls.ts';
import { findChromium } from '../chromium.ts';
import { until } from '../patience.ts';

const answered = z.looseObject({
  sessionId: z.string().optional(),
  errorCode: z.string().optional(),
  sessionDescription: z.looseObject({ type: z.enum(['offer', 'answer']), sdp: z.string() }).optional(),
  tracks: z
    .array(
      z.looseObject({
        location: z.string().optional(),
        mid: z.string().optional(),
        trackName: z.string().optional(),
        status: z.string().optional(),
        errorCode: z.string().optional(),
      }),
    )
    .optional(),
});
type Answer = z.infer<typeof answered> & { status: number };

let stand: Awaited<ReturnType<typeof serveCalls>>;
let later = 0;
/** The stand's clock, while it stands still. */
let stopped: number | undefined;

beforeEach(async () => {
  later = 0;
  stopped = undefined;
  stand = await serveCalls({ port: 0, appId: 'stand', appSecret: 'secret', now: () => stopped ?? Date.now() + later, heartbeatMs: 100 });
});
afterEach(() => stand.close());

describe('a call is refused', () => {
  const track = { location: 'local', mid: '0', trackName: 'camera' };
  const offer = { type: 'offer', sdp: offerOf('0') };
  const many = Array.from({ length: 65 }, (_, index) => ({ location: 'remote', sessionId: 'x', trackName: `t${index}` }));
  test.each<[string, string, string, unknown, number, string]>([
    [
      'with a field that nobody knows',
      'POST',
      '/tracks/new',
      { tracks: [{ ...track, color: 'red' }], sessionDescription: offer },
      400,
      'decoding_error',
    ],
    [
      'with a description of no type',
      'POST',
      '/tracks/new',
      { tracks: [track], sessionDescription: { sdp: offer.sdp } },
      400,
      'decoding_error',
    ],
    ['with a location that does not exist', 'POST', '/tracks/new', { tracks: [{ ...track, location: 'near' }] }, 400, 'decoding_error'],
    ['with text instead of JSON', 'POST', '/tracks/new', 'tracks', 400, 'decoding_error'],
    ['with 65 tracks', 'POST', '/tracks/new', { tracks: many }, 406, 'invalid_params'],
    ['with no tracks at all', 'POST', '/tracks/new', { tracks: [] }, 406, 'invalid_params'],
    [
      'with local and remote tracks together',
      'POST',
      '/tracks/new',
      { tracks: [track, many[0]], sessionDescription: offer },
      406,
      'invalid_params',
    ],
    [
      'with an answer instead of an offer',
      'POST',
      '/tracks/new',
      { tracks: [track], sessionDescription: { ...offer, type: 'answer' } },
      406,
      'invalid_params',
    ],
    [
      'with an offer that is no SDP',
      'POST',
      '/tracks/new',
      { tracks: [track], sessionDescription: { type: 'offer', sdp: 'hello' } },
      406,
      'invalid_params',
    ],
    [
      'with an offer that has no VP8',
      'POST',
      '/tracks/new',
      { tracks: [track], sessionDescription: { type: 'offer', sdp: offer.sdp.replace('VP8', 'AV1') } },
      406,
      'invalid_params',
    ],
    [
      'with an offer of a medium that does not exist',
      'POST',
      '/tracks/new',
      { tracks: [track], sessionDescription: { type: 'offer', sdp: offer.sdp.replace('m=video', 'm=smell') } },
      406,
      'invalid_params',
    ],
    ['that publishes without an offer', 'POST', '/tracks/new', { tracks: [track] }, 501, 'not_implemented'],
    ['that closes without an offer or force', 'PUT', '/tracks/close', { tracks: [{ mid: '0' }], force: false }, 406, 'invalid_params'],
    ['that closes nothing', 'PUT', '/tracks/close', { tracks: [], force: true }, 400, 'decoding_error'],
    [
      'that answers when nothing was offered',
      'PUT',
      '/renegotiate',
      { sessionDescription: { type: 'answer', sdp: offer.sdp } },
      406,
      'invalid_params',
    ],
    ['that answers with an offer', 'PUT', '/renegotiate', { sessionDescription: offer }, 406, 'invalid_params'],
    ['for data channels', 'POST', '/datachannels/new', {}, 501, 'not_implemented'],
    ['by a wrong method', 'PUT', '/tracks/new', {}, 404, 'not_found'],
  ])('%s', async (_, method, path, body, status, errorCode) => {
    const session = await newSession();

    expect(await call(method, `/sessions/${session}${path}`, body)).toMatchObject({
      status,
      errorCode,
      errorDescription: expect.any(String),
    });
  });

  test('without the secret, with a wrong one, for another app, and to a session that does not exist', async () => {
    const path = '/v1/apps/stand/sessions/new';

    expect(await send('POST', path, undefined, '')).toMatchObject({ status: 401, errorCode: 'unauthorized' });
    expect(await send('POST', path, undefined, 'another')).toMatchObject({ status: 401, errorCode: 'unauthorized' });
    expect(await send('POST', '/v1/apps/other/sessions/new', undefined, 'secret')).toMatchObject({ status: 403, errorCode: 'forbidden' });
    expect(await call('GET', '/sessions/none')).toMatchObject({ status: 410, errorCode: 'session_error' });
  });

  test('from the fifty-first of one second on', async () => {
    const session = await newSession();
    stopped = Date.now();

    const answers = await Promise.all(Array.from({ length: 51 }, () => call('GET', `/sessions/${session}`)));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(50);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
  });
});

test('TURN credentials are for the key with its own token, and name no relay', async () => {
  const path = '/v1/turn/keys/stand-turn/credentials/generate-ice-servers';

  expect(await send('POST', path, { ttl: 3600 }, 'stand-turn-secret')).toMatchObject({ status: 201, iceServers: [] });
  expect(await send('POST', path, { ttl: 3600 }, 'secret')).toMatchObject({ status: 401 });
  expect(await send('POST', path.replace('stand-turn', 'other'), { ttl: 3600 }, 'stand-turn-secret')).toMatchObject({ status: 403 });
  expect(await send('POST', path, { ttl: 'long' }, 'stand-turn-secret')).toMatchObject({ status: 400 });
});

test('what is wrong with one track is said in its place, and the call is answered all the same', async () => {
  const session = await newSession();

  const pulled = await call('POST', `/sessions/${session}/tracks/new`, {
    tracks: [{ location: 'remote', sessionId: session, trackName: 'camera' }],
  });
  const closed = await call('PUT', `/sessions/${session}/tracks/close`, { tracks: [{ mid: '7' }], force: true });
  const pushed = await publish(session, ['camera', '0'], ['screen', '9']);

  expect(pulled).toMatchObject({
    status: 200,
    requiresImmediateRenegotiation: false,
    tracks: [{ mid: '', errorCode: 'not_found_track_error' }],
  });
  expect(closed).toMatchObject({ status: 200, tracks: [{ mid: '7', errorCode: 'close_track_error' }] });
  expect(pushed).toMatchObject({
    status: 200,
    tracks: [
      { trackName: 'camera', mid: '0' },
      { mid: '9', errorCode: 'invalid_params' },
    ],
  });
});

test('a track without packets cannot be pulled, and a session that nobody connects is gone after thirty seconds', async () => {
  const publisher = await newSession();
  const subscriber = await newSession();
  const pushed = await publish(publisher, ['camera', '0']);

  const listed = await call('GET', `/sessions/${publisher}`);
  const pulled = await call('POST', `/sessions/${subscriber}/tracks/new`, {
    tracks: [{ location: 'remote', sessionId: publisher, trackName: 'camera' }],
  });
  later = 30_500;

  expect(pushed.sessionDescription?.sdp).toMatch(/a=ice-lite[\s\S]*m=video 9 [\s\S]*a=setup:passive\r\na=recvonly/);
  expect(listed.tracks).toMatchObject([{ location: 'local', mid: '0', trackName: 'camera', status: 'initializing' }]);
  expect(pulled.tracks).toMatchObject([{ errorCode: 'not_found_track_error' }]);
  await until(async () => expect((await call('GET', `/sessions/${publisher}`)).status).toBe(410));
});

test('a call waits five seconds for a session that is connecting, and then is refused', async () => {
  const session = await newSession();
  await publish(session, ['camera', '0']);
  const startedAt = Date.now();

  expect(await publish(session, ['screen', '0'])).toMatchObject({ status: 425, errorCode: 'session_error' });
  expect(Date.now() - startedAt).toBeGreaterThan(4900);
});

test('misfortunes come where they are switched, and nonsense is not switched at all', async () => {
  const session = await newSession();
  await knob('/faults', { kind: 'error', on: 'pull', status: 503, count: 1 });
  await knob('/faults', { kind: 'error', on: 'new-after', status: 500, count: 1 });

  expect(await call('POST', '/sessions/new')).toMatchObject({ status: 500, errorCode: 'internal_error' });
  expect(await call('POST', `/sessions/${session}/tracks/new`, { tracks: [] })).toMatchObject({ status: 503 });
  expect(await call('POST', `/sessions/${session}/tracks/new`, { tracks: [] })).toMatchObject({ status: 406 });
  expect(await knob('/faults', { kind: 'loss', share: 2 })).toMatchObject({ status: 400 });
  expect(await knob('/faults', { kind: 'blackhole', ms: 10, session: 'none' })).toMatchObject({ status: 400 });
  expect(await knob('/faults', { kind: 'duplicate' })).toMatchObject({ status: 400 });
  expect(await knob(`/kill?session=${session}`)).toMatchObject({ status: 200, killed: session });
  expect(await knob(`/kill?session=${session}`)).toMatchObject({ status: 404 });
  expect((await call('GET', `/sessions/${session}`)).status).toBe(410);
  expect(await (await fetch(`${stand.url}/__stand`)).text()).toContain('Оборвать провод');
});

describe('browsers', () => {
  let browser: Browser;
  beforeAll(async () => {
    const found = await findChromium();
    if (found.kind === 'missing') throw new Error(found.sentence);
    const args = [...found.args, '--autoplay-policy=no-user-gesture-required'];
    browser = await chromium.launch({ executablePath: found.path, args });
  });
  afterAll(() => browser?.close());

  test('see and hear each other, again after a torn wire, and not after the session has died', async () => {
    const anna = await join();
    const boris = await join();
    await Promise.all([watch(anna, boris), watch(boris, anna)]);

    await Promise.all([anna, boris].map(one => flows(one, { frames: 20, energy: 0.05 })));

    await knob('/faults', { kind: 'blackhole', ms: 1000, session: anna.session });
    const before = await heardAndSeen(boris);
    await flows(boris, { frames: before.frames + 15, energy: before.energy });
    await call('PUT', `/sessions/${boris.session}/tracks/close`, { tracks: [{ mid: boris.pulled }], force: true });
    expect((await call('GET', `/sessions/${boris.session}`)).tracks).toContainEqual(
      expect.objectContaining({ location: 'remote', mid: boris.pulled, status: 'inactive' }),
    );

    await knob(`/kill?session=${anna.session}`);
    expect((await call('GET', `/sessions/${boris.session}`)).tracks?.filter(({ status }) => status === 'active')).toMatchObject([
      { location: 'local' },
      { location: 'local' },
    ]);
  });

  test('of three, each sees and hears the other two', async () => {
    const three = [await join(), await join(), await join()];
    for (const who of three) for (const whom of three) if (who !== whom) await watch(who, whom);

    for (const one of three) {
      await until(async () => expect(await slowestVideo(one)).toBeGreaterThan(15));
      await flows(one, { frames: 40, energy: 0.05 });
    }
  });

  interface Participant {
    readonly session: string;
    readonly connection: JSHandle<RTCPeerConnection>;
    /** The mid of a pulled track. */
    pulled: string;
  }

  /** A page with a made-up camera and microphone, both published. */
  async function join(): Promise<Participant> {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${stand.url}/__stand`);
    const connection = await page.evaluateHandle(() => new RTCPeerConnection({ bundlePolicy: 'max-bundle' }));
    const session = await newSession();
    const { sdp, tracks } = await connection.evaluate(async pc => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 320, height: 240 } });
      const added = stream.getTracks().map(track => pc.addTransceiver(track, { direction: 'sendonly' }));
      await pc.setLocalDescription(await pc.createOffer());
      return { sdp: pc.localDescription?.sdp ?? '', tracks: added.map(({ mid, sender }) => ({ mid, trackName: sender.track?.kind })) };
    });
    const sessionDescription = { type: 'offer', sdp };
    const pushed = await call('POST', `/sessions/${session}/tracks/new`, {
      sessionDescription,
      tracks: tracks.map(track => ({ location: 'local', ...track })),
    });
    await connection.evaluate((pc, answer) => pc.setRemoteDescription({ type: 'answer', sdp: answer }), pushed.sessionDescription?.sdp);
    return { session, connection, pulled: '' };
  }

  async function watch(who: Participant, whom: Participant): Promise<void> {
    await until(async () => {
      const listed = await call('GET', `/sessions/${whom.session}`);
      const flowing = listed.tracks?.filter(({ location, status }) => location === 'local' && status === 'active');
      expect(flowing).toHaveLength(2);
    });
    const tracks = ['audio', 'video'].map(trackName => ({ location: 'remote', sessionId: whom.session, trackName }));
    const offered = await call('POST', `/sessions/${who.session}/tracks/new`, { tracks });
    expect(offered).toMatchObject({ requiresImmediateRenegotiation: true, sessionDescription: { type: 'offer' } });
    const sdp = await who.connection.evaluate(async (pc, offer) => {
      pc.addEventListener('track', ({ track }) => {
        const player = document.body.appendChild(document.createElement('video'));
        player.srcObject = new MediaStream([track]);
        void player.play();
      });
      await pc.setRemoteDescription({ type: 'offer', sdp: offer });
      await pc.setLocalDescription(await pc.createAnswer());
      return pc.localDescription?.sdp;
    }, offered.sessionDescription?.sdp);
    const taken = await call('PUT', `/sessions/${who.session}/renegotiate`, { sessionDescription: { type: 'answer', sdp } });
    expect(taken.status).toBe(200);
    who.pulled = offered.tracks?.[1]?.mid ?? '';
  }

  function heardAndSeen({ connection }: Participant) {
    return connection.evaluate(async pc => {
      const sum = { frames: 0, energy: 0 };
      for (const [, one] of await pc.getStats()) {
        if (one.type !== 'inbound-rtp') continue;
        sum.frames += one.framesDecoded ?? 0;
        sum.energy += one.totalAudioEnergy ?? 0;
      }
      return sum;
    });
  }

  /** Decoded frames of the video with the fewest frames. */
  function slowestVideo({ connection }: Participant): Promise<number> {
    return connection.evaluate(async pc => {
      const frames: number[] = [];
      for (const [, one] of await pc.getStats())
        if (one.type === 'inbound-rtp' && one.kind === 'video') frames.push(one.framesDecoded ?? 0);
      return Math.min(...frames);
    });
  }

  const flows = (who: Participant, { frames, energy }: { frames: number; energy: number }): Promise<void> =>
    until(async () => {
      const now = await heardAndSeen(who);
      expect(now.frames).toBeGreaterThan(frames);
      expect(now.energy).toBeGreaterThan(energy);
    });
});

const call = (method: string, path: string, body?: unknown) => send(method, `/v1/apps/stand${path}`, body, 'secret');

async function send(method: string, path: string, body: unknown, secret: string): Promise<Answer> {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  const answer = await fetch(stand.url + path, { method, headers: { authorization: `Bearer ${secret}` }, body: text });
  return { ...answered.parse(await answer.json()), status: answer.status };
}

async function newSession(): Promise<string> {
  const { status, sessionId = '' } = await call('POST', '/sessions/new');
  expect(status).toBe(201);
  return sessionId;
}

function publish(session: string, ...tracks: [trackName: string, mid: string][]): Promise<Answer> {
  return call('POST', `/sessions/${session}/tracks/new`, {
    sessionDescription: { type: 'offer', sdp: offerOf('0') },
    tracks: tracks.map(([trackName, mid]) => ({ location: 'local', trackName, mid })),
  });
}

async function knob(path: string, body: unknown = {}): Promise<object> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${stand.url}/__stand${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { ...z.looseObject({}).parse(await answer.json()), status: answer.status };
}

/** The offer of a browser that sends one video track and never connects. */
function offerOf(mid: string): string {
  return [
    'v=0',
    'o=- 1 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${mid}`,
    'm=video 9 UDP/TLS/RTP/SAVPF 96 97',
    'c=IN IP4 0.0.0.0',
    'a=ice-ufrag:abcd',
    'a=ice-pwd:aaaabbbbccccddddeeeeffff',
    `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => '0A').join(':')}`,
    'a=setup:actpass',
    `a=mid:${mid}`,
    'a=sendonly',
    'a=rtcp-mux',
    'a=rtpmap:96 VP8/90000',
    'a=rtpmap:97 rtx/90000',
    'a=fmtp:97 apt=96',
    'a=ssrc-group:FID 11 12',
    'a=ssrc:11 cname:x',
    'a=ssrc:12 cname:x',
    '',
  ].join('\r\n');
}
