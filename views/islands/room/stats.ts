// Converts the browser's WebRTC statistics to the counters of quality.ts. Called by watch.ts and check/trial.ts.
import type { Counters } from './quality.ts';

interface Stat {
  readonly type: string;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly bytesReceived?: number;
  readonly bytesSent?: number;
  readonly framesSent?: number;
  readonly roundTripTime?: number;
  readonly fractionLost?: number;
  readonly nominated?: boolean;
  readonly currentRoundTripTime?: number;
  readonly availableOutgoingBitrate?: number;
}

export async function countersOf(connection: RTCPeerConnection, now: number): Promise<Counters> {
  const stats: Stat[] = [];
  (await connection.getStats()).forEach((stat: Stat) => stats.push(stat));
  const inbound = stats.filter(stat => stat.type === 'inbound-rtp');
  const outbound = stats.filter(stat => stat.type === 'outbound-rtp');
  const remote = stats.filter(stat => stat.type === 'remote-inbound-rtp');
  const pair = stats.find(stat => stat.type === 'candidate-pair' && stat.nominated);
  const wire = stats.find(stat => stat.type === 'transport');
  const trip = Math.max(...remote.map(stat => stat.roundTripTime ?? 0), pair?.currentRoundTripTime ?? 0);
  const room = pair?.availableOutgoingBitrate;
  return {
    at: now,
    packetsIn: sum(inbound, 'packetsReceived'),
    lostIn: sum(inbound, 'packetsLost'),
    bytesIn: sum(inbound, 'bytesReceived'),
    bytesOut: sum(outbound, 'bytesSent'),
    rttMs: trip > 0 ? trip * 1000 : null,
    lossOut: remote.length === 0 ? null : Math.max(...remote.map(stat => stat.fractionLost ?? 0)),
    roomKbps: room === undefined ? null : room / 1000,
    heardBytes: wire?.bytesReceived ?? null,
    framesOut: sum(outbound, 'framesSent'),
  };
}

type Counted = 'packetsReceived' | 'packetsLost' | 'bytesReceived' | 'bytesSent' | 'framesSent';

const sum = (stats: readonly Stat[], name: Counted): number => stats.reduce((total, stat) => total + (stat[name] ?? 0), 0);
