// The RTCP packets that this SFU writes: RFC 3550, 4585 and REMB. Sent by publications, subscriptions and sessions.
import {
  GenericNack,
  PictureLossIndication,
  ReceiverEstimatedMaxBitrate,
  type RtcpPacket,
  RtcpPayloadSpecificFeedback,
  type RtcpReceiverInfo,
  RtcpRrPacket,
  RtcpSenderInfo,
  RtcpSrPacket,
  RtcpTransportLayerFeedback,
} from 'werift';

export const pictureLoss = (senderSsrc: number, mediaSsrc: number): RtcpPacket =>
  new RtcpPayloadSpecificFeedback({ feedback: new PictureLossIndication({ senderSsrc, mediaSsrc }) });

/** Asks a publisher to send these packets again. */
export const negativeAcknowledgement = (senderSsrc: number, mediaSourceSsrc: number, lost: number[]): RtcpPacket =>
  new RtcpTransportLayerFeedback({ feedback: new GenericNack({ senderSsrc, mediaSourceSsrc, lost }) });

export const receiverReport = (ssrc: number, reports: RtcpReceiverInfo[]): RtcpPacket => new RtcpRrPacket({ ssrc, reports });

/** Maps a subscriber's timestamps to the publisher's wall clock, from which a browser synchronises sound and picture. */
export const senderReport = (
  ssrc: number,
  ntpTimestamp: bigint,
  rtpTimestamp: number,
  packetCount: number,
  octetCount: number,
): RtcpPacket => new RtcpSrPacket({ ssrc, senderInfo: new RtcpSenderInfo({ ntpTimestamp, rtpTimestamp, packetCount, octetCount }) });

/** The limit for what a browser sends from these sources together, bits per second. */
export function maximumBitrate(senderSsrc: number, bitrate: number, ssrcs: number[]): RtcpPacket {
  const brExp = Math.max(0, Math.ceil(Math.log2(bitrate / 0x3ffff)));
  const brMantissa = Math.floor(bitrate / 2 ** brExp);
  const feedback = new ReceiverEstimatedMaxBitrate({
    senderSsrc,
    mediaSsrc: 0,
    ssrcNum: ssrcs.length,
    brExp,
    brMantissa,
    ssrcFeedbacks: ssrcs,
  });
  return new RtcpPayloadSpecificFeedback({ feedback });
}

/**
 * The sources for which a feedback packet requests a keyframe. Only these are used, because Chromium writes its own source where the RFC
 * has the sender of the request.
 */
export function keyframesWanted({ feedback }: RtcpPayloadSpecificFeedback): number[] {
  if (feedback instanceof PictureLossIndication) return [feedback.mediaSsrc];
  return 'fir' in feedback ? feedback.fir.map(({ ssrc }) => ssrc) : [];
}
