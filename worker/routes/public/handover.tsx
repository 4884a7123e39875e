// Continues a visit on another device: opens the one-time address that a room issued (worker/routes/room/room-handover.tsx), asks for
// confirmation, and signs the device in as the same person for the visit.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { HandoverPage, HandoverSpentPage } from '../../../views/index.ts';
import { keepSession, sessionToken } from '../../auth/cookies.ts';
import { randomToken, sha256 } from '../../auth/seal.ts';
import { signOut } from '../../auth/sign-out.ts';
import { HANDOVER_MS, type Handover as Handed, handoverRead, spendHandover, takeHandover } from '../../data/handovers.ts';
import { doctorIn } from '../../booking/directory.ts';
import type { HonoEnv } from '../../world.ts';
import { tooMany } from '../../http/failures.tsx';
import { mayNetworkTry } from '../../http/guards.ts';
import { drawn, goTo, see, type Seen } from '../../http/page.tsx';
import { roomPathOf } from '../../rooms/entrance.ts';

type C = Context<HonoEnv>;

const MINUTE = 60_000;

const TOKEN = ':token{[\\w-]{1,100}}';

export const handover = new Hono<HonoEnv>()
  .get(`/handover/${TOKEN}`, requires('open'), async c => {
    const seen = await seeHandover(c);
    const { handed } = seen;
    if (!handed) return spent(c, seen.seen);
    const { frame, viewer, directory } = seen.seen;
    const isOwn = viewer?.id === handed.personId;
    const about = {
      name: shortName(handed),
      doctor: handed.role === 'patient' ? (doctorIn(directory, handed.doctorId) ?? null) : null,
      startsAt: handed.startsAt,
      instead: viewer && !isOwn ? shortName(viewer) : null,
      isOwn,
    };
    return drawn(c, <HandoverPage frame={frame} {...about} />);
  })

  .post(`/handover/${TOKEN}`, requires('open'), async c => {
    if (!(await mayNetworkTry(c, 'handoversOfNetwork'))) return tooMany(c, 'handoversOfNetwork');
    const { seen, handed, tokenHash } = await seeHandover(c);
    if (!handed) return spent(c, seen);
    const { viewer } = seen;
    if (viewer?.id === handed.personId) await spendHandover(c.var.db, handed, tokenHash, viewer.sessionId, c.var.now);
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

/**
 * The address is a secret while it is valid, so other sites do not get its path as referrer. `strict-origin` still lets browsers send the
 * origin with a form.
 */
async function seeHandover(c: C) {
  c.header('referrer-policy', 'strict-origin');
  const tokenHash = await sha256(c.req.param('token') ?? '');
  const seen = await see(c, () => ({ handed: handoverRead(tokenHash, c.var.now) }));
  return { seen, handed: seen.data.handed, tokenHash };
}

const spent = (c: C, { frame }: Seen): Response => drawn(c, <HandoverSpentPage frame={frame} minutes={HANDOVER_MS / MINUTE} />, 404);

/** Enough for the owner to recognise, little for a person who sees the screen. */
const shortName = ({ givenName, familyName }: { readonly givenName: string; readonly familyName: string }): string =>
  `${givenName} ${familyName.charAt(0)}.`;
