// Declares who may use a route: `.get('/desk', requires('workplace'), …)`. It is enforced by `see` in page.tsx, which reads the viewer in
// the page's one batch. tests/routes/access.test.ts fails for a route without a declaration.
import type { MiddlewareHandler } from 'hono';
import type { Act } from '../../workflows/rules/may.ts';
import type { HonoEnv } from '../world.ts';

/** `as`: the form of a refusal; an island reads JSON. */
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

/** The requirement that a handler declares; undefined for any other handler. */
export const requirementOf = (handler: unknown): Requirement | undefined =>
  typeof handler === 'function' && 'requirement' in handler ? (handler as Declared).requirement : undefined;
