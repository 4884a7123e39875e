// The RTCP packets that this SFU writes itself, RFC 3550, 4585 and REMB. Publications and sessions send them.
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

/** Ties a subscriber's timestamps to the publisher's wall clock: a browser keeps sound and picture together by it. */
export const senderReport = (
  ssrc: number,
  ntpTimestamp: bigint,
  rtpTimestamp: number,
  packetCount: number,
  octetCount: number,
): RtcpPacket => new RtcpSrPacket({ ssrc, senderInfo: new RtcpSenderInfo({ ntpTimestamp, rtpTimestamp, packetCount, octetCount }) });

/** How much a browser may send, in bits a second, over these sources together. */
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

/** The sources that a feedback packet wants a keyframe of. Chromium puts its own source where the RFC puts the asker, so only these count. */
export function keyframesWanted({ feedback }: RtcpPayloadSpecificFeedback): number[] {
  if (feedback instanceof PictureLossIndication) return [feedback.mediaSsrc];
  return 'fir' in feedback ? feedback.fir.map(({ ssrc }) => ssrc) : [];
}
