// A black video track of almost no bytes, sent instead of a camera that is off. Calls forgets a track after thirty seconds without packets,
// and it would have to be negotiated again. Called by media.ts.
let blank: MediaStreamTrack | null = null;

export function blankTrack(): MediaStreamTrack | null {
  if (blank?.readyState === 'live') return blank;
  const canvas = document.createElement('canvas');
  canvas.width = 160;
  canvas.height = 120;
  const pen = canvas.getContext('2d');
  const paint = () => pen?.fillRect(0, 0, canvas.width, canvas.height);
  paint();
  const [track] = canvas.captureStream().getVideoTracks();
  blank = track ?? null;
  // A canvas that is not painted gives no frames.
  setInterval(paint, 500);
  return blank;
}
