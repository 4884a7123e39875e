// Measures the microphone's level, 0 to 100, ten times a second, and draws it into every `data-level` bar. Called by check.ts.
import { all } from '../dom.ts';

const EVERY_MS = 100;
/** Quiet speech reaches about a tenth of full scale. */
const GAIN = 400;

let stop: (() => void) | null = null;
let metered: MediaStreamTrack | null = null;

/** Measures this track instead of the previous one; null stops. Calls `heard` once, when the person has spoken. */
export function meter(track: MediaStreamTrack | null, heard: () => void): void {
  if (track === metered) return;
  stop?.();
  stop = null;
  metered = track;
  for (const bar of all<HTMLProgressElement>('[data-level]')) bar.hidden = track === null;
  if (track) stop = run(track, heard);
}

function run(track: MediaStreamTrack, heard: () => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let isHeard = false;
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const level = track.enabled ? levelOf(samples) : 0;
    for (const bar of all<HTMLProgressElement>('[data-level]')) bar.value = level;
    if (!isHeard && level > 15) {
      isHeard = true;
      heard();
    }
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return Math.min(100, Math.round(Math.sqrt(power) * GAIN));
}
