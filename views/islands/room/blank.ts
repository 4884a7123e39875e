// A black picture that is hardly any bytes: it stands in for a camera that is off, because a track without packets is forgotten by Calls after
// thirty seconds and would have to be negotiated again.
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
  // A canvas that nobody paints gives no frames.
  setInterval(paint, 500);
  return blank;
}
