// The ways through a network (STUN, TURN) for the next connection. partytracks would ask for them without our pass, so we do; ahead of time,
// because a connection cannot begin without them.

/** Relay credentials are given for hours; asked again well before they end. */
const KEEP_MS = 60 * 60_000;
const TIMEOUT_MS = 5_000;
/** After a failure it is not asked again for this long. */
const PAUSE_MS = 15_000;

let known: { readonly servers: RTCIceServer[]; readonly until: number } | null = null;
let asking: Promise<RTCIceServer[]> | null = null;

/** Without an answer there are none: on most networks the call works all the same. */
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
