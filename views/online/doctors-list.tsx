// The fragment `#doctors`: doctors with free slots, the earliest first; when none fits the filter, the nearest one outside it.
import { capital, momentOf, nearDayOf, ownZoneNameOf, ownZoneOf, rub } from '../format.ts';
import type { Frame } from '../model.ts';
import type { DoctorFilter, DoctorOffer } from './offers.ts';
import { Empty } from '../parts/empty.tsx';
import { doctorName, doctorTrade, Person } from '../parts/person.tsx';
import { Slots } from '../parts/slots.tsx';
import { wordsOf } from '../words.ts';
import type { Specialty } from '../../workflows/rules/doctor.ts';

export interface DoctorsListProps {
  readonly frame: Frame;
  readonly filter: DoctorFilter;
  readonly specialties: readonly Specialty[];
  readonly offers: readonly DoctorOffer[];
  /** The nearest offer outside the filter, shown when nothing fits it. */
  readonly alternative: DoctorOffer | null;
}

export function DoctorsList({ frame, offers, alternative }: DoctorsListProps) {
  const w = wordsOf(frame.lang).online;
  const free = offers.filter(o => o.nearest.length > 0).length;
  const own = ownZoneOf(frame.now, frame);
  const found = free > 0 ? w.found(free) : w.emptyHeading;
  return (
    <div id="doctors" class="stack" data-say={found}>
      {offers.length === 0 ? (
        <Nobody frame={frame} alternative={alternative} />
      ) : (
        <>
          <p class="small muted">{found}</p>
          <ul class="stack bare" role="list" aria-label={w.doctors}>
            {offers.map(offer => (
              <DoctorCard frame={frame} offer={offer} />
            ))}
          </ul>
        </>
      )}
      {own && <p class="small muted">{w.zoneNote(ownZoneNameOf(frame.now, own, frame))}</p>}
    </div>
  );
}

function DoctorCard({ frame, offer }: { readonly frame: Frame; readonly offer: DoctorOffer }) {
  const { lang } = frame;
  const w = wordsOf(lang).online;
  const { doctor, nearest } = offer;
  const name = doctorName(doctor, lang);
  const day = nearest[0] ? nearDayOf(nearest[0].startsAt, frame) : null;
  return (
    <li class="card">
      <div class="row apart">
        <Person given={doctor.givenName[lang]} family={doctor.familyName[lang]}>
          <h2>
            <a href={`/doctors/${doctor.id}`}>{name}</a>
          </h2>
          <p>{doctorTrade(doctor, lang)}</p>
          {doctor.onDuty && <p>{w.onDuty}</p>}
        </Person>
        <p>
          <span class="price">{rub(doctor.priceMinor, lang)}</span> <span class="muted small">{w.forMinutes(doctor.durationMinutes)}</span>
        </p>
      </div>
      {day === null ? (
        <p class="small muted">{w.noneSoon}</p>
      ) : (
        <div class="stack tight">
          <p class="small">
            <b>
              {w.nearest} {day}
            </b>
            <span class="muted">, {wordsOf(lang).frame.byMoscow}</span>
          </p>
          <Slots frame={frame} doctor={doctor} slots={nearest} away={`${name}, ${day}`} />
        </div>
      )}
      <p>
        <a href={`/doctors/${doctor.id}`}>
          {w.allTimes}
          <span class="away">: {name}</span>
        </a>
      </p>
    </li>
  );
}

function Nobody({ frame, alternative }: { readonly frame: Frame; readonly alternative: DoctorOffer | null }) {
  const w = wordsOf(frame.lang).online;
  const first = alternative?.nearest[0];
  return (
    <Empty heading={w.emptyHeading}>
      <p>
        {alternative && first
          ? capital(w.emptyNearest(doctorName(alternative.doctor, frame.lang), momentOf(first.startsAt, frame)))
          : w.emptyText}
      </p>
      <div class="acts">
        {alternative && first && (
          <a class="button" href={`/doctors/${alternative.doctor.id}`}>
            {w.emptyShow}
          </a>
        )}
        <a class="button quiet" href="/online">
          {w.reset}
        </a>
      </div>
    </Empty>
  );
}
