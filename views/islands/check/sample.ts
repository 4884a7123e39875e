// Makes the video and the sound that the network trial (trial.ts) sends, so that no picture of a person is sent: moving noise, which costs
// as many bits as a face does, and an almost silent tone.
const WIDTH = 640;
const HEIGHT = 360;
const TILE = 160;
const FRAMES_A_SECOND = 20;

export interface Sample {
  readonly video: MediaStreamTrack;
  readonly audio: MediaStreamTrack;
  stop(): void;
}

/** Returns null when the browser cannot make a track from a canvas. */
export function sample(): Sample | null {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const [video] = 'captureStream' in canvas ? canvas.captureStream(FRAMES_A_SECOND).getVideoTracks() : [];
  const sound = tone();
  if (!video || !sound.audio) return null;
  const painting = paint(canvas);
  return {
    video,
    audio: sound.audio,
    stop: () => {
      clearInterval(painting);
      video.stop();
      void sound.context.close();
    },
  };
}

/** Draws one tile of noise at a new random offset in each frame: cheap to draw, expensive to encode. */
function paint(canvas: HTMLCanvasElement): ReturnType<typeof setInterval> {
  const tile = new OffscreenCanvas(TILE, TILE);
  const noise = new ImageData(TILE, TILE);
  crypto.getRandomValues(noise.data.subarray(0, 65_536));
  crypto.getRandomValues(noise.data.subarray(65_536));
  for (let alpha = 3; alpha < noise.data.length; alpha += 4) noise.data[alpha] = 255;
  tile.getContext('2d')?.putImageData(noise, 0, 0);
  const pen = canvas.getContext('2d');
  const random = (limit: number) => Math.floor(Math.random() * limit);
  return setInterval(() => {
    const [left, top] = [random(TILE), random(TILE)];
    for (let x = -left; x < WIDTH; x += TILE) for (let y = -top; y < HEIGHT; y += TILE) pen?.drawImage(tile, x, y);
  }, 1000 / FRAMES_A_SECOND);
}

function tone() {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const oscillator = new OscillatorNode(context, { frequency: 220 });
  oscillator.connect(new GainNode(context, { gain: 0.001 })).connect(out);
  oscillator.start();
  return { context, audio: out.stream.getAudioTracks()[0] };
}
