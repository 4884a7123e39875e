// One consultation: the reservation, its page with the timeline and the money, its talon, its calendar file, its cancellation.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { v7 } from 'uuid';
import {
  AppointmentTalon,
  talonKeyOf,
  CancellationPage,
  ConfirmPage,
  ConsultationPage,
  PatientBusyPage,
  PatientHoldsPage,
  SlotTakenPage,
} from '../../../views/index.ts';
import type { FieldError } from '../../../views/model.ts';
import { agreementOf, onCancel, termsOf } from '../../../workflows/rules/cancellation.ts';
import type { Interval } from '../../../workflows/rules/interval.ts';
import { LIMITS } from '../../../workflows/rules/limits.ts';
import { isUpcoming, statusOf } from '../../../workflows/rules/status.ts';
import { idOf, instantOf } from '../../http/address.ts';
import { whyNotBook } from '../../booking/why-not-book.tsx';
import { addressIn, asciiOf } from '../../letters/address.ts';
import { calendarOf } from '../../letters/calendar.ts';
import { talonOf, consultationViewOf, traceReads } from '../../booking/talon.ts';
import { ask } from '../../data/db.ts';
import { isConfirmedRead } from '../../data/confirmed-addresses.ts';
import { confirmTyped } from '../../booking/address.ts';
import { cancelByPatient } from '../../data/cancellations.ts';
import { reserveSlot } from '../../data/reservations.ts';
import { heldRead } from '../../data/doctors.ts';
import { isId } from '../../data/ids.ts';
import { ownConsultationRead } from '../../data/consultations.ts';
import { doctorIn } from '../../booking/directory.ts';
import type { SessionViewer } from '../../data/viewer.ts';
import type { HonoEnv } from '../../world.ts';
import { codeIn, formOf } from '../../http/form.ts';
import { daysAhead, nearestTo, offerOf, type Schedules, slotAt } from '../../booking/offers.ts';
import { deliverSoon } from '../../outbox.ts';
import { drawn, goTo, isFragment, polled, see, type Seen, seeViewer, stranger } from '../../http/page.tsx';
import { endRoom } from '../../rooms/closing.ts';
import type { Doctor } from '../../../workflows/rules/doctor.ts';

type C = Context<HonoEnv>;

export const consultations = new Hono<HonoEnv>()
  .post('/consultations', requires('book'), async c => {
    const form = await formOf(c);
    const doctorId = form.get('doctorId') ?? '';
    const startsAt = instantOf(form.get('startsAt') ?? '');
    const seen = await seeViewer(c, asker => ({
      held: heldRead(doctorId, c.var.now),
      isConfirmed: isConfirmedRead(asker, asciiOf(emailIn(form))),
    }));
    const doctor = doctorIn(seen.directory, doctorId);
    const schedules = { ...seen.directory, held: seen.data.held };
    const refused = whyNotBook(c, seen);
    if (refused) return refused;
    if (!doctor || startsAt === null) return stranger(c, seen);
    return await book(c, form, seen, doctor, schedules, startsAt, seen.data.isConfirmed);
  })

  .get('/consultations/:id{[0-9a-f-]{36}\\.ics}', requires('signedIn'), async c => {
    const id = c.req.param('id').slice(0, -4);
    const seen = await seeOwn(c, id);
    const { consultation } = seen.data;
    if (!consultation || statusOf(consultation.facts, c.var.now) === 'lapsed') return stranger(c, seen);
    c.header('content-type', 'text/calendar; charset=utf-8');
    c.header('content-disposition', `attachment; filename="consultation.ics"`);
    return c.body(calendarOf(consultation, seen.clinic, c.var.world.settings, 'download', c.var.now));
  })

  .get('/consultations/:id', requires('signedIn'), async c => {
    const id = c.req.param('id');
    const seen = await seeOwn(c, id);
    const { consultation, ...traces } = seen.data;
    if (!consultation) return stranger(c, seen);
    return drawn(
      c,
      <ConsultationPage frame={seen.frame} consultation={consultationViewOf(consultation, traces, seen.clinic, c.var.now)} />,
    );
  })

  .get('/consultations/:id/talon', requires('signedIn'), async c => {
    const seen = await seeViewer(c, asker => ({ consultation: ownConsultationRead(asker, idOf(c)) }));
    const { consultation } = seen.data;
    if (!consultation) return stranger(c, seen);
    if (!isFragment(c)) return c.redirect('/appointments', 303);
    const talon = talonOf(consultation, seen.clinic, c.var.now);
    const draw = () => <AppointmentTalon frame={seen.frame} talon={talon} />;
    if (isUpcoming(consultation.facts, c.var.now)) return polled(c, talonKeyOf(talon, c.var.now), draw);
    // The consultation is now history: the browser reloads the list that showed the talon.
    c.header('hx-refresh', 'true');
    return drawn(c, draw());
  })

  .get('/consultations/:id/cancellation', requires('signedIn'), async c => {
    const seen = await seeViewer(c, asker => ({ consultation: ownConsultationRead(asker, idOf(c)) }));
    const { consultation } = seen.data;
    if (!consultation) return stranger(c, seen);
    return drawn(c, <CancellationPage frame={seen.frame} talon={talonOf(consultation, seen.clinic, c.var.now)} changed={false} />);
  })

  .post('/consultations/:id/cancellation', requires('signedIn'), async c => {
    const form = await formOf(c);
    const seen = await seeViewer(c, asker => ({ consultation: ownConsultationRead(asker, idOf(c)) }));
    const { consultation } = seen.data;
    if (!consultation) return stranger(c, seen);
    const talon = talonOf(consultation, seen.clinic, c.var.now);
    if (talon.status === 'cancelled') return goTo(c, `/consultations/${consultation.id}`);
    const end = onCancel(talon.terms, consultation.facts, c.var.now);
    const paid = consultation.facts.firmAt !== null;
    const returnMinor = end.kind === 'returned' && paid ? end.minor : 0;
    // If the sum shown on the page has changed, the page is shown again.
    const agreed = form.get('returnMinor') === String(returnMinor);
    const isOpen = end.kind !== 'tooLate' && talon.status !== 'progress' && isUpcoming(consultation.facts, c.var.now);
    if (!isOpen || !agreed) return drawn(c, <CancellationPage frame={seen.frame} talon={talon} changed={isOpen} />, 409);
    const done = await cancelByPatient(
      c.var.db,
      { consultationId: consultation.id, personId: seen.viewer.id, sessionId: seen.viewer.sessionId, returnMinor, paid },
      c.var.now,
    );
    if (!done) return goTo(c, `/consultations/${consultation.id}/cancellation`);
    deliverSoon(c, consultation.id);
    if (paid) c.executionCtx.waitUntil(endRoom(c.env.ROOM, c.var.world.video, consultation.id, null));
    return goTo(c, `/consultations/${consultation.id}`);
  });

const seeOwn = (c: C, id: string) =>
  see(c, asker => ({ consultation: ownConsultationRead(asker, isId(id) ? id : ''), ...traceReads(asker, id) }));

async function book(
  c: C,
  form: URLSearchParams,
  seen: Seen & { readonly viewer: SessionViewer },
  doctor: Doctor,
  schedules: Schedules,
  startsAt: number,
  isConfirmed: boolean,
): Promise<Response> {
  const { clinic, viewer, frame } = seen;
  const now = c.var.now;
  const requestKey = form.get('requestKey') ?? '';
  const days = daysAhead(clinic, now);
  const offer = offerOf(doctor, schedules, clinic);
  // The slot without regard to holds: the database decides whether it is taken, and a repeated click must find its own consultation.
  const offered = slotAt(days, { ...offer, held: [] }, startsAt, now);
  const taken = () =>
    drawn(c, <SlotTakenPage frame={frame} doctor={doctor} startsAt={startsAt} nearest={nearestTo(days, offer, startsAt, now)} />, 409);

  const terms = termsOf(doctor.priceMinor, startsAt, clinic);
  const again = (slot: Interval, errors: readonly FieldError[], status: 409 | 422 | 429, key = requestKey) => {
    const code = errors.some(({ field }) => field === 'code') || form.has('code') ? codeIn(form) : null;
    const typed = { email: (form.get('email') ?? '').slice(0, 254), code, read: form.has('read'), requestKey: key };
    return drawn(c, <ConfirmPage frame={frame} doctor={doctor} slot={slot} terms={terms} {...typed} errors={errors} />, status);
  };
  const agreed = form.get('agreed');
  const errors = [...(agreed !== null && agreed !== agreementOf(terms) ? [{ field: 'terms', error: 'terms' }] : []), ...mistakesIn(form)];
  if (offered && errors.length > 0) return again(offered, errors, 422);
  if (!offered || !isId(requestKey)) return taken();
  const unconfirmed = isConfirmed ? null : await confirmTyped(c, seen, emailIn(form), codeIn(form));
  if (unconfirmed !== null) return again(offered, [unconfirmed], unconfirmed.error in LIMITS ? 429 : 422);

  const reserved = await reserveSlot(
    c.var.db,
    {
      ...offered,
      doctorId: doctor.id,
      patientId: viewer.id,
      sessionId: viewer.sessionId,
      priceMinor: doctor.priceMinor,
      policy: clinic,
      email: emailIn(form),
      lang: frame.lang,
      zone: frame.zone,
      requestKey,
      holdMinutes: clinic.holdMinutes,
    },
    now,
  );
  switch (reserved.kind) {
    case 'reserved':
      deliverSoon(c, reserved.consultationId);
      return goTo(c, '/appointments');
    case 'already': {
      const { consultation } = await ask(c.var.db, { consultation: ownConsultationRead(seen.asker, reserved.consultationId) });
      if (consultation && isUpcoming(consultation.facts, now)) return goTo(c, '/appointments');
      // The form of a booking that has lapsed, was cancelled or is over: it is shown with a new key, if the interval is free.
      const isFree = slotAt(days, offer, startsAt, now) !== undefined;
      return isFree ? again(offered, [{ field: 'confirm', error: 'formUsed' }], 409, v7()) : taken();
    }
    case 'slotTaken':
      return taken();
    case 'limit':
      return again(offered, [{ field: 'confirm', error: reserved.limit }], 429);
    case 'patientHolds':
    case 'patientBusy':
      return await inTheWay(c, seen, doctor, startsAt, reserved);
  }
}

async function inTheWay(
  c: C,
  seen: Seen,
  doctor: Doctor,
  startsAt: number,
  reserved: { kind: 'patientHolds' | 'patientBusy'; consultationId: string },
): Promise<Response> {
  const { consultation } = await ask(c.var.db, { consultation: ownConsultationRead(seen.asker, reserved.consultationId) });
  if (!consultation) return stranger(c, seen);
  const talon = talonOf(consultation, seen.clinic, c.var.now);
  return reserved.kind === 'patientHolds'
    ? drawn(c, <PatientHoldsPage frame={seen.frame} hold={talon} />, 409)
    : drawn(c, <PatientBusyPage frame={seen.frame} own={talon} doctor={doctor} startsAt={startsAt} />, 409);
}

/** Empty when it is no address. */
const emailIn = (form: URLSearchParams): string => addressIn(form.get('email') ?? '') ?? '';

function mistakesIn(form: URLSearchParams): FieldError[] {
  const errors: FieldError[] = [];
  if (emailIn(form) === '') errors.push({ field: 'email', error: 'email' });
  if (!form.has('read')) errors.push({ field: 'read', error: 'read' });
  return errors;
}
