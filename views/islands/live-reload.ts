// Reloads the page after the edge restarted, on a developer's machine only. Called by main.ts.
const EVERY_MS = 700;

export function liveReload(): void {
  let boot: string | null = null;
  setInterval(async () => {
    const now = await bootOf();
    if (now === null) return;
    if (boot !== null && now !== boot) location.reload();
    boot = now;
  }, EVERY_MS);
}

// The edge does not answer while it restarts, so a failed request is not a change yet.
async function bootOf(): Promise<string | null> {
  try {
    const health: unknown = await (await fetch('/healthz', { cache: 'no-store' })).json();
    return typeof health === 'object' && health !== null && 'boot' in health ? String(health.boot) : null;
  } catch {
    return null;
  }
}
