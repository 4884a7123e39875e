// «Помощь»: the guide and frequent questions. Needs no sign-in.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { GuidePage, HelpPage, isGuideStep } from '../../../views/index.ts';
import { parameterOf } from '../../http/form.ts';
import type { HonoEnv } from '../../world.ts';
import { drawn, nothing, see, stranger } from '../../http/page.tsx';

export const help = new Hono<HonoEnv>()
  .get('/help', requires('open'), async c => {
    const seen = await see(c, nothing);
    return drawn(c, <HelpPage frame={seen.frame} query={(parameterOf(c, 'q') ?? '').slice(0, 100)} />);
  })
  .get('/help/:step', requires('open'), async c => {
    const seen = await see(c, nothing);
    const step = c.req.param('step');
    return isGuideStep(step) ? drawn(c, <GuidePage frame={seen.frame} step={step} />) : stranger(c, seen);
  });
