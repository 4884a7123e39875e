// The doctor announces lateness and concludes the visit. Only the doctor of the consultation may use these addresses.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { mayConclude } from '../../../workflows/rules/admission.ts';
import { isUpcoming, type Status, statusOf } from '../../../workflows/rules/status.ts';
import { idOf } from '../../http/address.ts';
import { write } from '../../data/db.ts';
import { audited } from '../../data/audit.ts';
import { conclude, outcomeOf } from '../../data/conclusions.ts';
import { saysLate } from '../../data/lateness.ts';
import type { HonoEnv } from '../../world.ts';
import { countIn, fieldsOf } from '../../http/form.ts';
import { deliverSoon } from '../../outbox.ts';
import { goTo, wantsJson } from '../../http/page.tsx';
import { endRoom } from '../../rooms/closing.ts';
import { roomOf, seeMeeting } from '../../rooms/entrance.ts';

type C = Context<HonoEnv>;

const LATE_MINUTES = 120;

/** Why lateness can no longer be announced. */
const TOO_LATE = {
  progress: 'begun',
  concluded: 'over',
  published: 'over',
  absent: 'over',
  failed: 'over',
  cancelled: 'cancelled',
  reserved: 'notNow',
  lapsed: 'notNow',
} as const satisfies Record<Exclude<Status, 'paid' | 'waiting'>, string>;

export const visit = new Hono<HonoEnv>()
  .post('/desk/consultations/:id/conclusion', requires('desk', 'json'), async c => {
    const seen = await seeOwnVisit(c);
    if (seen.kind === 'refused') return seen.answer;
    const { consultation, personId, patientCame, doctorStayed, present } = seen.entrance;
    const proof = { patientCame, isPatientHere: present.includes('patient'), doctorStayed, isConfirmed: consultation.isConfirmed };
    const form = await fieldsOf(c);
    const outcome = outcomeOf(form.get('outcome'));
    if (outcome === null) return c.json({ kind: 'malformed' }, 422);
    // A repeated click returns the recorded conclusion.
    const { concludedAt } = consultation.facts;
    const may = concludedAt === null ? mayConclude(consultation.facts, proof, outcome, c.var.now, seen.clinic) : 'fine';
    if (may !== 'fine') return refused(c, { kind: may });
    const done = await conclude(
      c.var.db,
      {
        consultationId: consultation.id,
        personId,
        sessionId: seen.sessionId,
        outcome,
        version: versionIn(form) ?? consultation.scheduleVersion,
      },
      c.var.now,
    );
    if (done.kind !== 'concluded' && done.kind !== 'already') return refused(c, done);
    deliverSoon(c, consultation.id);
    c.executionCtx.waitUntil(endRoom(c.env.ROOM, c.var.world.video, consultation.id, done.outcome));
    return done.outcome === outcome ? answered(c, done) : refused(c, done);
  })

  .post('/desk/consultations/:id/late', requires('desk', 'json'), async c => {
    const seen = await seeOwnVisit(c);
    if (seen.kind === 'refused') return seen.answer;
    const { consultation, personId } = seen.entrance;
    const minutes = countIn(await fieldsOf(c), 'minutes');
    if (minutes === null || minutes > LATE_MINUTES) return c.json({ kind: 'malformed' }, 422);
    const status = statusOf(consultation.facts, c.var.now);
    if (status !== 'paid' && status !== 'waiting') return refused(c, { kind: TOO_LATE[status] });
    if (!isUpcoming(consultation.facts, c.var.now)) return refused(c, { kind: 'over' });
    const late = { minutes, at: c.var.now };
    await write(c.var.db, [
      saysLate(consultation.id, personId, late),
      audited({
        now: c.var.now,
        personId,
        sessionId: seen.sessionId,
        act: 'consultation.late',
        kind: 'consultation',
        id: consultation.id,
        detail: String(minutes),
      }),
    ]);
    await roomOf(c.env.ROOM, consultation.id).announce({ type: 'late', late });
    return answered(c, { kind: 'told', minutes });
  });

/** The version of the schedule that the page showed; null when the form does not name one. */
const versionIn = (form: URLSearchParams): number | null => countIn(form, 'version');

/** The patient gets 404 too. */
async function seeOwnVisit(c: C) {
  const seen = await seeMeeting(c);
  if (seen.kind === 'refused' || seen.entrance.role === 'doctor') return seen;
  return { kind: 'refused', answer: c.json({ kind: 'unknown' }, 404) } as const;
}

/**
 * An island gets JSON. A form without script is redirected: after success to the desk, after a refusal to the page that shows what is
 * possible.
 */
const answered = (c: C, body: object): Response => (wantsJson(c) ? c.json(body) : goTo(c, '/desk'));
const refused = (c: C, body: object): Response => (wantsJson(c) ? c.json(body, 409) : goTo(c, `/desk/consultations/${idOf(c)}`));
