// Moves a visit to another device: issues a one-time address as a QR code to the patient or the doctor of the visit.
// worker/routes/public/handover.tsx opens it.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { Handover, HandoverCodePage } from '../../../views/index.ts';
import { idOf } from '../../http/address.ts';
import { randomToken, sha256 } from '../../auth/seal.ts';
import { giveHandover, HANDOVER_MS } from '../../data/handovers.ts';
import { type Meeting, meetingRead } from '../../data/meetings.ts';
import { mayTry } from '../../data/throttle.ts';
import type { SessionViewer } from '../../data/viewer.ts';
import type { HonoEnv } from '../../world.ts';
import { formOf, parameterOf } from '../../http/form.ts';
import { drawn, goTo, isFragment, type Seen, seeViewer, stranger } from '../../http/page.tsx';
import { entranceOf, mayBePresent, roomPathOf } from '../../rooms/entrance.ts';

type C = Context<HonoEnv>;

export const roomHandover = new Hono<HonoEnv>()
  .post('/consultations/:id/room/handover', requires('signedIn'), async c => {
    const form = await formOf(c);
    const seen = await seeRoom(c);
    if (seen.kind === 'refused') return seen.answer;
    const { viewer, meeting } = seen;
    if (!(await mayTry(c.var.db, 'handoversOfPerson', viewer.id, c.var.now)))
      return fragment(c, seen, form.get('place'), { kind: 'tooMany' });
    const token = randomToken();
    const given = {
      tokenHash: await sha256(token),
      consultationId: meeting.consultation.id,
      personId: viewer.id,
      sessionId: viewer.sessionId,
    };
    const until = await giveHandover(c.var.db, given, c.var.now);
    const address = `${c.var.world.settings.PUBLIC_URL.replace(/\/$/, '')}/handover#${token}`;
    return fragment(c, seen, form.get('place'), { kind: 'code', address, until, lifeMs: HANDOVER_MS });
  })

  /** The fragment reloads itself when its code has expired. */
  .get('/consultations/:id/room/handover', requires('signedIn'), async c => {
    const seen = await seeRoom(c);
    if (seen.kind === 'refused') return seen.answer;
    return isFragment(c)
      ? fragment(c, seen, parameterOf(c, 'place') ?? null, { kind: 'over' })
      : goTo(c, roomPathOf(seen.meeting.role, idOf(c)));
  });

type Room =
  | { readonly kind: 'seen'; readonly seen: Seen; readonly viewer: SessionViewer; readonly meeting: Meeting }
  | { readonly kind: 'refused'; readonly answer: Response };

/** The consultation, if the asker may be in its room now; 404 for anybody else. */
async function seeRoom(c: C): Promise<Room> {
  const seen = await seeViewer(c, asker => ({ meeting: meetingRead(asker, idOf(c)) }));
  const refused = (answer: Response) => ({ kind: 'refused', answer }) as const;
  const { viewer } = seen;
  const { meeting } = seen.data;
  if (!meeting) return refused(stranger(c, seen));
  // The page of the room shows why it is closed.
  if (!mayBePresent(entranceOf(meeting, seen.clinic, c.var.now).admission))
    return refused(goTo(c, roomPathOf(meeting.role, meeting.consultation.id)));
  return { kind: 'seen', seen, viewer, meeting };
}

function fragment(
  c: C,
  { seen, meeting }: Extract<Room, { kind: 'seen' }>,
  place: string | null,
  state: Parameters<typeof Handover>[0]['state'],
): Response {
  const consultationId = meeting.consultation.id;
  const status = state.kind === 'tooMany' ? 429 : 200;
  if (!isFragment(c)) {
    const room = roomPathOf(meeting.role, consultationId);
    return drawn(c, <HandoverCodePage frame={seen.frame} consultationId={consultationId} room={room} state={state} />, status);
  }
  const where = place === 'panel' ? 'panel' : 'waiting';
  return drawn(c, <Handover frame={seen.frame} consultationId={consultationId} place={where} state={state} />, status);
}
