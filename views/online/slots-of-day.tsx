// The fragment `#slots`: the strip of days and the free slots of the chosen day by part of day. Every day is a plain link; htmx replaces
// only this fragment. A part with many slots is grouped by hours, so that a doctor on duty with 288 slots stays readable.
import type { Interval } from '../../workflows/rules/interval.ts';
import { capital, dateOf, hourOf, longDayOf, nearWord, ownZoneNameOf, ownZoneOf, stripDayOf } from '../format.ts';
import type { Frame } from '../model.ts';
import type { DayOffer } from './offers.ts';
import { drawnAlike } from '../parts/drawn-once.ts';
import { slotHref, Slots } from '../parts/slots.tsx';
import { wordsOf } from '../words.ts';
import type { Doctor } from '../../workflows/rules/doctor.ts';

export interface SlotsOfDayProps {
  readonly frame: Frame;
  readonly doctor: Doctor;
  /** The strip: the clinic days to choose from, today first. */
  readonly days: readonly DayOffer[];
  /** The chosen clinic date. */
  readonly date: string;
  readonly slots: readonly Interval[];
  /** Addresses of days and slots; the doctor's page and the confirmation of a booking when absent. */
  readonly links?: SlotLinks;
}

export interface SlotLinks {
  readonly day: (date: string) => string;
  readonly slot: (startsAt: number) => string;
}

const linksTo = (doctor: Doctor): SlotLinks => ({
  day: date => `/doctors/${doctor.id}?day=${date}`,
  slot: startsAt => slotHref(doctor, startsAt),
});

const PARTS = ['night', 'morning', 'day', 'evening'] as const;
type Part = (typeof PARTS)[number];

/** A part of a day with more slots than this is grouped by hours; this many fill two screens of a phone. */
const FOLD_OVER = 14;

export function SlotsOfDay(props: SlotsOfDayProps) {
  const { frame, doctor, days, date, slots, links = linksTo(doctor) } = props;
  const w = wordsOf(frame.lang).online;
  const day = capital(longDayOf(date, frame));
  const say = slots.length > 0 ? `${day}: ${w.freeTimes(slots.length)}` : `${day}. ${w.noneOnDay}`;
  // Everybody who looks at this day sees the same until somebody takes an interval. A doctor on duty has 288 of them.
  const alike = [
    [frame.lang, frame.clinic.zone, frame.zone, dateOf(frame.now, frame.clinic.zone), frame.viewer === null],
    [links.day(date), links.slot(0), date],
    days.flatMap(offer => [offer.date, offer.free]),
    slots.map(slot => slot.startsAt),
  ].join(' ');
  return (
    <section
      class="stack"
      id="slots"
      aria-labelledby="free"
      data-say={say}
      hx-target:inherited="#slots"
      hx-swap:inherited="outerHTML"
      dangerouslySetInnerHTML={{ __html: drawnAlike(alike, () => <Inside {...props} links={links} />) }}
    />
  );
}

function Inside({ frame, doctor, days, date, slots, links }: SlotsOfDayProps & { readonly links: SlotLinks }) {
  const w = wordsOf(frame.lang).online;
  const noon = Date.parse(`${date}T12:00:00Z`);
  const own = ownZoneOf(noon, frame);
  const byPart = Map.groupBy(slots, slot => partOf(hourOf(slot.startsAt, frame.clinic.zone)));
  return (
    <>
      <h2 id="free">{w.free}</h2>
      <Days frame={frame} days={days} date={date} links={links} />
      {slots.length > 0 ? (
        <p class="small muted">
          {capital(longDayOf(date, frame))}. {w.shown(ownZoneNameOf(noon, frame.clinic.zone, frame))}
          {own && w.shownOwn(ownZoneNameOf(noon, own, frame))}.{frame.viewer === null && ` ${w.signInFirst}`}
        </p>
      ) : (
        <NoSlots frame={frame} days={days} date={date} links={links} />
      )}
      {PARTS.map(part => (
        <PartOfDay frame={frame} doctor={doctor} part={part} slots={byPart.get(part) ?? []} first={slots[0]} hrefOf={links.slot} />
      ))}
    </>
  );
}

type DaysProps = Pick<SlotsOfDayProps, 'frame' | 'days' | 'date'> & { readonly links: SlotLinks };

function Days({ frame, days, date, links }: DaysProps) {
  const w = wordsOf(frame.lang).online;
  return (
    <nav aria-label={w.day}>
      <ul class="days">
        {days.map(offer => {
          const href = links.day(offer.date);
          const { weekday, day } = stripDayOf(offer.date, frame.lang);
          return (
            <li>
              <a
                href={href}
                id={`day-${offer.date}`}
                class={offer.free === 0 ? 'none' : undefined}
                aria-current={offer.date === date ? 'date' : undefined}
                hx-get={href}
                hx-push-url="true"
              >
                <small>{capitalNear(frame, offer.date) ?? weekday}</small>
                <b>{day}</b>
                <small>{offer.free === 0 ? w.dayNone : w.dayFree(offer.free)}</small>
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function NoSlots({ frame, days, date, links }: DaysProps) {
  const w = wordsOf(frame.lang).online;
  const next = days.find(d => d.free > 0 && d.date > date) ?? days.find(d => d.free > 0);
  if (next === undefined)
    return (
      <p>
        {w.noneAtAll} <a href="/online">{w.allDoctors}</a>
      </p>
    );
  return (
    <p>
      {w.noneOnDay} {w.noneOnDayHint(nearWord(next.date, frame) ?? longDayOf(next.date, frame))}{' '}
      <a href={links.day(next.date)}>{w.showDay}</a>
    </p>
  );
}

interface PartProps {
  readonly frame: Frame;
  readonly doctor: Doctor;
  readonly part: Part;
  readonly slots: readonly Interval[];
  /** The day's first slot; its hour is unfolded. */
  readonly first: Interval | undefined;
  readonly hrefOf: (startsAt: number) => string;
}

function PartOfDay({ frame, doctor, part, slots, first, hrefOf }: PartProps) {
  const w = wordsOf(frame.lang).online;
  if (slots.length === 0) return null;
  return (
    <section class="stack tight">
      <h3>{w.parts[part]}</h3>
      {slots.length <= FOLD_OVER ? (
        <Slots frame={frame} doctor={doctor} slots={slots} hrefOf={hrefOf} />
      ) : (
        <Hours frame={frame} doctor={doctor} slots={slots} first={first} hrefOf={hrefOf} />
      )}
    </section>
  );
}

function Hours({ frame, doctor, slots, first, hrefOf }: Omit<PartProps, 'part'>) {
  const w = wordsOf(frame.lang).online;
  const { zone } = frame.clinic;
  const hours = [...Map.groupBy(slots, slot => hourOf(slot.startsAt, zone))];
  return (
    <ul class="list" role="list">
      {hours.map(([hour, inHour]) => (
        <li>
          <details open={inHour[0] === first}>
            <summary>
              <span>
                {String(hour).padStart(2, '0')}:00–{String(hour + 1).padStart(2, '0')}:00{' '}
                <small class="muted">{w.dayFree(inHour.length)}</small>
              </span>
            </summary>
            <div>
              <Slots frame={frame} doctor={doctor} slots={inHour} hrefOf={hrefOf} />
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}

const partOf = (hour: number): Part => (hour < 6 ? 'night' : hour < 12 ? 'morning' : hour < 17 ? 'day' : 'evening');

function capitalNear(frame: Frame, date: string): string | null {
  const near = nearWord(date, frame);
  return near === null ? null : capital(near);
}
