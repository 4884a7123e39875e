// The .ics file of a consultation: one UID, SEQUENCE increases with every change, times in the clinic's zone, nothing medical. Called by
// send.ts and worker/routes/patient/consultations.tsx.
import ical, { ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { statusOf } from '../../workflows/rules/status.ts';
import { asciiOf } from './address.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';

const TEXT = {
  ru: { summary: 'Онлайн-приём', description: (n: number) => `Вход в кабинет за ${n} мин. до начала.` },
  en: { summary: 'Online appointment', description: (n: number) => `The door opens ${n} min before the start.` },
} as const;

/** Who sends the letter, and from where. */
interface Sender {
  readonly PUBLIC_URL: string;
  readonly MAIL_FROM: string;
}

/**
 * `by`: a letter invites (REQUEST), so that calendars replace the event when it moves and remove it when it is cancelled; a downloaded file only
 * publishes it (RFC 5546, 3.2.1). A cancellation names organizer and attendee in both, or nobody could match it (3.2.5).
 */
export function calendarOf(
  consultation: Consultation,
  clinic: ClinicSettings,
  { PUBLIC_URL, MAIL_FROM }: Sender,
  by: 'letter' | 'download',
  now: number,
): string {
  const cancelled = statusOf(consultation.facts, now) === 'cancelled';
  const { lang } = consultation;
  const url = `${PUBLIC_URL}/consultations/${consultation.id}`;
  const sent = by === 'letter' ? ICalCalendarMethod.REQUEST : ICalCalendarMethod.PUBLISH;
  const method = cancelled ? ICalCalendarMethod.CANCEL : sent;
  const calendar = ical({
    prodId: { company: 'clinic', product: 'online-consultation', language: lang.toUpperCase() },
    method,
    timezone: { name: clinic.zone, generator: zone => observancesOf(zone, consultation.facts.startsAt) },
  });
  const at = (instant: number) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(clinic.zone);
  // Nobody needs to answer: the visit is paid.
  const patient = { email: asciiOf(consultation.email), status: ICalAttendeeStatus.ACCEPTED, rsvp: false };
  calendar.createEvent({
    id: `${consultation.id}@${new URL(PUBLIC_URL).hostname}`,
    sequence: consultation.scheduleVersion - 1 + (cancelled ? 1 : 0),
    start: at(consultation.facts.startsAt),
    end: at(consultation.facts.endsAt),
    timezone: clinic.zone,
    summary: TEXT[lang].summary,
    description: `${TEXT[lang].description(clinic.joinMinutes)}\n${url}`,
    url,
    organizer: { name: clinic.name[lang], email: asciiOf(/<([^<>]+)>\s*$/.exec(MAIL_FROM)?.[1] ?? MAIL_FROM.trim()) },
    attendees: method === ICalCalendarMethod.PUBLISH ? [] : [patient],
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  // ical-generator writes the stamp in the calendar's zone without saying so; it must be UTC (RFC 5545, 3.8.7.2).
  return calendar
    .toString()
    .replace(/^DTSTAMP:.*$/m, `DTSTAMP:${written(Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC'))}Z`);
}

/**
 * The VTIMEZONE that a TZID needs (RFC 5545, 3.6.5): the offset at the start of the visit, and the change before and after it. Changes before 1970
 * are left out, because offsets were of local mean time then, with seconds that programs do not expect.
 */
function observancesOf(zone: string, startsAt: number): string {
  const start = Temporal.Instant.fromEpochMilliseconds(startsAt).toZonedDateTimeISO(zone);
  const since = start.getTimeZoneTransition('previous');
  const until = start.getTimeZoneTransition('next');
  const first =
    since === null || since.epochMilliseconds < 0 ? [observance('STANDARD', EPOCH, start.offset, start.offset)] : [changeAt(since)];
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...first, ...(until === null ? [] : [changeAt(until)]), 'END:VTIMEZONE'].join('\r\n');
}

const EPOCH = '19700101T000000';

/** The onset is the local time before the clocks changed. */
function changeAt(change: Temporal.ZonedDateTime): string {
  const from = change.subtract({ nanoseconds: 1 }).offset;
  const kind = change.offsetNanoseconds > change.subtract({ nanoseconds: 1 }).offsetNanoseconds ? 'DAYLIGHT' : 'STANDARD';
  return observance(kind, written(change.toInstant().toZonedDateTimeISO(from)), from, change.offset);
}

const observance = (kind: 'STANDARD' | 'DAYLIGHT', onset: string, from: string, to: string): string =>
  [
    `BEGIN:${kind}`,
    `DTSTART:${onset}`,
    `TZOFFSETFROM:${from.replaceAll(':', '')}`,
    `TZOFFSETTO:${to.replaceAll(':', '')}`,
    `END:${kind}`,
  ].join('\r\n');

/** «20261125T143000». */
const written = (at: Temporal.ZonedDateTime): string => at.toPlainDateTime().toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');
