// The video port: what the cabinet needs from any selective forwarding unit (SFU). Called by worker/routes/room/calls.ts and
// worker/rooms/closing.ts.

export interface VideoAnswer {
  readonly status: number;
  /** The parsed JSON; null when the answer was not a JSON object. */
  readonly body: Readonly<Record<string, unknown>> | null;
}

export interface IceServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface VideoPort {
  /** One call of the API, for example `sessions/new`; status 0 when there was no answer. */
  call(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<VideoAnswer>;
  /** TURN servers with credentials valid for `ttlS` seconds; empty when the clinic has no TURN key or the service does not answer. */
  iceServers(ttlS: number): Promise<readonly IceServer[]>;
}
