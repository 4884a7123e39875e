// What the network will carry in the call: video, sound only, or the chat only. A pure rule over what a trial of a few seconds has shown.
import { isWorse } from '../room/quality.ts';

/** How one's own video went to the call server and back. */
export interface Trial {
  /** Lost packets of the worse direction, 0 to 1. */
  readonly loss: number;
  readonly rttMs: number;
  /** Of the video that came back. */
  readonly kbps: number;
}

export type Forecast = 'video' | 'audio' | 'chat';

/** As in the call (room/quality.ts), where video is given up above 15 % of loss; a forecast keeps some distance, and its picture goes both ways. */
const VIDEO = { loss: 0.12, rtt: 800, roomKbps: 250 };
/** Opus speaks at 24 kbit/s and mends single losses; above this talk becomes guessing, and two seconds are walkie-talkie. */
const AUDIO = { loss: 0.35, rtt: 2_000, roomKbps: 24 };

export function forecastOf({ loss, rttMs, kbps }: Trial): Forecast {
  const figures = { loss, rtt: rttMs, kbpsIn: kbps, kbpsOut: kbps, roomKbps: kbps };
  if (!isWorse(figures, VIDEO)) return 'video';
  return isWorse(figures, AUDIO) ? 'chat' : 'audio';
}
