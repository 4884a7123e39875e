// The fragment `#doctors`: doctors with free slots, the earliest first; when none fits the filter, the nearest one outside it. Its end is a fragment
// of its own, `#more`, in whose place htmx puts the next doctors.
import { capital, dateOf, momentOf, nearDayOf, ownZoneNameOf, ownZoneOf, rub, zoneNameOf } from '../format.ts';
import type { Frame } from '../model.ts';
import type { DoctorFilter, DoctorOffer, OffersPage } from './offers.ts';
import { drawnOnce } from '../parts/drawn-once.ts';
import { Empty } from '../parts/empty.tsx';
import { doctorName, doctorTrade, Person } from '../parts/person.tsx';
import { Slots } from '../parts/slots.tsx';
import { wordsOf } from '../words.ts';
import type { Specialty } from '../../workflows/rules/doctor.ts';

export interface DoctorsListProps {
  readonly frame: Frame;
  readonly filter: DoctorFilter;
  readonly specialties: readonly Specialty[];
  readonly page: OffersPage;
  /** The nearest offer outside the filter, shown when nothing fits it. */
  readonly alternative: DoctorOffer | null;
}

export function DoctorsList({ frame, filter, page, alternative }: DoctorsListProps) {
  const w = wordsOf(frame.lang).online;
  const own = ownZoneOf(frame.now, frame);
  const found = page.free > 0 ? w.found(page.free) : w.emptyHeading;
  // Who reads in the same language and zone on the same day reads the same cards.
  const alike = [frame.lang, frame.zone, dateOf(frame.now, frame.clinic.zone)].join(' ');
  return (
    <div id="doctors" class="stack" data-say={found}>
      {page.total === 0 ? (
        <Nobody frame={frame} alternative={alternative} />
      ) : (
        <>
          <p class="small muted">{found}</p>
          <ul class="stack bare" role="list" aria-label={w.doctors}>
            {page.offers.map(offer => (
              <li
                class="card"
                dangerouslySetInnerHTML={{ __html: drawnOnce(offer, alike, () => <DoctorCard frame={frame} offer={offer} />) }}
              />
            ))}
            <More frame={frame} filter={filter} page={page}>
              {page.earlier > 0 && (
                <a class="button plain" href={listHref(filter, null)}>
                  {w.fromStart}
                </a>
              )}
            </More>
          </ul>
        </>
      )}
      {own && (
        <p class="small muted">{w.zoneNote(ownZoneNameOf(frame.now, frame.clinic.zone, frame), ownZoneNameOf(frame.now, own, frame))}</p>
      )}
    </div>
  );
}

/** What takes the place of `#more`: the next doctors and a new `#more`. htmx moves the focus to the first of them. */
export function MoreDoctors({ frame, filter, page }: Pick<DoctorsListProps, 'frame' | 'filter' | 'page'>) {
  return (
    <>
      {page.offers.map((offer, i) => (
        <li class="card">
          <DoctorCard frame={frame} offer={offer} isFocused={i === 0} />
        </li>
      ))}
      <More frame={frame} filter={filter} page={page} />
    </>
  );
}

interface MoreProps extends Pick<DoctorsListProps, 'frame' | 'filter' | 'page'> {
  readonly children?: preact.ComponentChildren;
}

function More({ frame, filter, page, children }: MoreProps) {
  const w = wordsOf(frame.lang).online;
  if (page.after === null && page.earlier === 0) return null;
  const href = listHref(filter, page.after);
  return (
    <li id="more">
      <nav class="acts" aria-label={w.pages}>
        {page.after !== null && (
          <a class="button quiet" href={href} hx-get={href} hx-target="#more" hx-swap="outerHTML" hx-sync="this:drop">
            {w.more}
          </a>
        )}
        {children}
        <span class="why">{w.shownOf(page.earlier + page.offers.length, page.total)}</span>
      </nav>
    </li>
  );
}

/** The list with the same filter, from its start or after a place in it. */
function listHref({ specialty, name, when }: DoctorFilter, after: string | null): string {
  const asked = Object.entries({ specialty, name, when: when === 'nearest' ? '' : when, after }).filter(([, value]) => value);
  const query = new URLSearchParams(asked as [string, string][]).toString();
  return query === '' ? '/online' : `/online?${query}`;
}

interface DoctorCardProps {
  readonly frame: Frame;
  readonly offer: DoctorOffer;
  /** Takes the focus when htmx puts the card into a page that is open. */
  readonly isFocused?: boolean;
}

function DoctorCard({ frame, offer, isFocused = false }: DoctorCardProps) {
  const { lang } = frame;
  const w = wordsOf(lang).online;
  const { doctor, nearest } = offer;
  const name = doctorName(doctor, lang);
  const day = nearest[0] ? nearDayOf(nearest[0].startsAt, frame) : null;
  return (
    <>
      <div class="row apart">
        <Person given={doctor.givenName[lang]} family={doctor.familyName[lang]}>
          <h2>
            <a href={`/doctors/${doctor.id}`} autofocus={isFocused}>
              {name}
            </a>
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
            <span class="muted">, {zoneNameOf(frame.now, frame.clinic.zone, lang)}</span>
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
    </>
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
