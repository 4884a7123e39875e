// Continues a visit on another device: opens the one-time address that a room issued (worker/routes/room/room-handover.tsx), asks for
// confirmation, and signs the device in as the same person for the visit.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { HandoverOpenPage, HandoverPage, HandoverSpentPage } from '../../../views/index.ts';
import { keepSession, sessionToken } from '../../auth/cookies.ts';
import { randomToken, sha256 } from '../../auth/seal.ts';
import { signOut } from '../../auth/sign-out.ts';
import { HANDOVER_MS, type Handover as Handed, handoverRead, spendHandover, takeHandover } from '../../data/handovers.ts';
import { doctorIn } from '../../booking/directory.ts';
import type { HonoEnv } from '../../world.ts';
import { formOf } from '../../http/form.ts';
import { tooMany } from '../../http/failures.tsx';
import { mayNetworkTry } from '../../http/guards.ts';
import { drawn, goTo, nothing, see, type Seen } from '../../http/page.tsx';
import { shortNameOf } from '../../../workflows/rules/person.ts';
import { roomPathOf } from '../../rooms/entrance.ts';

type C = Context<HonoEnv>;

const MINUTE = 60_000;

export const handover = new Hono<HonoEnv>()
  /** The address of the QR code. The token is in its fragment, which no browser sends; the page's script posts it. */
  .get('/handover', requires('open'), async c => {
    c.header('referrer-policy', 'strict-origin');
    const { frame } = await see(c, nothing);
    return drawn(c, <HandoverOpenPage frame={frame} />);
  })

  .post('/handover', requires('open'), async c => {
    if (!(await mayNetworkTry(c, 'handoversOfNetwork'))) return tooMany(c, 'handoversOfNetwork');
    const form = await formOf(c);
    const token = (form.get('token') ?? '').slice(0, 100);
    const { seen, handed, tokenHash } = await seeHandover(c, token);
    if (!handed) return spent(c, seen);
    const { frame, viewer, directory } = seen;
    const isOwn = viewer?.id === handed.personId;
    if (!form.has('take')) {
      const about = {
        token,
        name: shortNameOf(handed),
        doctor: handed.role === 'patient' ? (doctorIn(directory, handed.doctorId) ?? null) : null,
        startsAt: handed.startsAt,
        instead: viewer && !isOwn ? shortNameOf(viewer) : null,
        isOwn,
      };
      return drawn(c, <HandoverPage frame={frame} {...about} />);
    }
    if (viewer && isOwn) await spendHandover(c.var.db, handed, tokenHash, viewer.sessionId, c.var.now);
    else if (!(await letIn(c, handed, tokenHash))) return spent(c, seen);
    return goTo(c, roomPathOf(handed.role, handed.consultationId));
  });

/** Starts a new session; the browser's previous session, of another person, ends. */
async function letIn(c: C, handed: Handed, tokenHash: string): Promise<boolean> {
  const session = randomToken();
  if (!(await takeHandover(c.var.db, handed, tokenHash, await sha256(session), c.var.now))) return false;
  const old = sessionToken(c);
  if (old) await signOut(c, old);
  keepSession(c, session, handed.sessionUntil - c.var.now);
  return true;
}

/** Other sites get no path as referrer; `strict-origin` still lets browsers send the origin with a form. */
async function seeHandover(c: C, token: string) {
  c.header('referrer-policy', 'strict-origin');
  const tokenHash = await sha256(token);
  const seen = await see(c, () => ({ handed: handoverRead(tokenHash, c.var.now) }));
  return { seen, handed: seen.data.handed, tokenHash };
}

const spent = (c: C, { frame }: Seen): Response => drawn(c, <HandoverSpentPage frame={frame} minutes={HANDOVER_MS / MINUTE} />, 404);
