// «Проверка протокола»: whether a paper with this code was signed here, by whom and when. Needs no sign-in and shows nothing about the
// patient.
import { requires } from '../../http/requires.ts';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { VerifyPage } from '../../../views/index.ts';
import { verifiedRead } from '../../data/verifications.ts';
import { verifyCodeIn } from '../../documents/verify-code.ts';
import { parameterOf } from '../../http/form.ts';
import type { HonoEnv } from '../../world.ts';
import { tooMany } from '../../http/failures.tsx';
import { isWithin } from '../../http/edge-limit.ts';
import { networkOf } from '../../http/network.ts';
import { drawn, nothing, see } from '../../http/page.tsx';

export const verify = new Hono<HonoEnv>()
  .use('/verify/*', async (c, next) => {
    c.header('x-robots-tag', 'noindex, nofollow');
    const network = networkOf(c);
    const limit = network === null ? 'verificationsOfUnknown' : 'verifications';
    return (await isWithin(c, limit, network ?? 'unknown')) ? await next() : tooMany(c, limit);
  })

  /** The form for a code typed from paper. */
  .get('/verify', requires('open'), async c => {
    const typed = parameterOf(c, 'code');
    if (typed === undefined) {
      const { frame } = await see(c, nothing);
      return drawn(c, <VerifyPage frame={frame} view={{ kind: 'ask' }} />);
    }
    const code = verifyCodeIn(typed);
    return code === null ? await unknown(c) : c.redirect(`/verify/${code}`, 303);
  })

  .get('/verify/:code', requires('open'), async c => {
    const code = verifyCodeIn(c.req.param('code'));
    if (code === null) return await unknown(c);
    const { frame, data } = await see(c, () => ({ verified: verifiedRead(code) }));
    const { verified } = data;
    if (!verified) return drawn(c, <VerifyPage frame={frame} view={{ kind: 'unknown' }} />, 404);
    return drawn(c, <VerifyPage frame={frame} view={{ kind: 'signed', ...verified }} />);
  });

async function unknown(c: Context<HonoEnv>): Promise<Response> {
  const { frame } = await see(c, nothing);
  return drawn(c, <VerifyPage frame={frame} view={{ kind: 'unknown' }} />, 404);
}
