// Declares who may use a route: `.get('/desk', requires('workplace'), …)`. The page that the route draws reads the viewer in its one batch (see in
// page.tsx), so the declaration is kept for it and enforced there; tests/routes/access.test.ts refuses a route without one.
import type { MiddlewareHandler } from 'hono';
import type { Act } from '../../workflows/rules/may.ts';
import type { HonoEnv } from '../world.ts';

/** `as`: how the route answers whoever may not; an island reads JSON. */
export interface Requirement {
  readonly act: Act;
  readonly as: 'page' | 'json';
}

export type Declared = MiddlewareHandler<HonoEnv> & { readonly requirement: Requirement };

export function requires(act: Act, as: Requirement['as'] = 'page'): Declared {
  const requirement: Requirement = { act, as };
  const declare: MiddlewareHandler<HonoEnv> = async (c, next) => {
    c.set('requirement', requirement);
    await next();
  };
  return Object.assign(declare, { requirement });
}

/** The requirement that a handler of a route declares; undefined for any other handler. */
export const requirementOf = (handler: unknown): Requirement | undefined =>
  typeof handler === 'function' && 'requirement' in handler ? (handler as Declared).requirement : undefined;
