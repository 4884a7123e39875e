// The network row of the check: runs one trial at a time, shows its progress and its forecast. Called by check.ts.
import { find, show } from '../dom.ts';
import { fill } from '../text.ts';
import { type Forecast, forecastOf } from './forecast.ts';
import { draw, rowButton, say, showButton } from './rows.ts';
import { words } from './setup.ts';
import { type Tried, tryNetwork } from './trial.ts';

export interface Network {
  readonly tried: Tried;
  /** Null when the trial measured nothing. */
  readonly forecast: Forecast | null;
}

let stop: AbortController | null = null;

export const isChecking = (): boolean => stop !== null;

/** Stops a running trial. Called when the person joins the call, because both would share the network, and when the page is left. */
export const stopCheck = (): void => stop?.abort();

/** Runs a trial. Returns null when another one is running. */
export async function checkNetwork(): Promise<Network | null> {
  if (stop !== null) return null;
  stop = new AbortController();
  const bar = find<HTMLProgressElement>('[data-trial]');
  // The button is marked as disabled and not hidden, so that the person who pressed it keeps the focus.
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
