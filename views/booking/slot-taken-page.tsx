// Somebody confirmed the same slot earlier (409): nothing was charged, here are the nearest.
import type { Interval } from '../../workflows/rules/interval.ts';
import { clockOf, nearDayOf } from '../format.ts';
import { Layout } from '../layout.tsx';
import type { Doctor, Frame } from '../model.ts';
import { Crumb } from '../parts/crumb.tsx';
import { Notice } from '../parts/notice.tsx';
import { doctorName } from '../parts/person.tsx';
import { Slots } from '../parts/slots.tsx';
import { wordsOf } from '../words.ts';

export interface SlotTakenPageProps {
  readonly frame: Frame;
  readonly doctor: Doctor;
  readonly startsAt: number;
  /** At most three. */
  readonly nearest: readonly Interval[];
}

export function SlotTakenPage({ frame, doctor, startsAt, nearest }: SlotTakenPageProps) {
  const w = wordsOf(frame.lang).booking;
  const name = doctorName(doctor, frame.lang);
  const days = [...new Set(nearest.map(slot => nearDayOf(slot.startsAt, frame)))];
  return (
    <Layout frame={frame} title={w.takenTitle} current="online">
      <div>
        <Crumb href={`/doctors/${doctor.id}`}>{name}</Crumb>
        <h1>{w.takenTitle}</h1>
      </div>
      <Notice tone="warn" icon="clock" role="alert" lead={w.takenLead(clockOf(startsAt, frame.clinic.zone))} text={w.takenText}>
        <p>{nearest.length > 0 ? w.takenNearest : w.takenNone}</p>
        {days.map(day => (
          <div class="stack tight">
            <p class="small">
              <b>{day}</b>
            </p>
            <Slots frame={frame} doctor={doctor} slots={nearest.filter(s => nearDayOf(s.startsAt, frame) === day)} away={day} />
          </div>
        ))}
      </Notice>
      <div class="acts">
        <a class="button quiet" href={`/doctors/${doctor.id}`}>
          {w.takenAll}
        </a>
        <a class="button plain" href="/online">
          {wordsOf(frame.lang).online.allDoctors}
        </a>
      </div>
    </Layout>
  );
}
