// The .ics file of a consultation: one UID, SEQUENCE increases with every change, times in the clinic's zone, nothing medical. Called by
// send.ts and worker/routes/patient/consultations.tsx.
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { statusOf } from '../../workflows/rules/status.ts';
import type { ClinicSettings } from '../../workflows/rules/clinic.ts';
import type { Consultation } from '../../workflows/rules/consultation.ts';

const TEXT = {
  ru: { summary: 'Онлайн-приём', description: (n: number) => `Вход в кабинет за ${n} мин. до начала.` },
  en: { summary: 'Online appointment', description: (n: number) => `The door opens ${n} min before the start.` },
} as const;

export function calendarOf(consultation: Consultation, clinic: ClinicSettings, publicUrl: string, now: number): string {
  const cancelled = statusOf(consultation.facts, now) === 'cancelled';
  const url = `${publicUrl}/consultations/${consultation.id}`;
  const calendar = ical({
    prodId: { company: 'clinic', product: 'online-consultation', language: consultation.lang.toUpperCase() },
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
    timezone: { name: clinic.zone, generator: zone => observancesOf(zone, consultation.facts.startsAt) },
  });
  const at = (instant: number) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(clinic.zone);
  calendar.createEvent({
    id: `${consultation.id}@${new URL(publicUrl).hostname}`,
    sequence: consultation.scheduleVersion - 1 + (cancelled ? 1 : 0),
    stamp: Temporal.Instant.fromEpochMilliseconds(now),
    start: at(consultation.facts.startsAt),
    end: at(consultation.facts.endsAt),
    timezone: clinic.zone,
    summary: TEXT[consultation.lang].summary,
    description: `${TEXT[consultation.lang].description(clinic.joinMinutes)}\n${url}`,
    url,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}

/** The VTIMEZONE that a TZID needs (RFC 5545, 3.6.5): the offset at the start of the visit, and the change before and after it. */
function observancesOf(zone: string, startsAt: number): string {
  const start = Temporal.Instant.fromEpochMilliseconds(startsAt).toZonedDateTimeISO(zone);
  const since = start.getTimeZoneTransition('previous');
  const until = start.getTimeZoneTransition('next');
  const changes = [since ?? start.with({ year: 1970, month: 1, day: 1 }), until].filter(change => change !== null);
  const blocks = changes.map(change => {
    const before = change.subtract({ nanoseconds: 1 });
    return [
      'BEGIN:STANDARD',
      `DTSTART:${change.toPlainDateTime().toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')}`,
      `TZOFFSETFROM:${before.offset.replace(':', '')}`,
      `TZOFFSETTO:${change.offset.replace(':', '')}`,
      'END:STANDARD',
    ].join('\r\n');
  });
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...blocks, 'END:VTIMEZONE'].join('\r\n');
}
