// What the network will carry, before the call: video, sound only, or the chat only. Measured by fetching a script of ours a few times.

export interface Measured {
  readonly rttMs: number;
  readonly kbps: number;
}

export type Forecast = 'video' | 'audio' | 'chat';

/** Video takes about 1 Mbit/s at its best and half of that at its worst; sound 32 kbit/s, several times over for a busy line. */
export function forecastOf({ rttMs, kbps }: Measured): Forecast {
  if (kbps >= 600 && rttMs <= 800) return 'video';
  return kbps >= 100 && rttMs <= 2_000 ? 'audio' : 'chat';
}

const PINGS = 4;
const TIMEOUT_MS = 12_000;

/** Null when nothing came back. `heavy` is something of ours of some tens of kilobytes. */
export async function measure(heavy: string): Promise<Measured | null> {
  try {
    const trips: number[] = [];
    for (let ping = 0; ping < PINGS; ping += 1) trips.push((await timed('/mark.svg')).ms);
    const rttMs = Math.round(Math.min(...trips));
    const parts = await Promise.all([timed(heavy), timed(heavy), timed(heavy)]);
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    // One trip of each is waiting, not carrying.
    const ms = Math.max(1, Math.max(...parts.map(part => part.ms)) - rttMs);
    return { rttMs, kbps: Math.round((bytes * 8) / ms) };
  } catch {
    return null;
  }
}

async function timed(url: string): Promise<{ ms: number; bytes: number }> {
  const from = performance.now();
  const answer = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
  const body = await answer.arrayBuffer();
  const ms = performance.now() - from;
  const [entry] = performance.getEntriesByName(answer.url).slice(-1);
  const sent = entry instanceof PerformanceResourceTiming && entry.encodedBodySize > 0 ? entry.encodedBodySize : body.byteLength;
  performance.clearResourceTimings();
  return { ms, bytes: sent };
}
