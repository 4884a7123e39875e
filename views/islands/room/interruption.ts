// A device that the system takes away for a while: a phone call, Siri, another program. Its track stays live and is `muted`. Called by devices.ts.

/** Shorter interruptions are not told, ms. */
const TELL_MS = 1_000;
/** A track that stays muted is taken anew after this time and then after pauses that double, ms. Some systems never give the old one back. */
const RETAKE_MS = 4_000;
const RETAKE_MAX_MS = 30_000;

/** Calls `told` when the track has been taken away, and when it is back; `retake` asks for the device again. */
export function watchInterruptions(track: MediaStreamTrack, told: (isTaken: boolean) => void, retake: () => void): void {
  let timer = 0;
  let pause = RETAKE_MS;
  const isAway = () => track.muted && track.readyState === 'live';
  const again = () => {
    if (!isAway()) return;
    retake();
    pause = Math.min(pause * 2, RETAKE_MAX_MS);
    timer = setTimeout(again, pause);
  };
  const changed = () => {
    clearTimeout(timer);
    pause = RETAKE_MS;
    if (!isAway()) return told(false);
    timer = setTimeout(() => {
      if (isAway()) told(true);
      timer = setTimeout(again, RETAKE_MS - TELL_MS);
    }, TELL_MS);
  };
  track.addEventListener('mute', changed);
  track.addEventListener('unmute', changed);
  if (track.muted) changed();
}
