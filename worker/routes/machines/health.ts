// For load balancers and `npm start`: /healthz answers when the code runs, /readyz when the settings and the database are available.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { ask, databaseOf } from '../../data/db.ts';
import { clinicRead } from '../../data/clinic.ts';
import { openCountsRead } from '../../data/differences.ts';
import { deadCountRead } from '../../data/outbox.ts';
import type { HonoEnv } from '../../world.ts';
import { parseSettings } from '../../settings.ts';

// One id per start of the code: a developer's page reloads when it changes. It is made in a request, because workerd has no randomness
// outside one.
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
      const { deadLetters, differences } = await ask(databaseOf(c.env), {
        clinic: clinicRead(),
        deadLetters: deadCountRead(),
        differences: openCountsRead(),
      });
      // Dead letters and alarms need a person, not another instance, so the answer stays 200.
      return c.json({ kind: 'ready', deadLetters, alarms: differences.alarms });
    } catch (error) {
      // The message contains names and descriptions of settings, never values.
      return c.json({ kind: 'notReady', why: error instanceof Error ? error.message : 'unknown' }, 503);
    }
  });
