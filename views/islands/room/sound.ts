// Plays two soft tones, so that people can check whether they hear sound. The tones are generated here, so no file has to be loaded. Called
// by check.ts.

/** Plays the tones on the chosen speaker, if the browser lets it be chosen. */
export async function playTones(speaker: string): Promise<void> {
  const context = new AudioContext();
  if (speaker !== '' && 'setSinkId' in context) await (context.setSinkId as (id: string) => Promise<void>)(speaker).catch(() => undefined);
  tone(context, 523.25, 0.05);
  tone(context, 659.25, 0.55);
  setTimeout(() => void context.close(), 1_500);
}

function tone(context: AudioContext, frequency: number, after: number): void {
  const from = context.currentTime + after;
  const oscillator = new OscillatorNode(context, { frequency });
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(0.25, from + 0.05);
  gain.gain.linearRampToValueAtTime(0, from + 0.4);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(from + 0.45);
}
