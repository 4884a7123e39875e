// Routes each packet of a browser: media to the publication of its source, feedback to the subscription. Called by session.ts.
import { GenericNack, type RtcpPacket, RtcpPayloadSpecificFeedback, RtcpSrPacket, RtcpTransportLayerFeedback } from 'werift';
import { MID } from './codecs.ts';
import type { MLine } from './m-line.ts';
import { keyframesWanted } from './rtcp.ts';
import type { RtpHeader, RtpPacket } from './rtp.ts';

export function routeRtp(lines: readonly MLine[], { header, payload }: RtpPacket): void {
  const line = lines.find(one => one.ssrc === header.ssrc || one.repairSsrc === header.ssrc) ?? lineNamedIn(lines, header);
  const publication = line?.publication;
  if (line === undefined || publication?.isOpen !== true) return;
  const { payloadType, repairPayloadType } = line.codec;
  if (header.payloadType === payloadType) publication.take(header, payload);
  else if (header.payloadType === repairPayloadType && payload.length > 2) {
    // An RTX packet with no more than the original number is a bandwidth probe and is dropped.
    const original = { payloadType, sequenceNumber: payload.readUInt16BE(0), ssrc: line.ssrc ?? header.ssrc };
    publication.take({ ...header, ...original }, payload.subarray(2));
  }
}

/** A browser that does not list its sources in the SDP, such as Firefox, names the m-line in the packet. */
function lineNamedIn(lines: readonly MLine[], { ssrc, payloadType, extensions }: RtpHeader): MLine | undefined {
  const line = lines.find(({ role, mid, extensions: ids }) => {
    const id = ids.get(MID);
    return role === 'receives' && extensions.some(one => one.id === id && one.payload.toString() === mid);
  });
  if (line === undefined) return;
  if (payloadType === line.codec.payloadType) line.ssrc = ssrc;
  else if (payloadType === line.codec.repairPayloadType) line.repairSsrc = ssrc;
  return line;
}

export function routeRtcp(lines: readonly MLine[], packet: RtcpPacket): void {
  const subscribed = (ssrc: number) => lines.find(({ subscription }) => subscription?.ssrc === ssrc)?.subscription;
  if (packet instanceof RtcpSrPacket) lines.find(({ ssrc }) => ssrc === packet.ssrc)?.publication?.passReport(packet);
  else if (packet instanceof RtcpPayloadSpecificFeedback)
    for (const ssrc of keyframesWanted(packet)) subscribed(ssrc)?.publication?.askKeyframe();
  else if (packet instanceof RtcpTransportLayerFeedback && packet.feedback instanceof GenericNack)
    subscribed(packet.feedback.mediaSourceSsrc)?.repair(packet.feedback.lost);
}
