// The network address of a client, by which people without a session are counted. Called by guards.ts and the public routes.
import type { Context } from 'hono';
import type { HonoEnv } from '../world.ts';

/**
 * The address, without a port; null when it is unknown. `cf-connecting-ip` counts only with TRUSTED_PROXY=cloudflare, because anybody else who
 * reaches the Worker may write it. Otherwise workerd's own `cf.clientIp`, the address of the socket. `wrangler dev` hides the socket: it writes
 * `cf-connecting-ip` only when the client did not, so there the address is unknown.
 */
export function networkOf(c: Context<HonoEnv>): string | null {
  const address = c.get('world').settings.TRUSTED_PROXY === 'cloudflare' ? c.req.header('cf-connecting-ip') : socketOf(c.req.raw);
  return address ? networkIn(address) : null;
}

const socketOf = (request: Request): string | undefined => {
  const clientIp: unknown = request.cf?.['clientIp'];
  return typeof clientIp === 'string' ? clientIp.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1') : undefined;
};

/** One subscriber has a whole /64 of IPv6 (RFC 6177), so only its first four groups count. */
function networkIn(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address.replace(/^.*:/, '');
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const before = head.split(':').filter(group => group !== '');
  const after = tail.split(':').filter(group => group !== '');
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
