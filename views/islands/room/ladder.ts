// Decides which sentence stands above the picture and when to rebuild the connection: pure rules over the state of the line. Called by
// on-air.ts and drawing.ts.
import type { SocketState } from './socket.ts';
import type { Whereabouts } from './roster.ts';

export type Media = 'none' | 'connecting' | 'connected' | 'disconnected' | 'failed';

export interface Line {
  readonly isOnline: boolean;
  readonly socket: SocketState;
  readonly media: Media;
  /** When `socket`, `media` and `peer` took their current values, ms. */
  readonly socketAt: number;
  readonly mediaAt: number;
  readonly peer: Whereabouts;
  readonly peerAt: number;
  /** Video is off because the connection is poor. */
  readonly isVideoOff: boolean;
  /** The browser plays no sound without a click. */
  readonly isPlayBlocked: boolean;
  /** Whether media was connected at any time in this call. */
  readonly hasConnected: boolean;
  /** The number of rebuilds since media was last connected, and the time of the last rebuild, ms. */
  readonly rebuilds: number;
  readonly rebuiltAt: number;
}

export type LineEvent =
  | { readonly type: 'socket'; readonly state: SocketState }
  | { readonly type: 'media'; readonly state: Media }
  | { readonly type: 'online'; readonly isOnline: boolean }
  | { readonly type: 'peer'; readonly peer: Whereabouts }
  | { readonly type: 'video'; readonly isOff: boolean }
  | { readonly type: 'play'; readonly isBlocked: boolean }
  | { readonly type: 'rebuilt' };

export const FRESH: Line = {
  isOnline: true,
  socket: 'opening',
  media: 'none',
  socketAt: 0,
  mediaAt: 0,
  peer: 'absent',
  peerAt: 0,
  isVideoOff: false,
  isPlayBlocked: false,
  hasConnected: false,
  rebuilds: 0,
  rebuiltAt: 0,
};

export function nextLine(line: Line, event: LineEvent, now: number): Line {
  switch (event.type) {
    case 'socket':
      return event.state === line.socket ? line : { ...line, socket: event.state, socketAt: now };
    case 'media':
      return event.state === line.media ? line : mediaBecame(line, event.state, now);
    case 'online':
      return { ...line, isOnline: event.isOnline };
    case 'peer':
      return event.peer === line.peer ? line : { ...line, peer: event.peer, peerAt: now };
    case 'video':
      return { ...line, isVideoOff: event.isOff };
    case 'play':
      return { ...line, isPlayBlocked: event.isBlocked };
    case 'rebuilt':
      return { ...line, media: 'connecting', mediaAt: now, rebuilds: line.rebuilds + 1, rebuiltAt: now };
  }
}

const mediaBecame = (line: Line, media: Media, now: number): Line =>
  media === 'connected'
    ? { ...line, media, mediaAt: now, hasConnected: true, rebuilds: 0 }
    : { ...line, media, mediaAt: now, ...(media === 'none' && { hasConnected: false, rebuilds: 0 }) };

/**
 * How long to wait for a disconnected connection, ms: after a cut the old connection recovers faster than a new one can be built. A session
 * that the SFU has dropped is found by a request (watch.ts), without this wait.
 */
const DISCONNECTED_MS = 6_500;
/** A first connection takes less than this, ms. */
const CONNECTING_MS = 10_000;
const REBUILD_MS = 4_000;
const REBUILD_MAX_MS = 8_000;

/** Whether the connection must be rebuilt now. Never while the browser is offline: the «online» event comes when the network is back. */
export function needsRebuild(line: Line, now: number): boolean {
  if (!line.isOnline || line.media === 'none' || line.media === 'connected') return false;
  const patience = line.media === 'failed' ? 0 : line.media === 'disconnected' ? DISCONNECTED_MS : CONNECTING_MS;
  if (now - line.mediaAt < patience) return false;
  const pause = Math.min(REBUILD_MS * 2 ** Math.max(0, line.rebuilds - 1), REBUILD_MAX_MS);
  return line.rebuilds === 0 || now - line.rebuiltAt >= pause;
}

export type Banner = 'offline' | 'mediaLost' | 'mediaRefused' | 'playBlocked' | 'peerLost' | 'peerLeft' | 'videoOff' | 'socketLost';

/** Shorter interruptions are not reported, ms. */
const SOCKET_MS = 3_000;
const MEDIA_MS = 1_500;
const PEER_MS = 1_000;

/** Returns the most serious problem, or null when there is none. */
export function bannerOf(line: Line, now: number): Banner | null {
  if (line.media === 'none') return null;
  if (!line.isOnline) return 'offline';
  if (line.media !== 'connected') {
    if (!line.hasConnected) return line.rebuilds >= 1 ? 'mediaRefused' : null;
    if (line.rebuilds > 0 || now - line.mediaAt >= MEDIA_MS) return 'mediaLost';
  }
  if (line.isPlayBlocked) return 'playBlocked';
  if (line.socket === 'opening' && now - line.socketAt >= SOCKET_MS) return 'socketLost';
  if (line.peer === 'lost' && now - line.peerAt >= PEER_MS) return 'peerLost';
  if (line.peer === 'left') return 'peerLeft';
  return line.isVideoOff ? 'videoOff' : null;
}
