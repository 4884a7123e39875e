// Moves an appointment to another time of the same doctor: the free intervals, the confirmation of one, the move itself.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import {
  NotMovedPage,
  type NotMovedReason,
  RescheduleConfirmPage,
  ReschedulePage,
  RescheduleRefusedPage,
  RescheduleSlots,
} from '../../../views/index.ts';
import { idOf, instantOf } from '../../http/address.ts';
import { talonOf } from '../../booking/talon.ts';
import { ask } from '../../data/db.ts';
import { heldBesideRead } from '../../data/doctors.ts';
import { reschedule, type Rescheduled } from '../../data/reschedules.ts';
import { ownConsultationRead } from '../../data/consultations.ts';
import type { HonoEnv } from '../../world.ts';
import { countIn, formOf, parameterOf } from '../../http/form.ts';
import { daysAhead, offerOf, otherTimes, slotAt } from '../../booking/offers.ts';
import { deliverSoon } from '../../outbox.ts';
import { drawn, goTo, isFragment, type Seen, seeViewer, stranger } from '../../http/page.tsx';
import { emptyRoom } from '../../rooms/closing.ts';

type C = Context<HonoEnv>;

export const reschedules = new Hono<HonoEnv>()
  .get('/consultations/:id/reschedule', requires('signedIn'), async c => {
    const times = await seeTimes(c);
    if (times.kind === 'refused') return times.answer;
    const { seen, talon, version, other, days } = times;
    if (talon.moving.kind === 'refused') return drawn(c, <RescheduleRefusedPage frame={seen.frame} talon={talon} why={talon.moving} />);
    const to = instantOf(parameterOf(c, 'to') ?? '');
    // The page of a finished move was opened again: the visit is already at that time.
    if (to === talon.facts.startsAt) return goTo(c, `/consultations/${talon.id}`);
    if (to !== null) {
      const slot = other.slotAt(to);
      if (!slot) return notMoved(c, times, { kind: 'taken', startsAt: to, nearest: other.nearestTo(to) });
      return drawn(c, <RescheduleConfirmPage frame={seen.frame} talon={talon} to={slot} version={version} />);
    }
    const strip = other.strip();
    const asked = days.find(day => day.date === parameterOf(c, 'day'));
    const day = asked ?? days[strip.findIndex(({ free }) => free > 0)] ?? days[0];
    if (!day) return stranger(c, seen);
    const props = { frame: seen.frame, talon, moving: talon.moving, days: strip, date: day.date, slots: other.slotsOn(day) };
    return drawn(c, isFragment(c) ? <RescheduleSlots {...props} /> : <ReschedulePage {...props} />);
  })

  .post('/consultations/:id/reschedule', requires('signedIn'), async c => {
    const form = await formOf(c);
    const times = await seeTimes(c);
    if (times.kind === 'refused') return times.answer;
    const to = instantOf(form.get('to') ?? '');
    const version = countIn(form, 'version') ?? 0;
    // A repeated click: the visit is already at that time.
    if (times.version === version + 1 && times.talon.facts.startsAt === to) return goTo(c, `/consultations/${times.talon.id}`);
    return await move(c, times, to, version);
  });

type Times = Extract<Awaited<ReturnType<typeof seeTimes>>, { kind: 'seen' }>;

/** The asker's own consultation and the free intervals of its doctor, in one round trip; for anybody else the answer 404. */
async function seeTimes(c: C) {
  const seen = await seeViewer(c, asker => ({
    consultation: ownConsultationRead(asker, idOf(c)),
    held: heldBesideRead(idOf(c), c.var.now),
  }));
  const { consultation, held } = seen.data;
  if (!consultation) return { kind: 'refused', answer: stranger(c, seen) } as const;
  const days = daysAhead(seen.clinic, c.var.now);
  const offer = offerOf(consultation.doctor, { ...seen.directory, held }, seen.clinic);
  const other = otherTimes(days, offer, consultation.facts, c.var.now);
  const talon = talonOf(consultation, seen.clinic, c.var.now);
  return {
    kind: 'seen',
    seen,
    viewer: seen.viewer,
    consultation,
    version: consultation.scheduleVersion,
    talon,
    days,
    offer,
    other,
  } as const;
}

async function move(c: C, times: Times, at: number | null, version: number): Promise<Response> {
  const { seen, viewer, consultation, talon, days, offer, other } = times;
  const { moving } = talon;
  if (moving.kind === 'refused') return drawn(c, <RescheduleRefusedPage frame={seen.frame} talon={talon} why={moving} />, 409);
  // The slot without regard to holds: the database decides whether it is taken.
  const to = at === null ? undefined : slotAt(days, { ...offer, held: [] }, at, c.var.now);
  if (at === null || at === talon.facts.startsAt) return goTo(c, `/consultations/${talon.id}/reschedule`);
  if (!to) return notMoved(c, times, { kind: 'taken', startsAt: at, nearest: other.nearestTo(at) });
  const { startsAt, endsAt } = talon.facts;
  const moved = await reschedule(
    c.var.db,
    {
      consultationId: consultation.id,
      doctorId: consultation.doctor.id,
      patientId: consultation.patientId,
      by: 'patient',
      personId: viewer.id,
      sessionId: viewer.sessionId,
      reason: moving.reason,
      from: { startsAt, endsAt },
      to,
      version,
      trace: consultation.trace,
    },
    c.var.now,
  );
  return await answered(c, times, to.startsAt, version, moved);
}

async function answered(c: C, times: Times, to: number, version: number, moved: Rescheduled): Promise<Response> {
  const { id } = times.consultation;
  switch (moved.kind) {
    case 'moved':
      deliverSoon(c, id);
      c.executionCtx.waitUntil(emptyRoom(c.env.ROOM, c.var.world.video, id));
      return goTo(c, `/consultations/${id}`);
    case 'already':
      // The form of an earlier move: the visit has another time since.
      if (times.version > version && times.talon.facts.startsAt !== to) return notMoved(c, times, { kind: 'stale' });
      return goTo(c, `/consultations/${id}`);
    case 'slotTaken':
      return notMoved(c, times, { kind: 'taken', startsAt: to, nearest: times.other.nearestTo(to).filter(slot => slot.startsAt !== to) });
    case 'staleSchedule':
      return notMoved(c, times, { kind: 'stale' });
    case 'patientBusy': {
      const { consultation } = await ask(c.var.db, { consultation: ownConsultationRead(times.seen.asker, moved.consultationId) });
      return consultation
        ? notMoved(c, times, { kind: 'busy', own: talonOf(consultation, times.seen.clinic, c.var.now) })
        : stranger(c, times.seen);
    }
    // The page of moving shows the reason from the current facts.
    case 'notMovable':
      return goTo(c, `/consultations/${id}/reschedule`);
  }
}

const notMoved = (c: C, { seen, talon }: { readonly seen: Seen; readonly talon: Times['talon'] }, reason: NotMovedReason): Response =>
  drawn(c, <NotMovedPage frame={seen.frame} talon={talon} reason={reason} />, 409);
