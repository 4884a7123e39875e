// Parses ids and instants in addresses and forms. Called by the routes.
import type { Context } from 'hono';
import { isId } from '../data/ids.ts';
import type { HonoEnv } from '../world.ts';
import { isDate } from '../booking/zone.ts';

/** The id in the address; the empty string, which matches nothing, when it is malformed. */
export const idOf = (c: Context<HonoEnv>): string => {
  const id = c.req.param('id') ?? '';
  return isId(id) ? id : '';
};

/** Parses an instant: ms since the epoch, or ISO 8601. Null when it is neither. */
export function instantOf(text: string): number | null {
  const at = /^\d{13}$/.test(text) ? Number(text) : isDate(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}
