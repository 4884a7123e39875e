// For load balancers and for `npm start`: healthz says that the code runs, readyz that its settings and the database are there.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { ask, databaseOf } from '../../data/db.ts';
import { clinicRead } from '../../data/clinic.ts';
import type { HonoEnv } from '../../world.ts';
import { parseSettings } from '../../settings.ts';

// One per start of the code: a developer's page reloads itself when it changes. Made in a request, because workerd allows no randomness before.
let boot: string | null = null;

export const health = new Hono<HonoEnv>()
  .get('/healthz', requires('machine'), c => {
    boot ??= crypto.randomUUID();
    c.header('cache-control', 'no-store');
    return c.json({ kind: 'alive', boot });
  })
  .get('/readyz', requires('machine'), async c => {
    try {
      parseSettings(c.env);
      await ask(databaseOf(c.env), { clinic: clinicRead() });
      return c.json({ kind: 'ready' });
    } catch (error) {
      // Names of settings and what they are for; never a value.
      return c.json({ kind: 'notReady', why: error instanceof Error ? error.message : 'unknown' }, 503);
    }
  });
