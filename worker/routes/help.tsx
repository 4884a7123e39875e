// «Помощь»: the guide, frequent questions; and the empty «Медицинская карта» until protocols exist. Open to everybody who can read.
import { Hono } from 'hono';
import { CardPage, GuidePage, HelpPage, isGuideStep } from '../../views/index.ts';
import type { Edge } from '../edge.ts';
import { drawn, nothing, see, stranger, toSignIn } from '../page.tsx';

export const help = new Hono<Edge>()
  .get('/help', async c => {
    const seen = await see(c, nothing);
    return drawn(c, <HelpPage frame={seen.frame} query={(c.req.query('q') ?? '').slice(0, 100)} />);
  })
  .get('/help/:step', async c => {
    const seen = await see(c, nothing);
    const step = c.req.param('step');
    return isGuideStep(step) ? drawn(c, <GuidePage frame={seen.frame} step={step} />) : stranger(c, seen);
  })
  .get('/card', async c => {
    const seen = await see(c, nothing);
    return seen.viewer ? drawn(c, <CardPage frame={seen.frame} />) : toSignIn(c);
  });
