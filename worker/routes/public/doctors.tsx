// «Онлайн-консультация»: doctors with their nearest slots, the days of one doctor, and the confirmation of one slot. Only the confirmation
// needs sign-in.
import { requires } from '../../http/requires.ts';
import { type Context, Hono } from 'hono';
import { v7 } from 'uuid';
import { ConfirmPage, DoctorPage, DoctorsList, DoctorsPage, MoreDoctors, SlotsOfDay, SlotTakenPage } from '../../../views/index.ts';
import type { DoctorFilter, When } from '../../../views/online/offers.ts';
import { termsOf } from '../../../workflows/rules/cancellation.ts';
import type { Interval } from '../../../workflows/rules/interval.ts';
import { freeSlotsOn } from '../../../workflows/rules/slot.ts';
import { idOf, instantOf } from '../../http/address.ts';
import { whyNotBook } from '../../booking/why-not-book.tsx';
import { allHeldRead, heldRead } from '../../data/doctors.ts';
import { isId } from '../../data/ids.ts';
import { doctorIn, doctorsFitting } from '../../booking/directory.ts';
import { offered, offeredFrom, offersOf } from '../../booking/offered.ts';
import { given } from '../../data/db.ts';
import { parameterOf } from '../../http/form.ts';
import type { HonoEnv } from '../../world.ts';
import { dayOffers, daysAhead, nearestTo, offerOf, pageOf, slotAt } from '../../booking/offers.ts';
import { drawn, isFragment, see, seeViewer, stranger } from '../../http/page.tsx';

const NOTHING_HELD: ReadonlyMap<string, readonly Interval[]> = new Map();
const WHEN: readonly When[] = ['nearest', 'today', 'tomorrow', 'evening', 'weekend'];

export const doctors = new Hono<HonoEnv>()
  .get('/online', requires('open'), async c => {
    const filter = filterOf(c);
    const recent = offered.fresh(c.get('db'), c.get('now'));
    const seen = await see(c, () => ({ held: recent === null ? allHeldRead(c.get('now')) : given(NOTHING_HELD) }));
    const { directory } = seen;
    const all = recent ?? offered.keep(c.get('db'), offeredFrom(directory, seen.data.held, c.get('now')), c.get('now'));
    const fitting = doctorsFitting(directory, filter.specialty, filter.name);
    const offers = offersOf(all(filter.when), fitting);
    const candidates = fitting.length > 0 ? fitting : directory.doctors;
    const alternative = offers.length > 0 ? null : (offersOf(all('nearest'), candidates)[0] ?? null);
    const after = parameterOf(c, 'after') ?? '';
    const page = pageOf(offers, directory.doctors, after);
    const props = { frame: seen.frame, filter, specialties: directory.specialties, page, alternative };
    if (!isFragment(c)) return drawn(c, <DoctorsPage {...props} />);
    return drawn(c, after === '' ? <DoctorsList {...props} /> : <MoreDoctors {...props} />);
  })

  .get('/doctors/:id', requires('open'), async c => {
    const id = idOf(c);
    const seen = await see(c, () => ({ held: heldRead(id, c.get('now')) }));
    const doctor = doctorIn(seen.directory, id);
    const schedules = { ...seen.directory, held: seen.data.held };
    if (!doctor) return stranger(c, seen);
    const days = daysAhead(seen.clinic, c.get('now'));
    const offer = offerOf(doctor, schedules, seen.clinic);
    const strip = dayOffers(days, offer, c.get('now'));
    const asked = parameterOf(c, 'day');
    const day =
      days.find(d => d.date === asked) ??
      days[
        Math.max(
          0,
          strip.findIndex(d => d.free > 0),
        )
      ];
    if (!day) return stranger(c, seen);
    const props = { frame: seen.frame, doctor, days: strip, date: day.date, slots: freeSlotsOn(day, offer, c.get('now')) };
    return drawn(c, isFragment(c) ? <SlotsOfDay {...props} /> : <DoctorPage {...props} />);
  })

  .get('/doctors/:id/slots/:startsAt', requires('book'), async c => {
    const id = idOf(c);
    const startsAt = instantOf(c.req.param('startsAt'));
    const seen = await seeViewer(c, () => ({ held: heldRead(id, c.get('now')) }));
    const doctor = doctorIn(seen.directory, id);
    const schedules = { ...seen.directory, held: seen.data.held };
    if (!doctor || startsAt === null) return stranger(c, seen);
    const refused = whyNotBook(c, seen);
    if (refused) return refused;
    const days = daysAhead(seen.clinic, c.get('now'));
    const offer = offerOf(doctor, schedules, seen.clinic);
    const slot = slotAt(days, offer, startsAt, c.get('now'));
    if (!slot) {
      return drawn(
        c,
        <SlotTakenPage frame={seen.frame} doctor={doctor} startsAt={startsAt} nearest={nearestTo(days, offer, startsAt, c.get('now'))} />,
        409,
      );
    }
    const terms = termsOf(doctor.priceMinor, slot.startsAt, seen.clinic);
    return drawn(
      c,
      <ConfirmPage
        frame={seen.frame}
        doctor={doctor}
        slot={slot}
        terms={terms}
        email={seen.viewer.email ?? ''}
        code={null}
        read={false}
        requestKey={v7()}
        errors={[]}
      />,
    );
  });

function filterOf(c: Context<HonoEnv>): DoctorFilter {
  const specialty = parameterOf(c, 'specialty') ?? '';
  return {
    specialty: isId(specialty) ? specialty : null,
    name: (parameterOf(c, 'name') ?? '').slice(0, 60),
    when: WHEN.find(w => w === parameterOf(c, 'when')) ?? 'nearest',
  };
}
