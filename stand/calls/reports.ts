// The reports that a session sends to a publishing browser, every second and once it is connected: what arrived, and how much it may send.
// Called by session.ts.
import type { RtcpPacket } from 'werift';
import type { Publication } from './publication.ts';
import { maximumBitrate, receiverReport } from './rtcp.ts';

interface Reporter {
  readonly ssrc: number;
  readonly now: () => number;
  readonly publications: readonly Publication[];
}

/** The total that a browser may send, bits per second. Chromium uses it at once. */
const BITRATE = 2_500_000;
/** The most reports that fit into an RTCP packet, RFC 3550, 6.4.1. */
const MOST_REPORTS = 31;

export function receptionReports({ ssrc, now, publications }: Reporter): RtcpPacket[] {
  const reports = publications.flatMap(({ isOpen, line, reception }) =>
    isOpen && line.ssrc !== undefined ? (reception.report(line.ssrc, now()) ?? []) : [],
  );
  return reports.length === 0 ? [] : [receiverReport(ssrc, reports.slice(0, MOST_REPORTS))];
}

export function bitrateAllowance({ ssrc, publications }: Reporter): RtcpPacket[] {
  const sources = publications.flatMap(({ isOpen, line }) => (isOpen && line.kind === 'video' ? (line.ssrc ?? []) : []));
  return sources.length === 0 ? [] : [maximumBitrate(ssrc, BITRATE, sources)];
}
