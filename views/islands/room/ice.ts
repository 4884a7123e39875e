// The ICE servers (STUN, TURN) for the next connection. partytracks would request them without our pass, so this file requests them, ahead
// of time, because a connection cannot start without them. Called by media.ts and visit.ts.

/** Relay credentials are valid for hours; they are requested again well before they expire. */
const KEEP_MS = 60 * 60_000;
const TIMEOUT_MS = 5_000;
/** After a failure there is no new request for this long. */
const PAUSE_MS = 15_000;

let known: { readonly servers: RTCIceServer[]; readonly until: number } | null = null;
let asking: Promise<RTCIceServer[]> | null = null;

/** Returns the ICE servers, or an empty list when the request failed: on most networks the call works without them. */
export async function iceServers(pass: string): Promise<RTCIceServer[]> {
  if (known && Date.now() < known.until) return known.servers;
  asking ??= ask(pass).finally(() => {
    asking = null;
  });
  return await asking;
}

async function ask(pass: string): Promise<RTCIceServer[]> {
  try {
    const answer = await fetch('/calls/generate-ice-servers', {
      headers: { 'x-room-pass': pass },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!answer.ok) return keep([], PAUSE_MS);
    const { iceServers: servers } = (await answer.json()) as { iceServers: RTCIceServer[] };
    return keep(servers, KEEP_MS);
  } catch {
    return keep([], PAUSE_MS);
  }
}

function keep(servers: RTCIceServer[], ms: number): RTCIceServer[] {
  known = { servers, until: Date.now() + ms };
  return servers;
}
