// What stands in an address, parsed: ids, and instants as they are linked.
import type { Context } from 'hono';
import { isId } from '../data/ids.ts';
import type { HonoEnv } from '../world.ts';
import { isDate } from '../booking/zone.ts';

/** The id in the address; the empty string, which is nobody's, when it is not one. */
export const idOf = (c: Context<HonoEnv>): string => {
  const id = c.req.param('id') ?? '';
  return isId(id) ? id : '';
};

/** An instant in an address or a form: ms since the epoch, or an ISO 8601 instant. */
export function instantOf(text: string): number | null {
  const at = /^\d{13}$/.test(text) ? Number(text) : isDate(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
