// Forecasts what the network can carry in the call: video, sound only, or chat only. A pure function of the statistics of a trial that
// lasts a few seconds. Called by network.ts.
import { isWorse } from '../room/quality.ts';

/** Statistics of the video that this browser sent to the call server and received back. */
export interface Trial {
  /** Lost packets of the worse direction, 0 to 1. */
  readonly loss: number;
  readonly rttMs: number;
  /** Bit rate of the video that came back, kbit/s. */
  readonly kbps: number;
}

export type Forecast = 'video' | 'audio' | 'chat';

/**
 * The call stops video above 15 % of loss (room/quality.ts). The limit is lower here to keep a margin, and because the trial's video
 * crosses the network in both directions.
 */
const VIDEO = { loss: 0.12, rtt: 800, roomKbps: 250 };
/**
 * Opus sends speech at 24 kbit/s and repairs single lost packets. Above 35 % of loss words must be guessed, and with a round trip of two
 * seconds people can only speak in turns.
 */
const AUDIO = { loss: 0.35, rtt: 2_000, roomKbps: 24 };

export function forecastOf({ loss, rttMs, kbps }: Trial): Forecast {
  const figures = { loss, rtt: rttMs, kbpsIn: kbps, kbpsOut: kbps, roomKbps: kbps };
  if (!isWorse(figures, VIDEO)) return 'video';
  return isWorse(figures, AUDIO) ? 'chat' : 'audio';
}
