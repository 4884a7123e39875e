// The video port: what the cabinet needs of a selective forwarding unit, whichever it is. routes/room/calls.ts and rooms/closing.ts call it.

export interface VideoAnswer {
  readonly status: number;
  /** The parsed JSON; null when the answer was none. */
  readonly body: Readonly<Record<string, unknown>> | null;
}

export interface IceServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface VideoPort {
  /** One call of the API, as `sessions/new`; status 0 when nobody answered. */
  call(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<VideoAnswer>;
  /** Relays that live for `ttlS` seconds; none when the clinic has no TURN key or it does not answer. */
  iceServers(ttlS: number): Promise<readonly IceServer[]>;
}
