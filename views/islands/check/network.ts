// The row of the network: one trial at a time, its progress, and what it foresees.
import { find, show } from '../dom.ts';
import { fill } from '../text.ts';
import { type Forecast, forecastOf } from './forecast.ts';
import { draw, rowButton, say, showButton } from './rows.ts';
import { words } from './setup.ts';
import { type Tried, tryNetwork } from './trial.ts';

export interface Network {
  readonly tried: Tried;
  /** Null when nothing was learnt. */
  readonly forecast: Forecast | null;
}

let stop: AbortController | null = null;

export const isChecking = (): boolean => stop !== null;

/** The call takes the network from here on. */
export const stopCheck = (): void => stop?.abort();

/** Null when another trial is under way. */
export async function checkNetwork(): Promise<Network | null> {
  if (stop !== null) return null;
  stop = new AbortController();
  const bar = find<HTMLProgressElement>('[data-trial]');
  // It stays where it is, so that whoever has pressed it does not lose their place.
  rowButton('network')?.setAttribute('aria-disabled', 'true');
  show(bar, true);
  const tried = await tryNetwork(stop.signal, (stage, percent) => {
    const text = stage === 'connecting' ? words.networkConnecting : words.networkMeasuring;
    draw('network', 'off', text);
    say('info', words.underway, text);
    if (bar) bar.value = percent;
  });
  stop = null;
  show(bar, false);
  rowButton('network')?.removeAttribute('aria-disabled');
  showButton('network', true);
  drawNetwork(tried);
  return { tried, forecast: tried.kind === 'carried' ? forecastOf(tried) : tried.kind === 'blocked' ? 'chat' : null };
}

function drawNetwork(tried: Tried): void {
  if (tried.kind === 'stopped') return draw('network', 'off', words.networkStopped);
  if (tried.kind === 'unknown') return draw('network', 'warn', words.networkUnknown);
  if (tried.kind === 'blocked') return draw('network', 'warn', words.networkBlocked);
  const forecast = forecastOf(tried);
  const text = { video: words.networkVideo, audio: words.networkAudio, chat: words.networkChat }[forecast];
  draw('network', forecast === 'video' ? 'ok' : 'warn', fill(text, { loss: Math.round(tried.loss * 100), rtt: tried.rttMs }));
}
