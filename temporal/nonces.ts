// Remembers the nonces of received messages, so that a replayed message is refused. Each host has its own memory, because messages are
// idempotent (starts by workflow id, signals by message id): a message replayed at another host changes nothing. Called by host.ts.
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
