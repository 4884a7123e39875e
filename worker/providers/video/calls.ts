// Cloudflare Calls (Realtime SFU) as the video port; its OpenAPI document is at developers.cloudflare.com/realtime/sfu/https-api. The app
// secret stays on the edge. Requests contain only the arguments, never headers of a browser. worker/world.ts creates it.
import type { IceServer, VideoAnswer, VideoPort } from './port.ts';

export interface CallsSettings {
  readonly apiUrl: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly turnKeyId: string | null;
  readonly turnKeySecret: string | null;
}

// The API may block a call for 5 s while a connection is established (developers.cloudflare.com/realtime/sfu/limits).
const DEADLINE_MS = 10_000;
const TURN_DEADLINE_MS = 3_000;

export function calls(settings: CallsSettings): VideoPort {
  const { apiUrl, appId, appSecret, turnKeyId, turnKeySecret } = settings;
  return {
    call: (method, path, body) => asked(`${apiUrl}/apps/${appId}/${path}`, appSecret, method, body, DEADLINE_MS),
    iceServers: async ttl => {
      if (turnKeyId === null || turnKeySecret === null) return [];
      const path = `${apiUrl}/turn/keys/${turnKeyId}/credentials/generate-ice-servers`;
      const { body } = await asked(path, turnKeySecret, 'POST', { ttl }, TURN_DEADLINE_MS);
      return serversIn(body?.['iceServers']);
    },
  };
}

async function asked(url: string, secret: string, method: string, body: unknown, deadlineMs: number): Promise<VideoAnswer> {
  const headers = { authorization: `Bearer ${secret}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
  const init = { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body: JSON.stringify(body) }) } as const;
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(deadlineMs) });
    return { status: response.status, body: parsed(await response.text()) };
  } catch {
    // Not reachable or too slow. The browser retries by its own rules, so this is a normal answer.
    return { status: 0, body: null };
  }
}

function parsed(text: string): VideoAnswer['body'] {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Only addresses that browsers can use: they block port 53. */
function serversIn(value: unknown): IceServer[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).flatMap(server => {
    const urls = [server['urls']].flat().filter((url): url is string => typeof url === 'string' && !/:53(\?|$)/.test(url));
    const { username, credential } = server;
    if (urls.length === 0) return [];
    return [typeof username === 'string' && typeof credential === 'string' ? { urls, username, credential } : { urls }];
  });
}
