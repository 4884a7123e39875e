// Keeps the screen on while a person waits or talks. The browser lets go of the lock when the tab is hidden, so it is asked for again on return. A
// browser without locks, or one that refuses because of its battery, lets the screen go off as ever. Called by visit.ts.
let isWanted = false;
let isAsking = false;
let lock: WakeLockSentinel | null = null;

export function stayAwake(wanted: boolean): void {
  isWanted = wanted;
  void (wanted ? ask() : release());
}

/** Called when the tab is visible again. */
export const awakeAgain = (): void => void (isWanted && ask());

async function ask(): Promise<void> {
  if (isAsking || document.hidden || lock?.released === false) return;
  isAsking = true;
  try {
    lock = await navigator.wakeLock.request('screen');
  } catch {
    // The next return asks again.
  }
  isAsking = false;
  // The visit ended while the browser was thinking.
  if (!isWanted) await release();
}

async function release(): Promise<void> {
  await lock?.release().catch(() => undefined);
  lock = null;
}
