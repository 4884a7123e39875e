// Tests the network with a real connection: sends the video and sound of sample.ts to the call server, pulls the video back and reads a few
// seconds of statistics. It uses one peer connection, which is always closed at the end, and plain WebRTC, because the check must stay
// light. Called by network.ts.
import { figuresOf } from '../room/quality.ts';
import { countersOf } from '../room/stats.ts';
import type { Trial } from './forecast.ts';
import { Proxy } from './proxy.ts';
import { sample } from './sample.ts';

export type Tried =
  | (Trial & { readonly kind: 'carried'; readonly connectMs: number })
  /** Media does not get through, but the clinic's server answers. */
  | { readonly kind: 'blocked' }
  /** Nothing was measured: no server answered, or the trial was refused. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'stopped' };

const CONNECT_MS = 6_000;
/** The sender adapts its bit rate in the first second, so only the seconds after it are measured. */
const WARM_UP_MS = 1_000;
const WATCH_MS = 3_000;
const PULL_TRIES = 8;
const PULL_EVERY_MS = 300;
const BITS_A_SECOND = 1_200_000;

export type Stage = 'connecting' | 'measuring';

/** Runs one trial. `progress` receives a percentage, 0 to 100. Never throws: each failure is a value of `Tried`. */
export async function tryNetwork(stop: AbortSignal, progress: (stage: Stage, percent: number) => void): Promise<Tried> {
  const proxy = new Proxy(stop);
  let run: Run | null = null;
  try {
    progress('connecting', 5);
    await proxy.takePass();
    run = begin(proxy, await proxy.iceServers());
    if (run === null) return { kind: 'unknown' };
    return await carry(run, progress, stop);
  } catch {
    return stop.aborted ? { kind: 'stopped' } : { kind: 'unknown' };
  } finally {
    run?.close();
  }
}

interface Run {
  readonly connection: RTCPeerConnection;
  readonly proxy: Proxy;
  readonly tracks: readonly MediaStreamTrack[];
  close(): void;
}

function begin(proxy: Proxy, iceServers: RTCIceServer[]): Run | null {
  const sent = sample();
  if (sent === null) return null;
  const connection = new RTCPeerConnection({ iceServers, bundlePolicy: 'max-bundle' });
  const close = () => {
    sent.stop();
    const mids = connection.getTransceivers().flatMap(({ mid }) => (mid === null ? [] : [mid]));
    void proxy.close(mids).finally(() => connection.close());
  };
  return { connection, proxy, tracks: [sent.video, sent.audio], close };
}

async function carry(run: Run, progress: (stage: Stage, percent: number) => void, stop: AbortSignal): Promise<Tried> {
  const { connection, proxy } = run;
  const from = performance.now();
  await proxy.open();
  const pushed = await push(run);
  progress('connecting', 20);
  if (!(await until(() => connection.connectionState === 'connected', CONNECT_MS, stop)))
    return { kind: (await isServerThere(stop)) ? 'blocked' : 'unknown' };
  const connectMs = Math.round(performance.now() - from);
  progress('measuring', 30);
  // A track can be pulled only after its first packets have reached the call server; under heavy loss they never do.
  const isPulled = await pull(run, pushed, stop);
  if (!isPulled) return { kind: 'carried', loss: 1, rttMs: 0, kbps: 0, connectMs };
  await waited(WARM_UP_MS, stop);
  const before = await countersOf(connection, performance.now());
  for (let passed = 0; passed < WATCH_MS; passed += 250) {
    progress('measuring', 40 + Math.round((60 * passed) / WATCH_MS));
    await waited(250, stop);
  }
  const { loss, rtt, kbpsIn } = figuresOf(before, await countersOf(connection, performance.now()));
  return { kind: 'carried', loss, rttMs: Math.round(rtt), kbps: kbpsIn, connectMs };
}

/** Sends the tracks. Returns the name under which the video can be pulled. Throws when the server does not answer the offer. */
async function push({ connection, proxy, tracks }: Run): Promise<string> {
  for (const track of tracks) {
    const sendEncodings = track.kind === 'video' ? [{ maxBitrate: BITS_A_SECOND }] : [];
    connection.addTransceiver(track, { direction: 'sendonly', sendEncodings });
  }
  await connection.setLocalDescription();
  const named = connection.getTransceivers().map(({ mid, sender }) => ({ mid: mid ?? '', trackName: sender.track?.kind ?? '' }));
  const { sessionDescription } = await proxy.push(described(connection), named);
  if (!sessionDescription) throw new Error('No answer to the offer.');
  await connection.setRemoteDescription(sessionDescription);
  return 'video';
}

async function pull({ connection, proxy }: Run, trackName: string, stop: AbortSignal): Promise<boolean> {
  for (let tries = 0; tries < PULL_TRIES; tries += 1) {
    await waited(PULL_EVERY_MS, stop);
    const { sessionDescription, tracks = [] } = await proxy.pull(trackName);
    if (!sessionDescription || tracks.some(({ errorCode }) => errorCode !== undefined)) continue;
    await connection.setRemoteDescription(sessionDescription);
    await connection.setLocalDescription();
    await proxy.answer(described(connection));
    return true;
  }
  return false;
}

function described({ localDescription }: RTCPeerConnection): RTCSessionDescriptionInit {
  return { type: localDescription?.type ?? 'offer', sdp: localDescription?.sdp ?? '' };
}

/** Distinguishes a network that passes only web pages from a network that is down. */
async function isServerThere(stop: AbortSignal): Promise<boolean> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(5_000)]);
  return await fetch('/mark.svg', { cache: 'no-store', signal }).then(
    answer => answer.ok,
    () => false,
  );
}

async function until(is: () => boolean, ms: number, stop: AbortSignal): Promise<boolean> {
  for (let passed = 0; passed < ms && !is(); passed += 50) await waited(50, stop);
  return is();
}

/** Waits; throws when the trial was stopped meanwhile. */
async function waited(ms: number, stop: AbortSignal): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, ms));
  stop.throwIfAborted();
}
