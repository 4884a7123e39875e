// «Проверка связи»: the connection check on its own page, possible days before a visit, with or without a consultation; with one, the
// result is stored (POST …/room/check). Also issues the pass that lets a check use the call server.
import { requires } from '../../http/requires.ts';
import { Hono } from 'hono';
import { CheckPage, RoomRefusedPage } from '../../../views/index.ts';
import { idOf } from '../../http/address.ts';
import { lastCheckRead } from '../../data/device-checks.ts';
import { meetingRead } from '../../data/meetings.ts';
import { mayTry } from '../../data/throttle.ts';
import type { HonoEnv } from '../../world.ts';
import { drawn, nothing, overLimit, seeViewer, stranger } from '../../http/page.tsx';
import { sealCheckPass } from '../../rooms/check-pass.ts';
import { entranceOf, mayCheck, refusalOf, visitOf } from '../../rooms/entrance.ts';

export const check = new Hono<HonoEnv>()
  .get('/check', requires('signedIn'), async c => {
    const seen = await seeViewer(c, asker => ({ last: lastCheckRead(asker, '') }));
    return drawn(c, <CheckPage frame={seen.frame} visit={null} last={seen.data.last} />);
  })

  .post('/check/pass', requires('signedIn', 'json'), async c => {
    const seen = await seeViewer(c, nothing);
    if (!(await mayTry(c.var.db, 'checksOfPerson', seen.viewer.id, c.var.now))) return overLimit(c, seen.frame, 'checksOfPerson');
    return c.json({ pass: await sealCheckPass(c.var.world.seal, seen.viewer.id, seen.viewer.sessionId, c.var.now) });
  })

  .get('/consultations/:id/check', requires('signedIn'), async c => {
    const id = idOf(c);
    const seen = await seeViewer(c, asker => ({ meeting: meetingRead(asker, id), last: lastCheckRead(asker, id) }));
    if (!seen.data.meeting) return stranger(c, seen);
    const entrance = entranceOf(seen.data.meeting, seen.clinic, c.var.now);
    const { admission } = entrance;
    if (admission.kind === 'over' && !mayCheck(admission))
      return drawn(c, <RoomRefusedPage frame={seen.frame} {...refusalOf(entrance, admission)} />);
    return drawn(c, <CheckPage frame={seen.frame} visit={visitOf(entrance)} last={seen.data.last} />);
  });
