// The talon, like a clinic's paper ticket: the stub shows when, the body shows the doctor and what to do.
import type { ComponentChildren } from 'preact';
import type { Interval } from '../../workflows/rules/interval.ts';
import type { Status } from '../../workflows/rules/status.ts';
import { capital, clockOf, dateOf, ownZoneOf, plainDay, stubDayOf, zoneNameOf } from '../format.ts';
import type { Frame } from '../model.ts';
import { wordsOf } from '../words.ts';
import { doctorName, Person } from './person.tsx';
import { toneOf } from './tag.tsx';
import { Time } from './time.tsx';
import type { Doctor } from '../../workflows/rules/doctor.ts';

export interface TalonProps {
  readonly frame: Frame;
  readonly at: number;
  readonly state: Status;
  /** The door is open, so the stub is filled with colour. */
  readonly now?: boolean;
  readonly clinicNote?: string;
  readonly ownNote?: string;
  readonly children: ComponentChildren;
  /** Attributes of the fragment: its id and what makes it reload itself. */
  readonly fragment?: Readonly<Record<string, string | undefined>>;
}

export function Talon({ frame, at, state, now, clinicNote, ownNote, children, fragment }: TalonProps) {
  const own = ownZoneOf(at, frame);
  return (
    <article class={now ? 'talon now' : 'talon'} data-tone={toneOf(state)} {...fragment}>
      <div class="stub">
        <span class="day">{stubDayOf(at, frame)}</span>
        <Time frame={frame} at={at} class="hm">
          {clockOf(at, frame.clinic.zone)}
        </Time>
        <span class="zone">{clinicNote ?? zoneNameOf(at, frame.clinic.zone, frame.lang)}</span>
        {own && (
          <span>
            <b>{clockOf(at, own)}</b>{' '}
            <span class="zone">
              {ownNote ?? wordsOf(frame.lang).frame.yours}
              {otherDay(frame, at, own)}
            </span>
          </span>
        )}
      </div>
      <div class="body">{children}</div>
    </article>
  );
}

// In Kamchatka a Moscow evening is already the next day, so the day is written too.
function otherDay(frame: Frame, at: number, zone: string): string {
  const own = dateOf(at, zone);
  return own === dateOf(at, frame.clinic.zone) ? '' : `, ${plainDay(own, frame.lang)}`;
}

export interface TalonHeadProps {
  readonly frame: Frame;
  readonly doctor: Doctor;
  readonly slot: Interval;
  /** The link of the doctor's name; plain text when null. */
  readonly href: string | null;
  readonly linkId?: string;
  readonly until?: boolean;
  readonly children?: ComponentChildren;
}

/** The doctor and the duration, with a tag or a price at the right. */
export function TalonHead({ frame, doctor, slot, href, linkId, until, children }: TalonHeadProps) {
  const { lang } = frame;
  const w = wordsOf(lang).frame;
  const end = until ? `, ${w.until(clockOf(slot.endsAt, frame.clinic.zone))}` : '';
  return (
    <div class="row apart">
      <Person given={doctor.givenName[lang]} family={doctor.familyName[lang]}>
        <h2>
          {href === null ? (
            doctorName(doctor, lang)
          ) : (
            <a href={href} id={linkId}>
              {doctorName(doctor, lang)}
            </a>
          )}
        </h2>
        <p>
          {capital(doctor.specialty.name[lang])} · {w.minutes(Math.round((slot.endsAt - slot.startsAt) / 60_000))}
          {end}
        </p>
      </Person>
      {children}
    </div>
  );
}
