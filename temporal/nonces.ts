// Remembers which signed messages were heard, so that a recorded one is refused. Each host remembers for itself: the messages are idempotent
// anyway (start by workflow id, signals by message id), so one replayed at another host changes nothing.
import type { NonceStore } from '../worker/auth/message-signature.ts';

export function rememberedNonces(now: () => number): NonceStore {
  const until = new Map<string, number>();
  let sweptAt = now();

  return async (nonce, forgetAt) => {
    if (now() - sweptAt > 60_000) {
      sweptAt = now();
      for (const [old, at] of until) if (at < sweptAt) until.delete(old);
    }
    if (until.has(nonce)) return true;
    until.set(nonce, forgetAt);
    return false;
  };
}
